from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Source
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from scheduler.crawl_turns import CrawlTurn, CrawlTurns
from scheduler.due import Schedule
from scheduler.scheduled_source import (
    ScheduledSource,
    first_crawls,
    next_crawl_at,
    recorded_backoff,
    turn_of,
)
from storage.database.archive import Archive
from storage.database.lock import crawl_lock
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl, sources
from tests.archive_copy import new_archive

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
CITY = ScheduledSource(
    CrawlJob("sqlite://", Source("city", "某市", Kind.PROPOSAL, "http://127.0.0.1/")),
    Schedule(6 * HOUR),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path / "fuhan.db")
    yield opened
    opened.close()


def crawled(
    archive: Archive,
    at: datetime,
    mode: str,
    outcome: CrawlOutcome | None,
    took: timedelta = timedelta(0),
) -> None:
    """Record a crawl; one without outcome was killed."""
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, "city", mode, at)
        if outcome:
            end_crawl(connection, crawl_id, CrawlEnd(outcome, at + took, None, None, {}, []))


def was_cut_off(archive: Archive) -> bool:
    """Return whether the newest crawl of the city was cut off; then it is crawled at once."""
    (first,) = first_crawls(archive, [CITY], NOW)
    assert first.at == (NOW if first.was_cut_off else next_crawl_at(archive, CITY, NOW))
    return first.was_cut_off


def test_the_archive_says_when_a_source_is_due(archive: Archive) -> None:
    assert next_crawl_at(archive, CITY, NOW) == NOW
    crawled(archive, NOW - HOUR, "normal", CrawlOutcome.PARTIAL)
    assert next_crawl_at(archive, CITY, NOW) == NOW + 5 * HOUR


def test_a_killed_crawl_counts_as_begun(archive: Archive) -> None:
    crawled(archive, NOW - 2 * HOUR, "normal", CrawlOutcome.COMPLETE)
    assert not was_cut_off(archive)
    crawled(archive, NOW - HOUR, "normal", None)
    assert was_cut_off(archive)
    assert next_crawl_at(archive, CITY, NOW) == NOW + 5 * HOUR


def test_a_crawl_that_goes_on_was_not_killed(archive: Archive) -> None:
    with crawl_lock(archive, "town"):
        crawled(archive, NOW - HOUR, "normal", None)
        assert was_cut_off(archive)
    with crawl_lock(archive, "city"):
        assert not was_cut_off(archive)
    assert was_cut_off(archive)


def test_a_look_at_single_letters_is_no_crawl_of_the_source(archive: Archive) -> None:
    crawled(archive, NOW - 5 * HOUR, "normal", CrawlOutcome.COMPLETE)
    crawled(archive, NOW - HOUR, "urls", CrawlOutcome.COMPLETE)
    assert next_crawl_at(archive, CITY, NOW) == NOW + HOUR


def test_a_look_at_single_letters_hides_neither_a_killed_crawl_nor_a_failed_one(
    archive: Archive,
) -> None:
    crawled(archive, NOW - 9 * HOUR, "normal", CrawlOutcome.COMPLETE)
    for outcome in (None, CrawlOutcome.FAILED):
        crawled(archive, NOW - 5 * HOUR, "normal", outcome)
        crawled(archive, NOW - HOUR, "urls", CrawlOutcome.COMPLETE)
        assert was_cut_off(archive) is (outcome is None)
        with archive.reading() as connection:
            (state,) = sources(connection)
        assert state.last_crawl
        assert state.last_crawl.outcome is outcome
        assert state.last_success == NOW - 9 * HOUR


def test_a_source_of_which_only_single_letters_were_seen_is_known_and_was_never_crawled(
    archive: Archive,
) -> None:
    crawled(archive, NOW - HOUR, "urls", None)
    with archive.reading() as connection:
        (state,) = sources(connection)
    assert (state.source, state.last_crawl, state.last_success) == ("city", None, None)
    assert not was_cut_off(archive)


