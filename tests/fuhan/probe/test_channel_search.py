"""The channels of a home page are found by their names, two clicks deep at most."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from fuhan.probe.channel_search import MOST_PAGES, ChannelSearch, FoundChannel
from fuhan.probe.listing_pages import read_pages

HOME = "http://gov.example/"
ROWS = "".join(
    f"<li><a href='/letters/{n}.html'>某局关于市政协五届五次会议第{n:04}号提案的复函</a></li>"
    for n in range(12)
)
DIRECTORY = f"<ul>{ROWS}</ul>"
NEWS = "".join(f"<li><a href='/news/{n}.html'>全市召开第{n}次专题会议</a></li>" for n in range(15))
PART = "<div class='part'><h3>{0}</h3><a href='{1}'>更多</a><ul>{2}</ul></div>"
FEW = [
    "".join(
        f"<li><a href='{path}{n}.html'>关于第{n}号提案的复函</a></li>"
        for n in range(first, first + 4)
    )
    for first, path in ((10, "/t/"), (20, "/j/"))
]
HUB = PART.format("提案公开", "/t/", FEW[0]) + PART.format("建议公开", "/j/", FEW[1])


def link(url: str, words: str) -> str:
    return f"<a href='{url}'>{words}</a>"


class Web:
    """Pages by URL, and which of them were asked for."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Snapshot:
        self.asked.append(url)
        if url not in self.pages:
            raise UnreachedError("timed out")
        body = f"<!doctype html><meta charset='utf-8'><body>{self.pages[url]}</body>".encode()
        kind = {"content-type": "text/html; charset=utf-8"}
        return Snapshot(url, url, 200, kind, body, datetime(2026, 11, 24, tzinfo=UTC))


def search(pages: Mapping[str, str]) -> tuple[tuple[FoundChannel, ...], list[str]]:
    """Return what a search that begins at the home page finds, and the pages it asked for."""
    web = Web(pages)
    first = asyncio.run(web.fetch(HOME))
    return asyncio.run(ChannelSearch(web.fetch).search(first)), web.asked[1:]


@pytest.mark.parametrize(
    "name",
    ["建议提案", "提案公开", "建议公开", "议案提案", "人大代表建议", "人大建议、政协提案办理",
     "建议提案办理结果", "政协委员提案", "提案答复", "代表建议办理"],
)  # fmt: skip
def test_a_channel_is_known_by_its_name(name: str) -> None:
    found, _ = search({HOME: NEWS + link("/jyta/", name), f"{HOME}jyta/": DIRECTORY})
    assert found == (FoundChannel(name, f"{HOME}jyta/", "12 letters", is_directory=True),)


@pytest.mark.parametrize(
    "name",
    ["意见建议征集", "我要提建议", "政务公开", "市政协召开提案交办会", "关于办理提案的通知", "友情链接"],
)  # fmt: skip
def test_what_is_called_otherwise_is_none(name: str) -> None:
    found, _ = search({HOME: link("/x/", name), f"{HOME}x/": DIRECTORY})
    assert found == ()


def test_a_channel_below_a_menu_is_found_by_the_second_click() -> None:
    pages = {HOME: link("/zwgk/", "政务公开"), f"{HOME}zwgk/": link("jyta/", "建议提案")}
    found, asked = search(pages | {f"{HOME}zwgk/jyta/": DIRECTORY})
    assert [channel.url for channel in found] == [f"{HOME}zwgk/jyta/"]
    assert len(asked) == 2


def test_a_channel_three_clicks_away_is_not_asked_for() -> None:
    pages = {HOME: link("/a/", "建议提案"), f"{HOME}a/": link("/b/", "提案公开")}
    found, asked = search(pages | {f"{HOME}b/": link("/c/", "提案答复"), f"{HOME}c/": DIRECTORY})
    assert asked == [f"{HOME}a/", f"{HOME}b/"]
    assert not any(channel.is_directory for channel in found)


def test_the_parts_of_a_channel_are_found_with_it() -> None:
    pages = {HOME: link("/jyta/", "建议提案"), f"{HOME}t/": DIRECTORY, f"{HOME}j/": DIRECTORY}
    below = link("/t/", "提案公开") + link("/j/", "建议公开")
    found, _ = search(pages | {f"{HOME}jyta/": below})
    assert [(channel.name, channel.is_directory) for channel in found] == [
        ("提案公开", True),
        ("建议公开", True),
        ("建议提案", False),
    ]


def test_the_channels_of_a_hub_are_named() -> None:
    found, _ = search({HOME: link("/jyta/", "建议提案"), f"{HOME}jyta/": HUB})
    named = {channel.name: channel.url for channel in found if channel.is_directory}
    assert named == {"提案公开": f"{HOME}t/", "建议公开": f"{HOME}j/"}


def test_a_channel_that_can_not_be_read_is_named_with_the_reason() -> None:
    ((channel),), _ = search({HOME: link("/jyta/", "建议提案")})
    assert (channel.what, channel.is_directory) == ("timed out", False)


def test_a_channel_of_another_site_is_named_and_not_asked_for() -> None:
    (channel,), asked = search({HOME: link("http://rd.example/jy/", "人大代表建议")})
    assert (channel.url, asked) == ("http://rd.example/jy/", [])


def test_no_more_pages_are_asked_for_than_a_site_can_be_asked() -> None:
    links = "".join(link(f"/c{n}/", f"{n}年提案办理") for n in range(60))
    _, asked = search({HOME: links})
    assert len(asked) == MOST_PAGES


def test_a_page_is_asked_for_once() -> None:
    pages = {
        HOME: link("/t/", "提案公开") * 3,
        f"{HOME}t/": link("/t/", "提案公开") + link("/", "首页"),
    }
    assert search(pages)[1] == [f"{HOME}t/"]


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
    reading = asyncio.run(read_pages(Web({HOME: page}).fetch, HOME))
    assert (reading.is_hub, reading.lists_papers) == (is_hub, lists_papers)
