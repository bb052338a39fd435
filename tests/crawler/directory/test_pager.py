"""Pagers of every kind are followed to the end; one that is not understood is no end."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest

from crawler.directory import walk as walking
from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

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

    async def fetch(request: InterfaceRequest) -> Snapshot:
        url = request.url
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
        ("p2", '<a href="p2"><i class="icon icon-right"></i></a>'),
        ("?after=bzo5", '<a href="?after=bzo5">下一批答复</a>'),
        ("?currpage=2", "<input type='button' value='后页' onclick=\"location='?currpage=2'\">"),
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


@pytest.mark.parametrize(
    "name", ["page/{}/", "page/{}", "p{}.html", "?start={}0&rows=10", "?pager.offset={}0"]
)
def test_numbers_are_followed_wherever_the_address_has_them(name: str) -> None:
    more = "".join(f'<a href="{URL}{name.format(page)}">{page}</a>' for page in (2, 3))
    pages = {name.format(page): directory(page, more=more) for page in (2, 3)}
    seen, _ = walked({"": directory(1, more=f"<b>1</b>{more}"), **pages})
    assert len(seen.rows) == 3
    assert seen.errors == ()


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
        "<a>首页</a> <a>下一页</a> <a>尾页</a>",
        '<a href="javascript:goPage(1)">尾页</a> 共1页',
        '<a href="javascript:next()" class="disabled">下一页</a>',
        '<a href="/nb/2022.html">2022</a> <a href="?day=2">2</a> <a href="http://x.example/?page=2">2</a>',
    ],
)
def test_a_pager_of_one_page_leads_no_further_than_to_its_first_page(pager: str) -> None:
    seen, asked = walked({"": directory(1, more=pager)})
    assert seen.is_whole
    assert set(asked) <= {"", "?page=1"}


@pytest.mark.parametrize(
    ("pager", "says", "reason"),
    [
        ("", "createPageHTML(_pages, 0, 'index', 'html'); var _pages = 3", "it counts its pages"),
        ("", "createPage(total(), 0);", "not understood"),
        ("", "createPageHTML(3, 0, '//other.example/index', 'html')", "not understood"),
        ("共 3 页", "", "its pager says 3 pages, 1 were read"),
        ("当前第1/3页 <a href='javascript:go(2)'>下一页</a>", "", "its pager says 3 pages"),
        ("<a href='javascript:goPage(2)'>下一页</a>", "", "its pager is a script"),
        ("<a href='#' onclick='nextPage()'>下一页</a>", "", "its pager is a script"),
        ("<a href='list.html'>更多</a>", "", "its pager leads to"),
    ],
)
def test_a_pager_that_is_not_understood_is_no_end(pager: str, says: str, reason: str) -> None:
    seen, asked = walked({"": directory(1, more=pager, says=says)})
    assert not seen.failed
    assert reason in seen.errors[0].reason
    assert asked == [""]


@pytest.mark.parametrize(
    ("pager", "says", "name"),
    [
        (NEXT.format("?after=abc"), "", "?after=abc"),
        (LAST.format("list_9.html"), "", "list_9.html"),
        (NEXT.format("list_2.html"), "createPage(1, 0, 'index', 'html')", "list_2.html"),
    ],
)
def test_a_link_of_a_pager_that_leads_to_no_page_is_no_end(
    pager: str, says: str, name: str
) -> None:
    seen, asked = walked({"": directory(1, more=pager, says=says)})
    assert [error.url for error in seen.errors] == [f"{URL}{name}"]
    assert asked == ["", name]


CHAINS = {
    "numbers that count down": (
        ["9.htm", "8.htm", "7.htm"],
        "<span>共4条</span><a href='{next}'>2</a><a href='{next}'>下页</a><a href='7.htm'>尾页</a>",
    ),
    "下一页 of no number": (
        ["?after=Zm9v", "?after=YmFy", "?after=Yg"],
        "<a href='{next}'>下一页</a>",
    ),
    "offsets": (["?start=1", "?start=2", "?start=3"], "<a href='{next}'>下一页&gt;</a>"),
    "folders": (
        ["page/2/", "../page/3/", "../page/4/"],
        "<a href='{next}' class='next'>»</a><a href='{next}'>下一页</a>",
    ),
    "folders under other words": (
        ["page/2/", "../3/", "../4/"],
        "<a href='{next}'>较早的 &rarr;</a>",
    ),
    "queries under other words": (["?page=2", "?page=3", "?page=4"], "<a href='{next}'>往前</a>"),
    "an address in a script": (
        ["p_2.jhtml", "p_3.jhtml", "p_4.jhtml"],
        "<span onclick=\"query(this,'{next}')\">下一页</span>",
    ),
    "an address in an attribute": (
        ["x2.html", "x3.html", "x4.html"],
        "<button data-url='./{next}'>下一页</button>",
    ),
    "rel=next": (["?cursor=b", "?cursor=c", "?cursor=d"], "<link rel='next' href='{next}'>"),
}


@pytest.mark.parametrize(("names", "pager"), CHAINS.values(), ids=CHAINS)
def test_a_chain_of_pages_is_followed_to_its_end(names: list[str], pager: str) -> None:
    at, answers = "", {}
    for number, name in enumerate([*names, None], start=1):
        more = pager.format(next=name) if name else "<a class='disabled'>下一页</a>"
        answers[at] = directory(number, more=more)
        at = urljoin(URL + at, name or "").removeprefix(URL)
    seen, asked = walked(answers)
    assert len(seen.rows) == 4
    assert seen.errors == ()
    assert sorted(asked) == sorted(answers)


def test_a_pager_whose_next_page_has_the_url_of_this_one_is_no_end() -> None:
    more = "<a href='next.do'>下一页</a>"
    seen, _ = walked({"": directory(1, more=more), "next.do": directory(2, more=more)})
    (error,) = seen.errors
    assert error.reason == f"its pager leads from {URL}next.do to the same URL for the next page"
    seen, _ = walked({"": directory(1, more=f"{more}共2页"), "next.do": directory(2, more=more)})
    assert seen.errors == (), "as many pages as are counted"


def test_a_trail_of_links_without_words_is_followed() -> None:
    trail = "".join(f"<a href='./index_33_{number}.html'></a>" for number in (1, 2, 3))
    says = "var maxPageNum = 0; maxPageNum = 4;"
    pages = {f"index_33_{number}.html": directory(9 - number) for number in (1, 2, 3)}
    first = directory(1, 2, more=f"<div style='display:none'>{trail}</div>", says=says)
    seen, _ = walked({"": first, **pages})
    assert len(seen.rows) == 5
    assert seen.errors == ()


def test_the_pages_of_a_list_to_choose_from_are_followed() -> None:
    chosen = "<option value='index.html'>1</option><option value='index_1.html'>第2页</option>"
    more = f"<select onchange='location.href=this.value'>{chosen}</select>"
    seen, _ = walked({"": directory(1, more=more), "index_1.html": directory(2, more=more)})
    assert len(seen.rows) == 2
    assert seen.errors == ()


@pytest.mark.parametrize(
    ("pager", "script"),
    [
        ("", "laypage.render({count:6,limit:2,jump:function(o){location.href='list_'+o.curr+'.html';}})"),
        ("", 'var totalPage = 3; function go(n){ window.location.href = "list_" + n + ".html"; }'),
        ("<a onclick='goPage(2)'>下一页</a> 共3页", "function goPage(n){location.href='list_'+(n)+'.html'}"),
    ],
)  # fmt: skip
def test_pages_whose_urls_a_script_makes_are_followed(pager: str, script: str) -> None:
    pages: dict[str, str | int] = {
        f"list_{number}.html": directory(number * 2, number * 2 + 1, more=pager, says=script)
        for number in (2, 3)
    }
    seen, asked = walked({"": directory(1, 2, more=pager, says=script), **pages})
    assert asked == ["", "list_2.html", "list_3.html"]
    assert len(seen.rows) == 6
    assert seen.errors == ()


def test_pages_that_a_script_counts_otherwise_are_missed_and_said_to_be() -> None:
    script = "var totalPage = 3; function go(i){ location.href = 'list_' + i + '.html'; }"
    pages: dict[str, str | int] = {
        f"list_{number}.html": directory(number * 2, says=script) for number in (1, 2)
    }
    seen, _ = walked({"": directory(1, says=script), **pages})
    assert not seen.is_whole


def test_a_chain_that_goes_on_by_a_script_has_no_end_in_it() -> None:
    second = directory(2, more="<a href='javascript:goPage(3)'>下一页</a>")
    seen, _ = walked({"": directory(1, more=NEXT.format("list_2.html")), "list_2.html": second})
    assert len(seen.rows) == 2
    assert "its pager is a script: 下一页 javascript:goPage(3)" in seen.errors[0].reason


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda number: directory(1, more=NEXT.format(f"?p={number + 1}&x=")), id="the same rows"),
        pytest.param(lambda number: directory(number, more=NEXT.format(f"?after={number + 1}")), id="new rows"),
    ],
)  # fmt: skip
def test_a_pager_without_an_end_is_bounded_and_never_whole(
    answer: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "MOST_LINKED", 20)
    pages: dict[str, str | int] = {"": answer(1)}
    pages |= {f"?after={number}": answer(number) for number in range(2, 99)}
    pages |= {f"?p={number}&x=": answer(number) for number in range(2, 99)}
    seen, asked = walked(pages)
    assert len(asked) <= 20
    assert seen.errors


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


def test_a_pager_that_only_the_last_page_of_a_chain_has_empty_is_at_its_end() -> None:
    pager = "<div class='fenye'>{}</div>"
    chain: dict[str, str | int] = {
        "": directory(1, more=pager.format("<a href='?after=1'>下一页</a>")),
        "?after=1": directory(2, more=pager.format("")),
    }
    seen, _ = walked(chain)
    assert len(seen.rows) == 2
    assert seen.errors == ()


def test_a_pager_that_only_a_later_page_has_and_that_is_empty_is_doubt() -> None:
    seen, _ = walked(
        {
            "": directory(1, more="<a href='?after=1'>下一页</a>"),
            "?after=1": directory(2, more="<div class='fenye'></div>"),
        }
    )
    assert not seen.is_whole
