"""An outage is reported once to each channel, and so is its end."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from letters.crawl_record import CrawlOutcome, PageError
from review.alerts.outages import WatchedHost, outage_notices
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.outbox.notices import add_notices, sendable
from tests.crawler.record.source import ComposedSource

HOST = WatchedHost(
    "gov.example",
    ("city", "town"),
    {"desk": frozenset(("city", "town")), "mayor": frozenset(("town",))},
)


@dataclass
class Crawls:
    """Crawls of two sources on one host, each an hour after the one before."""

    source: ComposedSource

    def __call__(self, source: str, reason: str | None = None, mode: str = "normal") -> None:
        """Record a crawl that failed for a reason, or one that did not; then judge the host."""
        clock = self.source.clock
        with self.source.archive.writing() as connection:
            crawl_id = begin_crawl(connection, source, mode, clock())
            outcome = CrawlOutcome.FAILED if reason else CrawlOutcome.COMPLETE
            errors = [PageError("http://gov.example/", reason)] if reason else []
            end_crawl(connection, crawl_id, CrawlEnd(outcome, clock(), None, None, {}, errors))
            add_notices(connection, outage_notices(connection, HOST, clock()))
        clock.at += timedelta(hours=1)

    def outbox(self, channel: str = "desk") -> list[str]:
        """Return what a channel is to be told: whether it is an end, and of which sources."""
        with self.source.archive.reading() as connection:
            notices = sendable(connection, channel, ())
        facts = [each.about or {} for each in notices]
        return ["end" if "until" in each else " ".join(each["sources"]) for each in facts]


@pytest.fixture
def crawls(source: ComposedSource) -> Crawls:
    crawls = Crawls(source)
    crawls("city")
    crawls("town")
    return crawls


def test_one_crawl_that_fails_is_no_outage(crawls: Crawls) -> None:
    crawls("city", "timed out")
    assert crawls.outbox() == []


def test_a_host_that_does_not_answer_is_one_outage_however_often_and_for_all_its_sources(
    crawls: Crawls,
) -> None:
    for source in ("city", "city", "town", "city", "town"):
        crawls(source, "connection refused")
    assert crawls.outbox() == ["city town"]


def test_its_end_is_told_once_and_another_outage_is_another(crawls: Crawls) -> None:
    for reason in ("timed out", "timed out", None, None, "timed out", "timed out"):
        crawls("city", reason)
    assert crawls.outbox() == ["city town", "end", "city town"]


def test_a_source_that_fails_beside_one_that_is_read_is_an_outage_of_its_own(
    crawls: Crawls,
) -> None:
    crawls("city", "403")
    crawls("town")
    crawls("city", "403")
    assert crawls.outbox() == ["city"]
    assert crawls.outbox("mayor") == []
    crawls("town")
    assert crawls.outbox() == ["city"]
    crawls("city")
    assert crawls.outbox() == ["city", "end"]


def test_visits_to_single_letters_say_nothing_of_a_directory(crawls: Crawls) -> None:
    for _ in range(3):
        crawls("city", "timed out", "urls")
    assert crawls.outbox() == []


def test_a_source_that_never_was_read_is_an_outage_too(source: ComposedSource) -> None:
    crawls = Crawls(source)
    crawls("town", "host not found")
    crawls("town", "host not found")
    assert crawls.outbox("mayor") == ["city town"]
