"""Crawls over weeks in which a clock is set, clocks change, or the service is stopped."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.job import CrawlJob, Source
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from scheduler.cron import read_cron
from scheduler.due import Schedule, due_at
from scheduler.scheduled_source import ScheduledSource, first_crawls, next_crawl_at
from storage.database.archive import Archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from tests.archive_copy import new_archive

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
CITY = ScheduledSource(
    CrawlJob("sqlite://", Source("city", "某市", Kind.PROPOSAL, "http://127.0.0.1/")),
    Schedule(6 * HOUR),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


def crawl(archive: Archive, at: datetime) -> None:
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, "city", "normal", at)
        end_crawl(connection, crawl_id, CrawlEnd(CrawlOutcome.COMPLETE, at, None, None, {}, []))


def pauses(archive: Archive, count: int, steps: Mapping[int, timedelta]) -> list[timedelta]:
    """Return how long each of so many crawls was waited for, the clock being set before some."""
    at, waited = NOW, []
    for number in range(count):
        crawl(archive, at)
        at += HOUR + steps.get(number, timedelta(0))  # it took so long
        due = max(next_crawl_at(archive, CITY, at), at)
        waited.append(due - at + HOUR)
        at = due
    return waited


@pytest.mark.parametrize(
    ("steps", "shortened"),
    [
        pytest.param({}, 0, id="a clock that nobody sets"),
        pytest.param({3: -DAY}, 1, id="set back by a day"),
        pytest.param({3: DAY}, 1, id="set forward by a day"),
        pytest.param({3: DAY, 4: -DAY, 8: -DAY, 9: DAY}, 4, id="set to and fro"),
        pytest.param({3: -30 * DAY}, 1, id="set back by a month"),
    ],
)
def test_a_clock_that_is_set_costs_a_crawl_and_starves_nothing(
    archive: Archive, steps: Mapping[int, timedelta], shortened: int
) -> None:
    waited = pauses(archive, 20, steps)
    assert Counter(waited) == Counter({6 * HOUR: 20 - shortened, HOUR: shortened})


def test_a_service_that_was_stopped_for_a_month_crawls_each_source_once(archive: Archive) -> None:
    crawl(archive, NOW - 30 * DAY)
    (first,) = first_crawls(archive, [CITY], NOW)
    assert (first.at <= NOW, first.was_cut_off) == (True, False)
    crawl(archive, NOW)
    assert next_crawl_at(archive, CITY, NOW + HOUR) == NOW + 6 * HOUR


def test_a_cron_line_in_an_hour_that_clocks_change_comes_once_each_day() -> None:
    """For a year and a day in Berlin, where 02:30 is left out once, and comes twice once."""
    schedule = Schedule(6 * HOUR, read_cron("30 2 * * *"), BERLIN)
    at, days = datetime(2026, 1, 1, tzinfo=BERLIN), []
    for _ in range(366):
        at = due_at("city", schedule, at, at)
        days.append(at.astimezone(BERLIN).date())
    assert days == [datetime(2026, 1, 1, tzinfo=BERLIN).date() + DAY * n for n in range(366)]


def test_an_interval_is_as_long_on_days_when_clocks_change() -> None:
    schedule = Schedule(6 * HOUR, zone=BERLIN)
    for day in (datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)):
        last = day.astimezone(UTC)
        assert due_at("city", schedule, last, last) - last == 6 * HOUR
