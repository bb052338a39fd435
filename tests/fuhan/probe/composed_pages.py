"""Pages of a made-up site, and a web that holds them without any network."""

from collections.abc import Mapping
from datetime import UTC, datetime

from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

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


class Web:
    """Pages by URL, and which of them were asked for."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def ask(self, request: InterfaceRequest) -> Snapshot:
        return await self.fetch(request.url)

    async def fetch(self, url: str) -> Snapshot:
        self.asked.append(url)
        if url not in self.pages:
            raise UnreachedError("timed out")
        body = f"<!doctype html><meta charset='utf-8'><body>{self.pages[url]}</body>".encode()
        kind = {"content-type": "text/html; charset=utf-8"}
        return Snapshot(url, url, 200, kind, body, datetime(2026, 11, 24, tzinfo=UTC))
