"""A page of a directory, composed of the numbers of its letters or with a pager; a walk through it."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

URL = "http://gov.example/zwgk/tagk/"
ROWS = "".join(
    f'<li><a href="202206/t20220617_{number}.html">第{number}号提案的复函</a></li>'
    for number in range(1, 13)
)


def row(number: int) -> str:
    return f'<li><a href="./202206/t20220617_{number}.html">第{number}号复函</a><span>2022-06-17</span></li>'


def directory(*numbers: int, script: str = "", more: str = "") -> str:
    rows = "".join(map(row, numbers))
    return f"<html><body><ul>{rows}</ul>{more}<script>{script}</script></body></html>"


def walked_with_rows(pager: str, rows: str = ROWS, before: str = "") -> WalkResult:
    """Walk a directory of one page of twelve rows; every other page is not there."""

    async def ask(request: InterfaceRequest) -> Snapshot:
        url = request.url
        body = f"<html><body>{before}<ul>{rows}</ul>{pager}</body></html>".encode()
        status, body = (200, body) if url == URL else (404, b"")
        return Snapshot(url, url, status, {"content-type": "text/html"}, body, datetime.now(UTC))

    return asyncio.run(walk(ask, URL, lambda _: None))


def script(text: str) -> str:
    return f"<div class='c'></div><script>{text}</script>"


def walked_pages(answers: Mapping[str, str]) -> WalkResult:
    """Walk a directory whose pages are given by their URLs relative to it; others are not there."""

    async def ask(request: InterfaceRequest) -> Snapshot:
        url = request.url
        body = answers.get(url.removeprefix(URL))
        headers = {"content-type": "text/html; charset=utf-8"}
        status = 404 if body is None else 200
        return Snapshot(url, url, status, headers, (body or "").encode(), datetime.now(UTC))

    return asyncio.run(walk(ask, URL, lambda _: None))
