"""The status of each source: last crawl, last success, next crawl, alarms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fuhan.config.sections import Config
from fuhan.crawl_jobs import scheduled_sources
from letters.alarm import Alarm
from letters.alarm_words import ADVICE
from letters.crawl_record import Crawl, CrawlOutcome, SourceState
from scheduler.alarms.current_alarms import current_alarms
from scheduler.alarms.facts import Watched
from scheduler.due import due_at
from scheduler.scheduled_source import ScheduledSource, recorded_backoff
from storage import queries
from storage.database.archive import Archive
from storage.database.lock import cut_off


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """The status of one source of the configuration."""

    source: str
    letters: int
    last_crawl: Crawl | None
    last_success: datetime | None  # UTC
    next_crawl: datetime | None  # UTC; gone by: about to begin; None: no service will crawl it
    alarms: tuple[Alarm, ...] = ()  # that stand
    was_cut_off: bool = False  # the last crawl neither ended nor goes on
    paused_since: datetime | None = None  # UTC; None: it is not paused

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should have a look at it."""
        if self.paused_since is not None:
            return False
        has_failed = self.last_crawl and self.last_crawl.outcome is CrawlOutcome.FAILED
        return bool(self.alarms or has_failed or self.was_cut_off)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        outcome = self.last_crawl and self.last_crawl.outcome
        return {
            "source": self.source,
            "letters": self.letters,
            "last_outcome": outcome and outcome.value,
            "last_started": self.last_crawl and self.last_crawl.started_at.isoformat(),
            "last_success": self.last_success and self.last_success.isoformat(),
            "next_crawl": self.next_crawl and self.next_crawl.isoformat(),
            "paused_since": self.paused_since and self.paused_since.isoformat(),
            "alarms": [alarm.as_json() | {"advice": ADVICE[alarm.kind]} for alarm in self.alarms],
        }


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """The status of all sources, and the alarms of the service itself."""

    sources: tuple[SourceStatus, ...]  # in the order of the configuration; none before any crawl
    alarms: tuple[Alarm, ...]  # that stand, of no single source

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should have a look at it."""
        return bool(self.alarms) or any(source.needs_attention for source in self.sources)

    def all_alarms(self) -> Iterable[Alarm]:
        """Return the alarms of the service, then those of sources."""
        return (*self.alarms, *(alarm for source in self.sources for alarm in source.alarms))


def watched(config: Config) -> Watched:
    """Return what of the configuration alarms are judged of."""
    return Watched.of(
        scheduled_sources(config), {each.label: each.every for each in config.notify}
    )


def service_status(config: Config, archive: Archive, now: datetime) -> ServiceStatus:
    """Return how the sources of the configuration do, and the service."""
    dead = cut_off(archive)
    judged = watched(config)
    alarms = current_alarms(archive, judged, now)
    with archive.reading() as connection:
        states = {state.source: state for state in queries.sources(connection)}
    by_source: dict[str | None, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        by_source[alarm.source].append(alarm)
    backoff = recorded_backoff(archive, judged.sources.values())
    sources = (
        _after_wait(
            _source_status(source, states.get(source.name), by_source[source.name], dead, now),
            backoff.wait_until(source.host, source.name, now),
        )
        for source in judged.sources.values()
    )
    return ServiceStatus(tuple(sources) if states else (), tuple(by_source[None]))


def _after_wait(row: SourceStatus, until: datetime | None) -> SourceStatus:
    """Return the status of a source that waits for its host so long; None: it doesn't."""
    if until is None or row.next_crawl is None:
        return row
    return replace(row, next_crawl=max(row.next_crawl, until))


def _source_status(
    source: ScheduledSource,
    state: SourceState | None,
    alarms: Iterable[Alarm],
    dead: frozenset[int],
    now: datetime,
) -> SourceStatus:
    crawl = state.last_crawl if state else None
    begun = crawl.started_at if crawl else None
    return SourceStatus(
        source=source.name,
        letters=state.letters if state else 0,
        last_crawl=crawl,
        last_success=state.last_success if state else None,
        next_crawl=due_at(source.name, source.schedule, begun, now),
        alarms=tuple(alarms),
        was_cut_off=bool(crawl and crawl.outcome is None and crawl.id in dead),
    )
