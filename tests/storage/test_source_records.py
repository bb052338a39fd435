"""What is on record of how sources do is read alike for all of them and for some; in either store."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from letters.crawl_record import CrawlOutcome, PageError
from letters.listed_days import ListedDays
from storage.alarms import source_records as module
from storage.alarms.source_records import ReadCrawl, SourceRecord, source_records
from storage.database.archive import Archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.schema.tables import letters

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
C, P, F = CrawlOutcome.COMPLETE, CrawlOutcome.PARTIAL, CrawlOutcome.FAILED


def crawl(
    archive: Archive,
    hour: int,
    outcome: CrawlOutcome | None,
    *reasons: str,
    source: str = "city",
    mode: str = "normal",
    listed: int = 9,
) -> None:
    """Record a crawl that began at an hour and ended half an hour later; None: it was cut off."""
    at = START + hour * HOUR
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, source, mode, at)
        if outcome:
            errors = [PageError("http://gov.example/", reason) for reason in reasons]
            counts = {"listed": listed, "fetched": 4}
            end_crawl(
                connection, crawl_id, CrawlEnd(outcome, at + HOUR / 2, None, None, counts, errors)
            )


def record(archive: Archive, source: str = "city") -> SourceRecord:
    """Return the record of a source, which is the same whether or not it alone is read."""
    with archive.reading() as connection:
        one, everything = source_records(connection, [source]), source_records(connection)
    assert one[source] == everything[source]
    return one[source]


def test_a_source_that_was_never_crawled_has_no_record(archive: Archive) -> None:
    crawl(archive, 1, None, mode="urls")
    with archive.reading() as connection:
        assert source_records(connection) == {}
        assert source_records(connection, ["city"]) == {}
        assert source_records(connection, []) == {}


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        pytest.param([C], {"outcome": C, "begun": 0, "failures": 0}, id="complete"),
        pytest.param([C, P], {"outcome": P, "begun": 0, "failures": 0}, id="partial"),
        pytest.param([C, F, F], {"outcome": F, "begun": 2, "failures": 2}, id="failed twice"),
        pytest.param([F, C, F], {"begun": 1, "failures": 1}, id="failed before and after"),
        pytest.param([C, F, None], {"outcome": None, "begun": 2, "failures": 1}, id="cut off"),
        pytest.param([F, F, F], {"succeeded_at": None, "failures": 3}, id="never read"),
    ],
)
def test_what_failed_is_counted_since_a_crawl_succeeded(
    archive: Archive, outcomes: list[CrawlOutcome | None], known: dict[str, Any]
) -> None:
    for hour, outcome in enumerate(outcomes):
        crawl(archive, hour, outcome, *([f"reason {hour}"] if outcome is F else []))
    crawl(archive, 9, C, source="other")
    found = record(archive)
    assert {name: getattr(found, name) for name in known} == known
    assert found.started_at == START + (len(outcomes) - 1) * HOUR


def test_failures_stand_since_the_first_with_the_reason_of_the_newest(archive: Archive) -> None:
    for hour, (outcome, reasons) in enumerate(
        [(F, ("old",)), (C, ()), (F, ("first",)), (None, ()), (F, ("HTTP 404", "second"))]
    ):
        crawl(archive, hour, outcome, *reasons)
    found = record(archive)
    assert (found.failed_since, found.reason) == (START + 2 * HOUR, "HTTP 404")
    assert (found.begun, found.begun_since) == (3, START + 2 * HOUR)
    assert found.succeeded_at == START + HOUR * 3 / 2


def test_visits_to_single_letters_and_imports_are_no_crawls_of_a_source(archive: Archive) -> None:
    crawl(archive, 0, C)
    for hour, mode in enumerate(("urls", "import"), 1):
        crawl(archive, hour, F, "timed out", mode=mode)
    assert record(archive).outcome is C


def test_what_the_newest_crawls_read_comes_newest_first(archive: Archive) -> None:
    for hour in range(10):
        crawl(archive, hour, C, listed=hour)
    crawl(archive, 10, P, "HTTP 403", "timed out", listed=10)
    crawl(archive, 11, F, "timed out")
    found = record(archive)
    assert found.read[0] == ReadCrawl(False, 10, 4, 2, START + 10 * HOUR)
    assert [each.listed for each in found.read] == [10, 9, 8, 7, 6, 5, 4]
    assert found.refusals == ("HTTP 403", "timed out")


def test_the_days_of_a_source_are_those_on_which_letters_were_listed(archive: Archive) -> None:
    crawl(archive, 0, C)
    with archive.writing() as connection:
        for number, (source, listed_on) in enumerate(
            [
                ("city", date(2026, 5, 2)),
                ("city", date(2026, 5, 1)),
                ("city", date(2026, 5, 2)),
                ("city", None),
                ("city", date(2062, 5, 1)),  # mistyped
                ("other", date(2026, 5, 3)),
            ]
        ):
            seen = START + number * 24 * HOUR
            row = {"address_id": number, "status": "published", "version": 1, "digest": ""}
            times = {"first_seen": seen, "last_seen": seen, "title": ""}
            connection.execute(
                letters.insert().values(source=source, listed_on=listed_on, **row, **times)
            )
    found = record(archive)
    first, newest = date(2026, 5, 1), date(2026, 5, 2)
    assert found.listed == ListedDays(2, first, newest, timedelta(days=1))
    assert found.arrived_on == date(2026, 11, 5)


def test_of_many_sources_all_are_read(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_NAMED", 1)
    for name in ("city", "town", "village"):
        crawl(archive, 1, C, source=name)
    with archive.reading() as connection:
        assert set(source_records(connection, ["city", "town"])) == {"city", "town"}
