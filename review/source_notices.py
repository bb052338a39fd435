"""What a person has to decide before a source can be relied on again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review.settings import WatchedSource
from storage import queries
from storage.database.archive import Archive


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """A phrase about one source, by its key, and what is filled in."""

    source: str
    phrase: str
    values: Mapping[str, object]


def source_notices(archive: Archive, sources: Iterable[WatchedSource]) -> list[SourceNotice]:
    """Return for `sources` the open alarms of drift and how many changes are held."""
    notices: list[SourceNotice] = []
    with archive.reading() as connection:
        for source in sources:
            if alarm := queries.open_alarm(connection, source.name):
                values = {"reason": alarm.reason}
                notices.append(SourceNotice(source.name, "home.drift", values))
            if count := queries.count_held(connection, source.name):
                notices.append(SourceNotice(source.name, "home.held", {"count": count}))
    return notices
