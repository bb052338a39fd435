"""A page with the newest few of several channels is no directory: its channels are named."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.directory.hub import Channel
from crawler.directory.page import read_directory
from crawler.directory.walk import walk
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from replica.directories.list_parts import CHROME, URL, page_of, titles

MORE = "<a href='{url}'>更多&gt;&gt;</a>"


def part(name: str, url: str, count: int, start: int = 0, row: str = "/a/{}.html") -> str:
    rows = "".join(
        f"<li><a href='{row.format(start + n)}'>关于第{start + n}号{name[:2]}的答复</a></li>"
        for n in range(count)
    )
    return f"<div class='box'><div class='hd'><h3>{name}</h3>{MORE.format(url=url)}</div><ul>{rows}</ul></div>"


HUBS = {
    "two channels": part("提案公开", "./ta/", 5) + part("建议公开", "./jy/", 4, 50),
    "as many rows in each": part("提案公开", "./ta/", 5) + part("建议公开", "./jy/", 5, 50),
    "addresses of a known family": part("提案公开", "./ta/", 5, row="ta/202206/t20220617_{}.html")
    + part("建议公开", "./jy/", 3, 50, row="jy/202206/t20220617_{}.html"),
}


@pytest.mark.parametrize("html", HUBS.values(), ids=HUBS)
def test_a_hub_names_its_channels(html: str) -> None:
    page = read_directory(f"<body>{html}</body>", URL)
    assert page.channels == (Channel("提案公开", f"{URL}ta/"), Channel("建议公开", f"{URL}jy/"))


@pytest.mark.parametrize("html", HUBS.values(), ids=HUBS)
def test_a_hub_is_never_a_whole_directory(html: str) -> None:
    async def fetch(request: InterfaceRequest) -> Snapshot:
        url = request.url
        body = f"<html><body>{html}</body></html>".encode()
        return Snapshot(url, url, 200, {"content-type": "text/html"}, body, datetime.now(UTC))

    seen = asyncio.run(walk(fetch, URL, lambda _: None))
    assert [error.reason for error in seen.errors] == [
        f"a hub, no directory: it shows the newest of 提案公开 {URL}ta/, 建议公开 {URL}jy/"
    ]


SIDES = part("热点新闻", "/rd/", 4, 70) + part("政策解读", "/jd/", 4, 80)
HREFS = [f"/letters/{number}.html" for number in range(15)]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(page_of(HREFS, titles("numbered", 15), after=SIDES), id="lists beside it"),
        pytest.param(page_of(HREFS[:4], titles("numbered", 4), before=SIDES), id="few letters"),
        pytest.param(part("提案公开", "/all/", 5), id="one channel"),
        pytest.param(part("提案公开", URL, 5) + part("建议公开", URL, 4, 50), id="more of itself"),
        pytest.param(CHROME["navigation"], id="no lists"),
    ],
)
def test_what_is_no_hub_has_no_channels(html: str) -> None:
    assert read_directory(f"<body>{html}</body>", URL).channels == ()
