"""What an operator must know of a source, in words: overdue, failed, in doubt, changes held."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from letters.crawl_record import Crawl, CrawlOutcome
from scheduler.due import due_at
from scheduler.scheduled_source import ScheduledSource
from storage import queries

_TOLERANCE = timedelta(minutes=10)  # at least, before a crawl that did not begin is overdue
_SUCCESSES = (CrawlOutcome.COMPLETE, CrawlOutcome.PARTIAL)
_FRUITLESS_CRAWLS = 3  # in a row, and as many intervals, before failures are an alarm


def source_alarms(
    connection: Connection,
    source: ScheduledSource,
    last: Crawl | None,
    now: datetime,
    *,
    busy: bool,
) -> tuple[str, ...]:
    """Return the alarms of `source`; `busy`: its newest crawl, `last`, goes on."""
    begun = last.started_at if last else None
    has_succeeded = last is not None and last.outcome in _SUCCESSES
    return (
        *(
            _overdue(source, begun, now)
            or ([] if has_succeeded else _fruitless(connection, source, now, busy=busy))
        ),
        *_failed(last, busy=busy),
        *_drift(connection, source.name),
        *_held(connection, source.name),
    )


def _overdue(source: ScheduledSource, begun: datetime | None, now: datetime) -> list[str]:
    """Return an alarm where no crawl began until the one after it was due too."""
    if begun is None:
        return []
    missed = due_at(source.name, source.schedule, begun, now)
    after = due_at(source.name, source.schedule, missed, now)
    return ["overdue: is the service running?"] if now > max(after, missed + _TOLERANCE) else []


def _fruitless(
    connection: Connection, source: ScheduledSource, now: datetime, *, busy: bool
) -> list[str]:
    """Return an alarm where crawls begin as they should, and all of them fail or are cut off.

    Only after three intervals and three crawls: a host may be down for a night, and a crawl
    may take longer than its interval.
    """
    count, since = queries.crawls_since_success(connection, source.name)
    if since is None or count - busy < _FRUITLESS_CRAWLS:
        return []
    after = since
    for _ in range(_FRUITLESS_CRAWLS):
        after = due_at(source.name, source.schedule, after, now)
    if now <= after + _TOLERANCE:
        return []
    when = since.astimezone(source.schedule.zone).strftime("%Y-%m-%d %H:%M")
    return [f"overdue: {count - busy} crawls since {when}, all of them failed or cut off"]


def _failed(crawl: Crawl | None, *, busy: bool) -> Iterator[str]:
    if crawl and crawl.outcome is CrawlOutcome.FAILED:
        reason = "".join(f": {error.url}: {error.reason}" for error in crawl.errors[:1])
        yield f"the last crawl failed{reason}"
    elif crawl and crawl.outcome is None and not busy:
        yield "the last crawl was cut off"


def _drift(connection: Connection, source: str) -> Iterator[str]:
    """Yield an alarm where the parser may misread the source."""
    if alarm := queries.open_drift_alarm(connection, source):
        yield f"drift: {alarm.reason}; its versions are frozen until fuhan reparse or fuhan resume"


def _held(connection: Connection, source: str) -> Iterator[str]:
    """Yield an alarm while changes are held, as a large share of the source changed at once."""
    if held := queries.count_held(connection, source):
        yield f"{held} changes are held: a large share of the source changed at once"
