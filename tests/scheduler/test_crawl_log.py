"""The log says of each crawl what it found, on one line, and the same as fields."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from letters.crawl_record import Crawl, CrawlOutcome, PageError
from scheduler.crawl_log import log_beginning, log_ending

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
PAGE = PageError("http://a.test/1.html", "503 Service\n Unavailable")


def crawl(outcome: CrawlOutcome = CrawlOutcome.COMPLETE, **counts: Any) -> Crawl:
    return Crawl(1, "city", outcome, AT, AT + timedelta(seconds=14), **counts)


@pytest.mark.parametrize(
    ("ended", "substantive", "line"),
    [
        pytest.param(
            crawl(listed=115, fetched=9, edited=2),
            1,
            "crawl of city: complete, 115 listed, 9 visited, 2 edited (1 substantive), "
            "0 errors, 14 s",
            id="edits, with how many are substantive",
        ),
        pytest.param(
            crawl(listed=3, fetched=3, edited=1),
            None,
            "crawl of city: complete, 3 listed, 3 visited, 1 edited, 0 errors, 14 s",
            id="edits that nobody could count",
        ),
        pytest.param(
            crawl(listed=5, withdrawn=1, published=2),
            0,
            "crawl of city: complete, 5 listed, 0 visited, 0 edited, 2 published, 1 withdrawn, "
            "0 errors, 14 s",
            id="other changes, where there are any",
        ),
        pytest.param(
            crawl(CrawlOutcome.PARTIAL, listed=5, errors=(PAGE, PageError("u", "r"))),
            0,
            "crawl of city: partial, 5 listed, 0 visited, 0 edited, 2 errors, 14 s: "
            "http://a.test/1.html: 503 Service Unavailable",
            id="why it is partial: the first reason",
        ),
        pytest.param(
            crawl(CrawlOutcome.FAILED, errors=(PAGE,)),
            0,
            "crawl of city: failed, 0 listed, 0 visited, 0 edited, 1 error, 14 s: "
            "http://a.test/1.html: 503 Service Unavailable",
            id="why it failed",
        ),
    ],
)
def test_one_line_says_how_a_crawl_ended(
    ended: Crawl, substantive: int | None, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    log_ending(ended, substantive)
    assert caplog.messages == [line]


def test_its_fields_say_the_same(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    log_beginning("city", full=True)
    log_ending(crawl(CrawlOutcome.PARTIAL, listed=5, fetched=4, edited=2, errors=(PAGE,)), 1)
    begun, ended = (vars(each)["fields"] for each in caplog.records)
    assert begun == {"source": "city", "sweep": True}
    expected = {"source": "city", "outcome": "partial", "listed": 5, "visited": 4, "edited": 2}
    expected |= {"substantive": 1, "errors": 1, "seconds": 14.0}
    assert expected.items() <= ended.items()
    assert ended["reason"] == "http://a.test/1.html: 503 Service Unavailable"


def test_only_a_complete_crawl_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    for outcome in CrawlOutcome:
        log_ending(crawl(outcome))
    assert [each.levelname for each in caplog.records] == ["WARNING", "WARNING"]
