"""The bar chart of the first page: how many changes each day brought."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from letters.change import Significance

DAYS = 30
HEIGHT = 90  # of the tallest bar, in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; heights are in units of the drawing."""

    day: date
    count: int
    height: float
    substantive_height: float  # the part of substantive changes


def first_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the oldest day of the chart began."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=DAYS - 1)


def bars(
    news: Iterable[tuple[datetime, Significance, int]], now: datetime, zone: ZoneInfo
) -> list[Bar]:
    """Return a bar for each day of the chart, oldest first, days without changes too.

    `news` says how many changes of a weight were detected, and when.
    """
    counts: Counter[date] = Counter()
    substantive: Counter[date] = Counter()
    for at, significance, count in news:
        day = at.astimezone(zone).date()
        counts[day] += count
        substantive[day] += count if significance is Significance.SUBSTANTIVE else 0
    oldest = first_day(now, zone).date()
    days = [oldest + timedelta(days=step) for step in range(DAYS)]
    unit = HEIGHT / max(1, *(counts[day] for day in days))
    return [Bar(day, counts[day], counts[day] * unit, substantive[day] * unit) for day in days]
