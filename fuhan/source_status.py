"""The status of each source: last crawl, last success, next crawl, alarms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from fuhan.config.sections import Config
from fuhan.crawl_jobs import scheduled_sources
from fuhan.source_alarms import source_alarms
from letters.crawl_record import Crawl, SourceState
from scheduler.due import due_at
from scheduler.scheduled_source import ScheduledSource
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
    next_crawl: (
        datetime | None
    )  # UTC; gone by: it is about to begin; None: no service will crawl it
    alarms: tuple[str, ...]  # in words; an overdue source has one
    paused_since: datetime | None = None  # UTC; None: it is not paused

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
            "alarms": list(self.alarms),
        }


def source_statuses(config: Config, archive: Archive, now: datetime) -> list[SourceStatus]:
    """Return the status of each source, in the order of the configuration; [] before any crawl."""
    dead = cut_off(archive)
    with archive.reading() as connection:
        states = {state.source: state for state in queries.sources(connection)}
        if not states:
            return []
        return [
            _source_status(connection, source, states.get(source.name), dead, now)
            for source in scheduled_sources(config)
        ]


def _source_status(
    connection: Connection,
    source: ScheduledSource,
    state: SourceState | None,
    dead: frozenset[int],
    now: datetime,
) -> SourceStatus:
    crawl = state.last_crawl if state else None
    busy = bool(crawl and crawl.outcome is None and crawl.id not in dead)
    begun = crawl.started_at if crawl else None
    return SourceStatus(
        source=source.name,
        letters=state.letters if state else 0,
        last_crawl=crawl,
        last_success=state.last_success if state else None,
        next_crawl=due_at(source.name, source.schedule, begun, now),
        alarms=source_alarms(connection, source, crawl, now, busy=busy),
    )
