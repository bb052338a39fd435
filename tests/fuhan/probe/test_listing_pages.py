"""The first pages of a listing show whether it is a directory, and whether a crawl reads it whole."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.directory.walk import walk
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.interfaces.recognition import INTERFACES
from fuhan.probe.listing_pages import ListingPages, read_pages
from fuhan.probe.recognition import interface_of
from replica.directories.list_parts import ADDRESSES, CHROME, LAYOUTS, page_of, titles
from replica.scripted_lists import LISTS
from replica.scripted_server import ScriptedSite
from tests.fuhan.probe.composed_pages import DIRECTORY, HOME, HUB, NEWS, ROWS, Web

LISTING = f"{HOME}zwgk/tagk/"
CASES = Path(__file__).parents[4] / "shared" / "cases" / "pagers.jsonl"


def listing(page: str, **others: str) -> ListingPages:
    """Return what a probe reads of a listing, and of its further pages by their names."""
    pages = {LISTING: page} | {f"{LISTING}{name}.html": text for name, text in others.items()}
    return asyncio.run(read_pages(Web(pages).ask, LISTING))


@pytest.mark.parametrize(
    ("page", "is_hub", "lists_papers"),
    [
        pytest.param(DIRECTORY, False, True, id="a directory"),
        pytest.param(HUB, True, False, id="a hub"),
        pytest.param(f"<ul>{NEWS}</ul>", False, False, id="news"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_a_directory_is_told_from_hubs_and_home_pages(
    page: str, *, is_hub: bool, lists_papers: bool
) -> None:
    reading = listing(page)
    assert (reading.is_hub, reading.lists_papers) == (is_hub, lists_papers)


def _hrefs(form: str) -> list[str]:
    return [
        form.format(n=n, id=f"{n:032x}", uuid=f"0a1b2c3d-0000-4000-8000-{n:012x}")
        for n in range(1001, 1016)
    ]


@pytest.mark.parametrize("kind", ["numbered", "subjects"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_directory_of_any_form_is_one(address: str, layout: str, kind: str) -> None:
    page = page_of(_hrefs(ADDRESSES[address]), titles(kind, 15), LAYOUTS[layout])
    found = listing(page, index_1="")
    assert (found.lists_papers, found.is_hub, found.obstacle) == (True, False, None)
    assert len(found.walked.rows) == 15


@pytest.mark.parametrize("around", [*CHROME.values()], ids=[*CHROME])
def test_what_else_is_on_a_page_makes_no_hub_of_it(around: str) -> None:
    hrefs = _hrefs(ADDRESSES["plain"])
    found = listing(page_of(hrefs, titles("numbered", 15), before=around))
    assert (found.lists_papers, found.is_hub) == (True, False)


PAGER = "<script>createPage({0}, {1}, 'index', 'html')</script>"


def _page(number: int, pager: str) -> str:
    hrefs = [f"/letters/{number}{n:03}.html" for n in range(15)]
    return page_of(hrefs, [f"{title}{number}" for title in titles("numbered", 15)], after=pager)


def test_a_pager_that_leads_to_a_second_page_is_in_nobody_s_way() -> None:
    page, second = (_page(number, PAGER.format(9, number)) for number in (0, 1))
    found = listing(page, index_1=second)
    assert (found.walked.is_bounded, found.obstacle, len(found.walked.rows)) == (True, None, 30)


def test_a_second_page_that_is_not_there_is_in_the_way() -> None:
    found = listing(_page(0, PAGER.format(9, 0)))
    assert found.obstacle == f"{LISTING}index_1.html: timed out"


def test_a_second_page_that_lists_the_same_is_in_the_way() -> None:
    page = _page(0, PAGER.format(9, 0))
    found = listing(page, index_1=page)
    assert "lists nothing new" in (found.obstacle or "")
    assert not found.needs_browser


@pytest.mark.skipif(not CASES.exists(), reason="the cases from outside are not beside the project")
def test_where_nothing_is_in_the_way_a_crawl_is_whole() -> None:
    for line in CASES.read_text("utf-8").splitlines():
        pages = {LISTING: f"<div><ul>{ROWS}</ul></div>{json.loads(line)['html']}"}
        found = asyncio.run(read_pages(Web(pages).ask, LISTING))
        walked = asyncio.run(walk(Web(pages).ask, LISTING, lambda _: None))
        assert walked.is_whole == (found.obstacle is None), line


class ScriptedWeb:
    """A site whose lists are filled by interfaces, without any network."""

    def __init__(self) -> None:
        self.site = ScriptedSite()

    async def ask(self, request: InterfaceRequest) -> Snapshot:
        path = request.url.removeprefix(HOME.rstrip("/")).partition("#")[0]
        answer = self.site.answer(request.method, path, request.body)
        kind = {"content-type": answer.content_type or "text/html; charset=utf-8"}
        at = datetime(2026, 11, 24, tzinfo=UTC)
        return Snapshot(request.url, request.url, answer.status, kind, answer.body, at)


@pytest.mark.parametrize("name", LISTS)
def test_an_interface_that_fills_a_listing_is_named(name: str) -> None:
    url = HOME.rstrip("/") + LISTS[name].listing
    found = asyncio.run(read_pages(ScriptedWeb().ask, url))
    assert (found.lists_papers, found.obstacle) == (True, None)
    interface, _, sign = (interface_of(found.walked) or "").partition(", by ")
    assert interface in INTERFACES
    assert sign


@pytest.mark.parametrize("words", ["<h1>提案公开</h1>", ""], ids=["a heading", "no word"])
def test_a_script_that_is_not_known_is_named(words: str) -> None:
    script = "<script>$.get('/portal/queryList.do', fill)</script>"
    found = listing(f"{words}<ul id='list'></ul>{script}")
    assert "/portal/queryList.do" in (found.obstacle or "")
    assert found.needs_browser


def test_a_challenge_that_asks_for_something_is_a_challenge() -> None:
    script = "document.cookie='__jsl_clearance=1';$.get('/portal/queryList.do', go)"
    assert listing(f"<script>{script}</script>").obstacle == "a JavaScript challenge"
