"""One source that is kept watched, and what its past crawls say of the next one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.job import CrawlJob
from scheduler.due import Schedule, due, sweep_due
from storage import queries
from storage.database.archive import Archive
from storage.database.lock import cut_off


@dataclass(frozen=True, slots=True)
class ScheduledSource:
    """A source with its schedule: the configuration is the list of these."""

    job: CrawlJob
    schedule: Schedule
    sweep: timedelta = timedelta(days=7)  # how often every letter known is visited

    @property
    def name(self) -> str:
        """The source's name."""
        return self.job.source.name


def next_crawl(archive: Archive, watch: ScheduledSource, now: datetime) -> datetime:
    """Return when `watch` is to be crawled next, by its past crawls; a time gone by: at once."""
    with archive.reading() as connection:
        last = queries.last_started(connection, watch.name)
    return due(watch.name, watch.schedule, last, now)


def was_killed(archive: Archive, watch: ScheduledSource) -> bool:
    """Return whether the newest crawl of the whole of `watch` was ended before its end.

    One that goes on, in this process or another, was not.
    """
    dead = cut_off(archive)
    with archive.reading() as connection:
        newest = queries.last_crawl(connection, watch.name)
    return newest is not None and newest.outcome is None and newest.id in dead


def job_now(
    archive: Archive, watch: ScheduledSource, tried: datetime | None, now: datetime
) -> tuple[CrawlJob, int]:
    """Return the job to do `now` and how many letters are known; it is a sweep where one is due.

    `tried` is when the last sweep began that this service knows of.
    """
    with archive.reading() as connection:
        swept = queries.last_sweep(connection, watch.name)
        known = queries.count_letters(connection, queries.LetterFilter(source=watch.name))
    return replace(watch.job, full=sweep_due(watch.sweep, swept, tried, now)), known


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)
