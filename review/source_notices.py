"""What a person has to decide before a source can be relied on again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from review.settings import WatchedSource
from storage import queries

MOST = 20  # notices that are shown


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """A phrase about one source, by its key, and what is filled in."""

    source: str
    phrase: str
    values: Mapping[str, object]


def source_notices(connection: Any, sources: Iterable[WatchedSource]) -> list[SourceNotice]:
    """Return for `sources` the open alarms of drift and how many changes are held.

    Of more than `MOST` the last one says how many others there are.
    """
    alarms, held = queries.open_drift_alarms(connection), queries.held_by_source(connection)
    notices: list[SourceNotice] = []
    for source in (alarms.keys() | held.keys()) & {source.name for source in sources}:
        if alarm := alarms.get(source):
            notices.append(SourceNotice(source, "home.drift", {"reason": alarm.reason}))
        if count := held.get(source):
            notices.append(SourceNotice(source, "home.held", {"count": count}))
    notices.sort(key=lambda notice: (notice.source, notice.phrase))
    if more := len(notices[MOST:]):
        return [*notices[:MOST], SourceNotice("", "home.more_notices", {"count": more})]
    return notices
