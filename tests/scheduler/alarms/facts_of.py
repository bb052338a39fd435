"""Facts as a test says them: sources on hosts, and how their crawls ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.job import CrawlJob, Source
from letters.alarm import Alarm
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from scheduler.alarms.facts import Facts
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource
from storage.alarms.source_records import ReadCrawl, SourceRecord

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SIX_HOURS = Schedule(6 * HOUR)


def scheduled(
    name: str, host: str = "gov.example", schedule: Schedule = SIX_HOURS
) -> ScheduledSource:
    job = CrawlJob("", Source(name, "某市", Kind.PROPOSAL, f"http://{host}/{name}/"))
    return ScheduledSource(job, schedule)


def record(source: str = "city", ago: float = 1, **known: Any) -> SourceRecord:
    """Return the record of a source crawled with success so many hours ago, but for what is known."""
    at = NOW - ago * HOUR
    fine = SourceRecord(source, 7, at, CrawlOutcome.COMPLETE, succeeded_at=at)
    return replace(fine, **known)


def failed(source: str, hours: list[float], reason: str, succeeded: float = 100) -> SourceRecord:
    """Return the record of a source whose crawls failed so many hours ago, the first first."""
    return SourceRecord(
        source,
        7,
        NOW - hours[-1] * HOUR,
        CrawlOutcome.FAILED,
        succeeded_at=NOW - succeeded * HOUR,
        begun=len(hours),
        begun_since=NOW - hours[0] * HOUR,
        failures=len(hours),
        failed_since=NOW - hours[0] * HOUR,
        reason=reason,
    )


def read(*listed: int, whole: bool = True, fetched: int = 10, errors: int = 0) -> tuple[Any, ...]:
    """Return crawls that listed so many letters, the newest first."""
    return tuple(ReadCrawl(whole, each, fetched, errors) for each in listed)


def facts(*records: SourceRecord, **known: Any) -> Facts:
    names = [each.source for each in records]
    return replace(
        Facts(NOW, {name: scheduled(name) for name in names}, {r.source: r for r in records}),
        **known,
    )


def kinds(alarms: list[Alarm]) -> list[str]:
    return [f"{alarm.kind} {alarm.source or alarm.subject}".strip() for alarm in alarms]
