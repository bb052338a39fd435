"""A source with its schedule, and its next crawl by what the archive has of past ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.job import CrawlJob, Source
from letters.urls import host_of
from scheduler.crawl_turns import LONG, CrawlTurn
from scheduler.due import Schedule, due_at, interval
from scheduler.host_backoff import HostBackoff
from storage import queries
from storage.database.archive import Archive
from storage.database.lock import cut_off

_FAILURES = (
    30  # of a source, newest: those of half a day of hourly crawls make a host wait longest
)


@dataclass(frozen=True, slots=True)
class ScheduledSource:
    """A source that the service crawls, as the configuration has it."""

    job: CrawlJob
    schedule: Schedule

    @property
    def name(self) -> str:
        """The source's name."""
        return self.job.source.name

    @property
    def entry(self) -> tuple[Source, Schedule]:
        """What its own entry says, with the settings of `crawl`: not who is alerted to it."""
        return self.job.source, self.schedule

    @property
    def host(self) -> str:
        """The host of its directory, by whatever name of it that is written."""
        return host_of(self.job.source.listing)


def next_crawl_at(archive: Archive, source: ScheduledSource, now: datetime) -> datetime:
    """Return when `source` is due, by its past crawls, in UTC; a time gone by means at once."""
    with archive.reading() as connection:
        last = queries.last_started(connection, source.name)
    return due_at(source.name, source.schedule, last, now)


@dataclass(frozen=True, slots=True)
class FirstCrawl:
    """When a source is crawled first after a start of the service."""

    source: ScheduledSource
    at: datetime  # UTC
    was_cut_off: bool  # the newest crawl of the whole source neither ended nor goes on


def first_crawls(
    archive: Archive, sources: Iterable[ScheduledSource], now: datetime
) -> Iterator[FirstCrawl]:
    """Yield when each source is due, by its past crawls: at once where one was cut off."""
    dead = cut_off(archive)
    with archive.reading() as connection:
        starts = queries.newest_starts(connection)
    for source in sources:
        newest = starts.get(source.name)
        is_cut_off = newest is not None and not newest.has_ended and newest.crawl_id in dead
        due = due_at(source.name, source.schedule, newest.at if newest else None, now)
        yield FirstCrawl(source, now if is_cut_off else due, is_cut_off)


def is_behind(archive: Archive, source: ScheduledSource) -> bool:
    """Return whether `source` was never crawled, or its newest crawl did not end.

    A crawl that goes on counts as one that did not end: who asks is about to begin another.
    """
    with archive.reading() as connection:
        return not queries.last_ended(connection, source.name)


def recorded_backoff(archive: Archive, sources: Iterable[ScheduledSource]) -> HostBackoff:
    """Return which hosts don't answer, by the crawls on record: a restart forgets nothing."""
    with archive.reading() as connection:
        answers = queries.last_answers(connection, _FAILURES)
    return HostBackoff.recorded(answers, {each.name: each.host for each in sources})


def turn_of(archive: Archive, source: ScheduledSource, due: datetime) -> CrawlTurn:
    """Return the turn that a crawl of `source` waits for since it is due."""
    with archive.reading() as connection:
        span = queries.last_span(connection, source.name)
    is_long = span is not None and span >= LONG
    return CrawlTurn(source.name, source.host, due, interval(source.schedule, due), is_long)


def count_known(archive: Archive, source: ScheduledSource) -> int:
    """Return how many letters of `source` are on record."""
    with archive.reading() as connection:
        return queries.count_letters(connection, queries.LetterFilter(source=source.name))


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)
