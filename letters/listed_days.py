"""The days on which a directory listed letters, in sum: how many, how far apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ListedDays:
    """Days on which letters were listed (发布日期), each counted once."""

    count: int
    first: date
    newest: date
    longest_gap: timedelta  # between two of them that follow each other


def listed_days(days: Iterable[date]) -> ListedDays | None:
    """Return the sum of some days, which come in order, each once; None for none.

    >>> listed_days([date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)]).longest_gap.days
    3
    """
    count, first, newest, longest = 0, None, None, timedelta(0)
    for day in days:
        longest = max(longest, day - newest) if newest else longest
        count, first, newest = count + 1, first or day, day
    return ListedDays(count, first, newest, longest) if first and newest else None
