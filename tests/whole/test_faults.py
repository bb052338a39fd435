"""Whatever a server does in a page's place is a visit with its reason: no edit, no withdrawal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench.trouble import LIST_FAULTS, PAGE_FAULTS
from crawler.http.circuit_breaker import FAILURES_TO_OPEN
from replica import faults
from replica.compose import compose
from replica.server import Replica

READABLE = {
    "not modified",  # asked for so, of a page that is kept
    "wrong charset",
    "Latin charset",
    "today in its text",
    "what no reader sees",
    "body in an unknown element",  # the same words
}  # the letter can be read all the same
# The directory can be read all the same: links spelt otherwise, a pager that others count.
WHOLE = {
    *("links with sessions", "links with backslashes", "links with zero width spaces"),
    "a pager by a script",
}
LETTERS = 80
REASONS = {
    "stall": "timed out",
    "slow drip": "timed out",
    "reset": "closed before an answer",
    "truncated": "truncated",
    "half by its length": "body container missing",
    "most by its length": "truncated",
    "within a character": "ends within a character",
    "gzip bomb": "larger than",
    "429": "HTTP 429",
    "503 with Retry-After": "HTTP 503",
    "challenge": "JavaScript challenge",
    "login": "a login",
    "maintenance": "a notice",
    "empty": "empty answer",
    "not gzip": "not in gzip",
    "not deflate": "not in deflate",
    "not brotli": "not in br",
    "not zstd": "not in zstd",
    "redirect to no URL": "what is no URL",
    "redirect to upkeep": "weihu.html: a notice",
    "redirect to a captcha": "redirected to",
    "refresh of itself": "a notice",
    "loading": "a notice",
    "wrong type": "image/png",
    "redirect to another site": "another site",
    "body missing": "body container missing",
    "emptied body": "its body is empty",
    "emptied body, a placeholder left": "its body is empty",
    "template code around an emptied body": "template code on its page",
    "template code": "template code in its text",
}


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, watch: Callable[..., Any], quick: Callable[..., Any]
) -> Iterator[Any]:
    with Replica(compose(letters=LETTERS, suggestions=0)) as served:
        folder = tmp_path_factory.mktemp("faults")
        yield quick(served, watch(folder, served.listing("proposal")))


@pytest.fixture
def lived(watched: Any) -> Any:
    """A source of many letters with which all is well."""
    watched.replica.faults.clear()
    assert watched.crawl()["outcome"] == "complete"
    return watched


def crawl_late(lived: Any, late: dict[str, Any]) -> Any:
    """Crawl letters that never answer, and only these: a busy machine is late with others, too."""
    for name, each in late.items():
        lived.replica.faults.add(f"_{each.docid}[._]", PAGE_FAULTS[name])
    urls = tuple(lived.replica.url + each.path for each in late.values())
    return replace(lived, timeout=5.0).crawl(urls=urls)


def test_every_fault_of_a_page_is_a_visit_with_its_reason_and_no_change(lived: Any) -> None:
    documents = lived.replica.directory.documents
    letters = [*documents[::2], *documents[1::2]]
    met = dict(zip(PAGE_FAULTS, letters, strict=False))
    assert len(met) == len(PAGE_FAULTS)
    late = {name: met[name] for name in met if REASONS.get(name) == "timed out"}
    for name, send in PAGE_FAULTS.items():
        if name not in late:
            lived.replica.faults.add(f"_{met[name].docid}[._]", send)
    crawl = lived.crawl()
    assert crawl["outcome"] == "partial"
    errors = [*crawl["errors"], *crawl_late(lived, late)["errors"]]
    assert lived.changes() == []
    reasons = {error["url"].rpartition("_")[2]: error["reason"] for error in errors}
    for name, each in met.items():
        reason = reasons.get(f"{each.docid}.html")
        assert (reason is None) == (name in READABLE), (name, reason)
        assert REASONS.get(name, "") in (reason or "")
    suspect = {each["url"] for each in lived.letters() if each["status"] == "suspect"}
    assert suspect == {
        lived.replica.url + each.path for name, each in met.items() if name not in READABLE
    }
    lived.replica.faults.clear()
    assert lived.crawl()["outcome"] == "complete"
    assert lived.changes() == []
    lived.assert_sound()


def test_a_redirect_loop_ends(lived: Any) -> None:
    letter = lived.replica.directory.documents[0]
    lived.replica.faults.add(f"_{letter.docid}[.]", faults.redirect(letter.path))
    crawl = lived.crawl()
    assert crawl["outcome"] == "partial"
    assert lived.changes() == []


def test_pages_of_the_directory_failing_in_turn_make_no_phantoms(lived: Any) -> None:
    """Of the crawlers that were audited one reported 133 new and 122 deleted each night."""
    for night, (name, send) in enumerate(LIST_FAULTS.items()):
        lived.replica.faults.clear()
        lived.replica.faults.add(f"index_{night % 3 + 1}[.]html", send)
        assert lived.crawl()["outcome"] == ("complete" if name in WHOLE else "partial"), name
    assert lived.changes() == []
    assert {each["status"] for each in lived.letters()} == {"published"}


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 9, 99_999])
def test_a_pager_that_lies_delists_nothing(lived: Any, pages: int) -> None:
    for _ in range(2):
        lived.replica.faults.pages = pages
        assert lived.crawl()["outcome"] == "partial"
    assert lived.changes() == []


def test_a_server_that_asks_to_wait_is_waited_for_and_answers(lived: Any) -> None:
    letter = lived.replica.directory.documents[0]
    busy = faults.status(429, Retry_After="1")
    lived.replica.faults.add(f"_{letter.docid}[.]", busy, times=1)
    crawl = lived.crawl()
    assert crawl["outcome"] == "complete"
    assert crawl["unchanged"] == LETTERS


def test_a_host_that_dies_amid_a_crawl_is_left_alone_and_costs_little(lived: Any) -> None:
    asked = []
    hang_up = faults.reset()

    def die(handler: Any) -> None:
        asked.append(handler.path)
        hang_up(handler)

    lived.replica.faults.add("t20.*[.]html", die)
    crawl = lived.crawl()
    assert crawl["outcome"] == "partial"
    assert len(crawl["errors"]) == LETTERS
    assert any("not tried" in error["reason"] for error in crawl["errors"])
    assert FAILURES_TO_OPEN <= len(asked) < LETTERS  # some were in flight when it was given up
    assert lived.changes() == []
    lived.replica.faults.clear()
    assert lived.crawl()["outcome"] == "complete"
