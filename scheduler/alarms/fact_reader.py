"""Reads what alarms are judged by; of the archive only what has changed since the last time."""

import shutil
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.alarms.facts import ChannelRecord, DiskSpace, Facts, Watched
from storage import queries
from storage.alarms.alarm_history import open_alarms
from storage.alarms.held_records import held_records
from storage.alarms.source_records import SourceRecord, source_records
from storage.database.archive import Archive
from storage.database.lock import cut_off
from storage.facts.crawls import unfinished_crawls
from storage.outbox.channel_states import ChannelState, channel_states
from storage.outbox.notices import oldest_sendable


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read of the archive, and its mark before that."""

    mark: Hashable | None = None
    records: Mapping[str, SourceRecord] | None = None  # None: nothing was read yet
    ended: Mapping[str, tuple[int, bool]] | None = None  # the newest crawl: its id, has it ended


class FactReader:
    """Reads facts again and again: of ten thousand sources at the cost of those that changed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept = _Kept()

    def read(self, watched: Watched, now: datetime) -> Facts:
        """Return what is known at `now`, without what a running service alone has seen."""
        records = self._records()
        dead = cut_off(self._archive)
        with self._archive.reading() as connection:
            going_on = {crawl_id for crawl_id, _ in unfinished_crawls(connection)} - dead
            states, oldest = channel_states(connection), oldest_sendable(connection, dead)
            of_service = [each for each in open_alarms(connection) if each.source is None]
            return Facts(
                now=now,
                sources=watched.sources,
                records=records,
                drifts=queries.open_drift_alarms(connection),
                held=held_records(connection),
                going_on=frozenset(going_on),
                channels={
                    name: ChannelRecord(every, states.get(name, ChannelState()), oldest.get(name))
                    for name, every in watched.channels.items()
                },
                recorded={each.kind: each for each in of_service},
                disk=disk_space(self._archive),
            )

    def _records(self) -> Mapping[str, SourceRecord]:
        """Return the record of each source: those whose newest crawl changed are read again."""
        mark = self._archive.write_mark()
        kept = self._kept
        if kept.records is not None and mark is not None and mark == kept.mark:
            return kept.records
        with self._archive.reading() as connection:
            starts = queries.newest_starts(connection)
            ended = {name: (each.crawl_id, each.has_ended) for name, each in starts.items()}
            before = kept.ended or {}
            changed = {name for name, each in ended.items() if each != before.get(name)}
            if kept.records is None:
                records = source_records(connection)
            else:
                records = {**kept.records, **source_records(connection, changed)}
        self._kept = _Kept(mark, records, ended)
        return records


def disk_space(archive: Archive) -> DiskSpace | None:
    """Return what is free where the database's file is; None where it has none here."""
    if archive.url.get_backend_name() != "sqlite" or not archive.url.database:
        return None
    path = Path(archive.url.database)
    try:
        sizes = [each.stat().st_size for each in path.parent.glob(f"{path.name}*")]
        free = shutil.disk_usage(path.parent).free
    except OSError:  # the folder is gone, which the service's own health says
        return None
    return DiskSpace(free, sum(sizes))
