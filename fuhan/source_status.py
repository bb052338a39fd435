"""Where each source stands: last success, next crawl, and what an operator must know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from fuhan.config.sections import Config
from fuhan.crawl_jobs import watches
from letters.records import Crawl, CrawlOutcome, SourceState
from scheduler.due import due
from scheduler.scheduled_source import ScheduledSource
from storage import queries
from storage.database.archive import Archive
from storage.database.lock import cut_off

_PATIENCE = timedelta(minutes=10)  # at least, before a crawl that did not begin is missed
_IN_VAIN = 3  # crawls in a row, and as many intervals, before nothing but misses is an alarm


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """Where one source of the configuration stands."""

    source: str
    letters: int
    last_crawl: Crawl | None
    last_success: datetime | None  # UTC
    next_crawl: datetime  # UTC; gone by: it is waiting for a service
    alarms: tuple[str, ...]  # in words; an overdue source has one

    def as_json(self) -> dict[str, Any]:
        """Return it as one row of `fuhan status`."""
        outcome = self.last_crawl and self.last_crawl.outcome
        return {
            "source": self.source,
            "letters": self.letters,
            "last_outcome": outcome and outcome.value,
            "last_started": self.last_crawl and self.last_crawl.started_at.isoformat(),
            "last_success": self.last_success and self.last_success.isoformat(),
            "next_crawl": self.next_crawl.isoformat(),
            "alarms": list(self.alarms),
        }


def standings(config: Config, archive: Archive, now: datetime) -> list[SourceStatus]:
    """Return where each source stands, in the order of the configuration; [] before any crawl."""
    dead = cut_off(archive)
    with archive.reading() as connection:
        states = {state.source: state for state in queries.sources(connection)}
        if not states:
            return []
        return [
            _standing(connection, watch, states.get(watch.name), dead, now)
            for watch in watches(config)
        ]


def _standing(
    connection: Connection,
    watch: ScheduledSource,
    state: SourceState | None,
    dead: frozenset[int],
    now: datetime,
) -> SourceStatus:
    crawl = state.last_crawl if state else None
    busy = bool(crawl and crawl.outcome is None and crawl.id not in dead)
    begun = queries.last_started(connection, watch.name)
    next_crawl = due(watch.name, watch.schedule, begun, now)
    return SourceStatus(
        source=watch.name,
        letters=state.letters if state else 0,
        last_crawl=crawl,
        last_success=state.last_success if state else None,
        next_crawl=next_crawl,
        alarms=(
            *(_overdue(watch, begun, now) or _in_vain(connection, watch, now, busy=busy)),
            *_failed(crawl, busy=busy),
            *_drift(connection, watch.name),
            *_held(connection, watch.name),
        ),
    )


def _overdue(watch: ScheduledSource, begun: datetime | None, now: datetime) -> list[str]:
    """Say so when the crawl that was due did not begin before the one after it was due too."""
    if begun is None:
        return []
    missed = due(watch.name, watch.schedule, begun, now)
    after = due(watch.name, watch.schedule, missed, now)
    return ["overdue: is the service running?"] if now > max(after, missed + _PATIENCE) else []


def _in_vain(
    connection: Connection, watch: ScheduledSource, now: datetime, *, busy: bool
) -> list[str]:
    """Say so when crawls begin as they should, and all of them failed or were cut off.

    For three intervals and three crawls at least: a host may be down for a night, and a crawl
    may take longer than its interval.
    """
    count, since = queries.crawls_since_success(connection, watch.name)
    if since is None or count - busy < _IN_VAIN:
        return []
    after = since
    for _ in range(_IN_VAIN):
        after = due(watch.name, watch.schedule, after, now)
    if now <= after + _PATIENCE:
        return []
    when = since.astimezone(watch.schedule.zone).strftime("%Y-%m-%d %H:%M")
    return [f"overdue: {count - busy} crawls since {when}, all of them failed or cut off"]


def _failed(crawl: Crawl | None, *, busy: bool) -> Iterator[str]:
    if crawl and crawl.outcome is CrawlOutcome.FAILED:
        told = "".join(f": {error.url}: {error.reason}" for error in crawl.errors[:1])
        yield f"the last crawl failed{told}"
    elif crawl and crawl.outcome is None and not busy:
        yield "the last crawl was cut off"


def _drift(connection: Connection, source: str) -> Iterator[str]:
    """Say so when the reading of the source is in doubt."""
    if alarm := queries.open_alarm(connection, source):
        yield f"drift: {alarm.reason}; its versions are frozen until fuhan reparse or fuhan resume"


def _held(connection: Connection, source: str) -> Iterator[str]:
    """Say so while changes wait, since a large share of the source changed at once."""
    if held := queries.count_held(connection, source):
        yield f"{held} changes are held: a large share of the source changed at once"
