"""What somebody must look at before a source can be relied on again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review.settings import WatchedSource
from storage import queries
from storage.database.archive import Archive


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands over one source, as a phrase and what it names."""

    source: str
    phrase: str
    named: Mapping[str, object]


def notices(archive: Archive, sources: Iterable[WatchedSource]) -> list[Notice]:
    """Return what stands over `sources`: drift, and changes that wait for a person."""
    found: list[Notice] = []
    with archive.reading() as connection:
        for each in sources:
            if alarm := queries.open_alarm(connection, each.name):
                found.append(Notice(each.name, "home.drift", {"reason": alarm.reason}))
            if held := queries.count_held(connection, each.name):
                found.append(Notice(each.name, "home.held", {"count": held}))
    return found
