"""What the first page shows: alarms, each source, changes by day, the newest changes."""

from collections import Counter
from datetime import datetime
from typing import Any

from letters.change import Significance
from review.alarm_strip import alarm_strip
from review.chart import DAYS, HEIGHT, bars, first_day
from review.query_parameters import SourcesShown
from review.settings import ReviewSettings, ServiceState
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter, Cut, LetterFilter

NEWEST = 10  # changes
_NEWS = ChangeFilter(baseline=False)


def shown_state(service: ServiceState, shown: SourcesShown) -> dict[str, Any]:
    """Return what the first page says of the service, at this moment."""
    runs = service.next_runs()
    names = (source.name for source in shown.sources)
    return {
        "next_runs": {name: runs[name] for name in names if name in runs},
        "trouble": service.trouble(),
        "queue": service.queue_state(),
    }


def home_values(
    archive: Archive, settings: ReviewSettings, shown: SourcesShown, now: datetime
) -> dict[str, Any]:
    """Return what else the template of the first page is filled in with, the same all day."""
    zone = settings.timezone
    names = [source.name for source in shown.sources]
    with archive.reading() as connection:
        news = queries.news_by_time(connection, first_day(now, zone))
        on_record = {
            "states": {state.source: state for state in queries.sources(connection, names)},
            "bars": bars(news, now, zone),
            "newest": queries.change_page(connection, _NEWS, Cut(), NEWEST).rows,
            "totals": _totals(connection),
            "standing": alarm_strip(connection),
        }
    return {**on_record, "shown": shown, "days": DAYS, "tallest": HEIGHT}


def _totals(connection: Any) -> dict[str, int]:
    """Return how many letters and changes are on record."""
    news = Counter[Significance]()
    for (_, significance, baseline), count in queries.changes_by_kind(connection).items():
        news[significance] += 0 if baseline else count
    return {
        "letters": queries.count_letters(connection, LetterFilter()),
        "changes": news.total(),
        "substantive": news[Significance.SUBSTANTIVE],
    }
