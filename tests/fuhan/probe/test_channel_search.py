"""The channels of a home page are found by their names, two clicks deep at most."""

import asyncio
from collections.abc import Mapping

import pytest

from fuhan.probe.channel_search import MOST_PAGES, ChannelSearch, FoundChannel
from tests.fuhan.probe.composed_pages import DIRECTORY, HOME, HUB, NEWS, Web


def link(url: str, words: str) -> str:
    return f"<a href='{url}'>{words}</a>"


def search(pages: Mapping[str, str]) -> tuple[tuple[FoundChannel, ...], list[str]]:
    """Return what a search that begins at the home page finds, and the pages it asked for."""
    web = Web(pages)
    first = asyncio.run(web.fetch(HOME))
    return asyncio.run(ChannelSearch(web.ask).search(first)), web.asked[1:]


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
