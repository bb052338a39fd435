"""A link's query is sent in the charset of its page, its path in UTF-8, as a browser sends them."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.directory.walk import walk
from crawler.http.query_charset import with_encoded_queries
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

WATER = {"gb18030": "%CB%AE", "big5": "%A4%F4"}


@pytest.mark.parametrize("charset", WATER)
@pytest.mark.parametrize(
    ("link", "sent"),
    [
        ('<a href="?dw=水&p=2">', '<a href="?dw={}&p=2">'),
        ("<a href='list.asp?dw=水'>", "<a href='list.asp?dw={}'>"),
        ("<a class=x href=?dw=水>", "<a class=x href=?dw={}>"),
        ("<option value='?dw=水'>", "<option value='?dw={}'>"),
        ("<b onclick=\"go('?dw=水')\">", "<b onclick=\"go('?dw={}')\">"),
        ('<a href="/水/?dw=水#水">', '<a href="/水/?dw={}#水">'),
    ],
)
def test_a_query_is_sent_in_the_charset_of_its_page(link: str, sent: str, charset: str) -> None:
    assert with_encoded_queries(link, charset) == sent.format(WATER[charset])
    assert with_encoded_queries(link, "utf-8") == link


@pytest.mark.parametrize(
    "text", ["<a title='水?水'>", "水?水=水", "<p>x?水</p>", "<a href='/水.html'>"]
)
def test_what_is_no_query_stays(text: str) -> None:
    assert with_encoded_queries(text, "gb18030") == text


def test_what_a_charset_lacks_is_sent_as_an_entity() -> None:
    assert with_encoded_queries('<a href="?q=ñ">', "big5") == '<a href="?q=%26%23241%3B">'


def test_the_pages_of_a_directory_in_gbk_are_asked_for_as_a_browser_does() -> None:
    def page(first: int, onward: str) -> str:
        rows = "".join(
            f"<li><a href='/l/{n}.html'>关于第{n}号提案的复函</a></li>"
            for n in range(first, first + 5)
        )
        return f"<html><meta charset=gb2312><body><ul>{rows}</ul>{onward}</body></html>"

    asked = []
    root = "http://gov.example/水利/list.asp"

    async def ask(request: InterfaceRequest) -> Snapshot:
        asked.append(request.url)
        is_second = request.url.endswith("?dw=%CB%AE%C0%FB&p=2")
        text = page(6, "") if is_second else page(1, "<a href='?dw=水利&p=2'>下一页</a>")
        return Snapshot(
            request.url,
            request.url,
            200,
            {"content-type": "text/html"},
            text.encode("gbk"),
            datetime.now(UTC),
        )

    seen = asyncio.run(walk(ask, root, lambda _: None))
    assert asked[1:] == ["http://gov.example/%E6%B0%B4%E5%88%A9/list.asp?dw=%CB%AE%C0%FB&p=2"]
    assert (len(seen.rows), seen.errors) == (10, ())
