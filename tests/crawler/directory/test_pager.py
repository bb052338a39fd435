"""Pagers of every kind are followed to the end; one that is not understood is no end."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot

URL = "http://gov.example/col/col1234/"
NEXT, LAST = '<a href="{}">下一页</a>', '<a href="{}">尾页</a>'
SORRY = "<html><body>对不起，您要访问的页面不存在或已被删除！</body></html>"


def directory(*numbers: int, more: str = "", says: str = "") -> str:
    rows = "".join(
        f'<li><a href="/col/col1234/202206/t20220617_{number}.html">第{number}号复函</a></li>'
        for number in numbers
    )
    return f"<html><body><ul>{rows}</ul><div>{more}</div><script>{says}</script></body></html>"


def walked(answers: dict[str, str | int]) -> tuple[WalkResult, list[str]]:
    asked: list[str] = []

    async def fetch(url: str) -> Snapshot:
        asked.append(url.removeprefix(URL))
        answer = answers.get(asked[-1], 404)
        status, body = (answer, b"") if isinstance(answer, int) else (200, answer.encode())
        return Snapshot(url, url, status, {"content-type": "text/html"}, body, datetime.now(UTC))

    return asyncio.run(walk(fetch, URL, lambda _: None)), asked


@pytest.mark.parametrize(
    ("name", "pager"),
    [
        ("list_2.html", NEXT.format("list_2.html") + " 共2页"),
        ("index_1.html", NEXT.format("./index_1.html") + LAST.format("index_1.html")),
        ("?page=2", NEXT.format("?page=2") + LAST.format("?page=2")),
        ("?size=20&page=1", NEXT.format("?size=20&amp;page=1")),
        ("index.html?uid=77&pageNum=2", NEXT.format("index.html?uid=77&pageNum=2")),
        ("index.html?uid=&pageNum=2", NEXT.format("/col/col1234/index.html?uid=&pageNum=2")),
        ("index_2.html", '<b>1</b> <a href="index_2.html">2</a>'),
        ("index_1.html", '<a href="index.html">1</a> <a href="index_1.html">[2]</a>'),
        (
            "list.jsp?curPage=2",
            '<a href="list.jsp?curPage=2" title="下一页"><img src="n.gif"></a>',
        ),
    ],
)
def test_the_links_of_a_pager_are_followed_each_page_once(name: str, pager: str) -> None:
    back = f'<a href="./">首页</a><a href="./">上一页</a><a href="{name}">2</a>'
    last = back + LAST.format(name) + NEXT.format(name)
    seen, asked = walked({"": directory(1, 2, more=pager), name: directory(3, more=last)})
    assert len(seen.rows) == 3
    assert seen.errors == ()
    assert asked == ["", name]


def test_a_pager_that_shows_a_window_is_followed_to_its_last_page() -> None:
    answers: dict[str, str | int] = {"": directory(1, more=NEXT.format("list_2.html"))}
    for number in range(2, 8):
        more = NEXT.format(f"list_{min(number + 1, 7)}.html") + LAST.format("list_7.html")
        answers[f"list_{number}.html"] = directory(number, more=more)
    seen, asked = walked(answers)
    assert len(seen.rows) == 7
    assert seen.is_whole
    assert len(asked) == 7


def test_pages_between_the_linked_ones_are_read_too() -> None:
    more = NEXT.format("list_2.html") + LAST.format("list_4.html")
    pages: dict[str, str | int] = {
        f"list_{number}.html": directory(number) for number in (2, 3, 4)
    }
    seen, _ = walked({"": directory(1, more=more), **pages})
    assert len(seen.rows) == 4
    assert seen.is_whole


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="index.html">首页</a> <a href="?page=1">尾页</a>',
        '<a href="?page=1">首页</a> <a href="?page=1">下一页</a> <a href="?page=1">尾页</a>',
        '<a href="javascript:void(0)">下一页</a> <a href="#">尾页</a> <a>下一页</a>',
        '<a href="javascript:goPage(1)">尾页</a> 共1页',
        '<a href="javascript:next()" class="disabled">下一页</a>',
        '<a href="2022.html">2022</a> <a href="?day=2">2</a> <a href="http://x.example/?page=2">2</a>',
    ],
)
def test_a_pager_of_one_page_leads_nowhere(pager: str) -> None:
    seen, asked = walked({"": directory(1, more=pager)})
    assert seen.is_whole
    assert asked == [""]


@pytest.mark.parametrize(
    ("pager", "says", "reason"),
    [
        ("", "createPageHTML(_pages, 0, 'index', 'html'); var _pages = 3", "not understood"),
        ("", "createPage(total(), 0);", "not understood"),
        ("", "createPageHTML(3, 0, '//other.example/index', 'html')", "not understood"),
        ("共 3 页", "", "its pager says 3 pages, 1 were read"),
        ("当前第1/3页 <a href='javascript:go(2)'>下一页</a>", "", "its pager says 3 pages"),
        ("<a href='javascript:goPage(2)'>下一页</a>", "", "its pager is a script"),
        ("<a href='#' onclick='nextPage()'>下一页</a>", "", "its pager is a script"),
        (NEXT.format("?after=abc"), "", "its pager leads to"),
        (LAST.format("list_9.html"), "", "its pager leads to"),
        (NEXT.format("list_2.html"), "createPage(1, 0, 'index', 'html')", "its pager leads to"),
    ],
)
def test_a_pager_that_is_not_understood_is_no_end(pager: str, says: str, reason: str) -> None:
    seen, asked = walked({"": directory(1, more=pager, says=says)})
    assert not seen.failed
    assert reason in seen.errors[0].reason
    assert asked == [""]


def says(pages: int, current: int) -> str:
    return f'createPage({pages}, {current}, "index", "html");'


@pytest.mark.parametrize("beyond", [404, 410, SORRY, directory(3, says=says(2, 1)), directory(1)])
def test_a_first_page_that_counts_pages_of_the_past_is_put_right_by_later_ones(
    beyond: str | int,
) -> None:
    first, second = directory(1, 2, says=says(3, 0)), directory(3, says=says(2, 1))
    seen, _ = walked({"": first, "index_1.html": second, "index_2.html": beyond})
    assert len(seen.rows) == 3
    assert seen.errors == ()


@pytest.mark.parametrize(
    ("second", "third"),
    [
        (directory(3, says=says(2, 1)), 500),  # fails, and may be there
        (directory(3, says=says(2, 1)), "<html><body>系统正在维护，请稍后访问。</body></html>"),
        (directory(3, says=says(3, 1)), 404),  # no page says that there are fewer
        (directory(3), 404),
        (directory(3, says=says(2, 0)), 404),  # the page of another place
        (directory(3, says=says(1, 1)), 404),  # does not count itself
        (404, directory(4, says=says(2, 1))),  # stands beyond the end that it tells
        (directory(3, says=says(2, 1) + "var recordCount = 4"), 404),  # the size is still owed
        (directory(3, says=says(2, 1) + "var recordCount = 4"), directory(3)),
    ],
)
def test_a_smaller_number_of_pages_is_not_believed_on_doubt(
    second: str | int, third: str | int
) -> None:
    first = directory(1, 2, says=says(3, 0))
    seen, _ = walked({"": first, "index_1.html": second, "index_2.html": third})
    assert not seen.is_whole


def test_pages_that_count_what_remains_prove_no_end() -> None:
    pages: dict[str, str | int] = {
        f"index_{at}.html" if at else "": directory(at, says=says(9 - at, at)) for at in range(4)
    }
    assert not walked(pages)[0].is_whole


def test_a_page_missing_in_the_middle_is_no_end() -> None:
    answers: dict[str, str | int] = {
        "": directory(1, says=says(5, 0)),
        "index_2.html": directory(3, says=says(4, 2)),
        "index_3.html": directory(4, says=says(4, 3)),
    }
    seen, _ = walked(answers)
    assert [error.url for error in seen.errors] == [f"{URL}index_1.html"]