@pytest.mark.parametrize(
    ("past", "is_long"),
    [
        pytest.param([], False, id="never crawled"),
        pytest.param([(CrawlOutcome.PARTIAL, HOUR)], True, id="its last crawl took an hour"),
        pytest.param(
            [(CrawlOutcome.COMPLETE, HOUR), (CrawlOutcome.COMPLETE, HOUR / 60)],
            False,
            id="only its first took an hour",
        ),
        pytest.param(
            [(CrawlOutcome.COMPLETE, HOUR), (CrawlOutcome.FAILED, HOUR / 60), (None, HOUR)],
            True,
            id="one that failed or was cut off says nothing",
        ),
    ],
)
def test_a_crawl_takes_long_where_the_last_one_did(
    archive: Archive, past: list[tuple[CrawlOutcome | None, timedelta]], *, is_long: bool
) -> None:
    for number, (outcome, took) in enumerate(past):
        crawled(archive, NOW - (9 - number) * HOUR, "normal", outcome, took)
    turn = turn_of(archive, CITY, NOW)
    assert (turn.source, turn.host, turn.every) == ("city", "127.0.0.1", 6 * HOUR)
    assert turn.is_long is is_long


FAILED_EACH_TRY = [(each, CrawlOutcome.FAILED) for each in (110, 100, 80, 40)]  # minutes ago
FAILED_FOR_DAYS = [(each, CrawlOutcome.FAILED) for each in (4000, 3000, 2000, 1600, 1200, 800)]


@pytest.mark.parametrize(
    ("past", "waits"),
    [
        pytest.param([(60, CrawlOutcome.PARTIAL), (40, CrawlOutcome.FAILED)], False, id="once"),
        pytest.param(FAILED_EACH_TRY, True, id="four times in a row"),
        pytest.param(FAILED_FOR_DAYS + FAILED_EACH_TRY, True, id="for days"),
        pytest.param([*FAILED_EACH_TRY, (20, CrawlOutcome.COMPLETE)], False, id="answered"),
        pytest.param([*FAILED_EACH_TRY, (20, None)], True, id="cut off: says nothing"),
    ],
)
def test_a_restart_forgets_no_host_that_does_not_answer(
    archive: Archive, past: list[tuple[int, CrawlOutcome | None]], *, waits: bool
) -> None:
    """One failure makes wait for ten minutes, the fourth for eighty."""
    for minutes, outcome in past:
        crawled(archive, NOW - minutes * HOUR / 60, "normal", outcome)
    with archive.writing() as connection:
        seen = begin_crawl(connection, "city", "urls", NOW)
        end_crawl(connection, seen, CrawlEnd(CrawlOutcome.COMPLETE, NOW, None, None, {}, []))
    backoff = recorded_backoff(archive, [CITY])
    assert (backoff.wait_until(CITY.host, "another", NOW) is not None) is waits
    assert backoff.wait_until(CITY.host, "city", NOW) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("http://x.gov.cn/a/", "https://x.gov.cn/b/", id="either scheme"),
        pytest.param("http://x.gov.cn/a/", "http://www.x.gov.cn/b/", id="with and without www."),
        pytest.param("http://x.gov.cn/a/", "http://X.GOV.CN/b/", id="capitals"),
        pytest.param("http://x.gov.cn/a/", "https://x.gov.cn:443/b/", id="the default port"),
        pytest.param("http://x.gov.cn/a/", "http://x.gov.cn./b/", id="a dot at the end"),
        pytest.param("http://政协.cn/a/", "http://xn--ykr503b.cn/b/", id="in Chinese"),
    ],
)
def test_a_host_is_one_however_it_is_written(first: str, second: str) -> None:
    turns = CrawlTurns(slots=2)
    for listing in (first, second):
        source = Source(listing, "某市", Kind.PROPOSAL, listing)
        wanted = ScheduledSource(CrawlJob("sqlite://", source), Schedule(6 * HOUR))
        turns.want(CrawlTurn(listing, wanted.host, NOW, 6 * HOUR))
    assert turns.begin(NOW)
    assert turns.begin(NOW) is None
