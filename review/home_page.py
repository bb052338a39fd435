"""What the first page shows: each source, what to decide, changes by day, the newest changes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from letters.change import Significance
from review.chart import DAYS, HEIGHT, bars, first_day
from review.settings import ReviewSettings, ServiceState
from review.source_notices import source_notices
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter, LetterFilter

NEWEST = 10  # changes
_NEWS = ChangeFilter(baseline=False)


def home_values(
    archive: Archive, settings: ReviewSettings, service: ServiceState
) -> dict[str, Any]:
    """Return what the template of the first page is filled in with."""
    now, zone = datetime.now(UTC), settings.timezone
    with archive.reading() as connection:
        moments = queries.moments(connection, first_day(now, zone))
        on_record = {
            "states": {state.source: state for state in queries.sources(connection)},
            "bars": bars(moments, now, zone),
            "newest": list(queries.changes(connection, _NEWS, limit=NEWEST)),
            "totals": _totals(connection),
        }
    return {
        **on_record,
        "sources": settings.sources,
        "next_runs": service.next_runs(),
        "trouble": service.trouble(),
        "notices": source_notices(archive, settings.sources),
        "days": DAYS,
        "tallest": HEIGHT,
    }


def _totals(connection: Any) -> dict[str, int]:
    """Return how many letters and changes are on record."""
    substantive = replace(_NEWS, significance=Significance.SUBSTANTIVE)
    return {
        "letters": queries.count_letters(connection, LetterFilter()),
        "changes": queries.count_changes(connection, _NEWS),
        "substantive": queries.count_changes(connection, substantive),
    }
