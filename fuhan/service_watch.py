"""What `status` says of the service: whether one runs, and whether it goes by the file on disk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fuhan.config.file_watch import file_digest
from fuhan.config.sections import Config, ReviewSection
from fuhan.crawl_jobs import schedules_in_words
from fuhan.service_health import service_trouble
from fuhan.source_status import ServiceStatus, SourceStatus
from letters.watching import DecidedSource, decided_sources
from storage import queries
from storage.database.archive import Archive
from storage.database.process_lock import SERVICE, is_locked
from storage.queries import ServiceRecord


@dataclass(frozen=True, slots=True)
class ServiceWatch:
    """What a service that runs goes by; without one nothing is watched."""

    record: ServiceRecord | None  # None: none runs
    digest: str | None  # of the configuration's file on disk
    decided: Mapping[str, DecidedSource]  # what people decided, by source
    trouble: str | None = None  # why it is not well, by its own words

    def lines(self) -> Iterator[str]:
        """Yield what is to be said of it beside the sources, in words."""
        if self.record is None:
            yield "no service runs on this archive: nothing is crawled into it until fuhan serve"
        elif self.record.digest != self.digest:
            yield "the service goes by another configuration than the file on disk"
        if self.trouble:
            yield f"the service is not well: {self.trouble}"

    def is_watched(self, name: str, schedule: str) -> bool:
        """Return whether the service crawls a source by this schedule, which is in words."""
        return self.record is not None and self.record.watched.get(name) == schedule


def service_watch(archive: Archive, file: Path, review: ReviewSection) -> ServiceWatch:
    """Return what the service goes by that runs now; `file` is the configuration's."""
    is_running = is_locked(archive, SERVICE)
    with archive.reading() as connection:
        record = queries.service_record(connection)
        decided = decided_sources(queries.watch_decisions(connection))
    trouble = service_trouble(review.host, review.port) if is_running else None
    return ServiceWatch(record if is_running else None, file_digest(file), decided, trouble)


def as_watched(status: ServiceStatus, config: Config, watch: ServiceWatch) -> ServiceStatus:
    """Return the status with no next crawl of sources where the service has none for them.

    A source that is paused has no alarm either.
    """
    schedules = schedules_in_words(config)
    rows = (_as_watched(row, schedules[row.source], watch) for row in status.sources)
    return replace(status, sources=tuple(rows))


def _as_watched(row: SourceStatus, schedule: str, watch: ServiceWatch) -> SourceStatus:
    decided = watch.decided.get(row.source)
    if decided and decided.paused:
        return replace(row, next_crawl=None, alarms=(), paused_since=decided.paused.at)
    return row if watch.is_watched(row.source, schedule) else replace(row, next_crawl=None)
