"""Rows in a fragment of HTML: one for each item, by its own link."""

from datetime import date
from time import process_time

import pytest

from crawler.interfaces.fragment import rows_in
from crawler.interfaces.interface import InterfaceRow

BASE = "http://water.example/jyta/"
TITLE = "市水利局关于第0107号提案的复函"
ROW = InterfaceRow(TITLE, f"{BASE}107.html", date(2024, 6, 5))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f'<li><a href="107.html">{TITLE}</a><span>2024-06-05</span></li>', id="li"),
        pytest.param(
            f'<tr><td>1</td><td><a href="107.html">{TITLE}</a></td><td>2024年6月5日</td></tr>',
            id="a row of a table without its table",
        ),
        pytest.param(
            f'<li><a href="107.html"><p>{TITLE}</p><i>2024-06-05</i></a></li>',
            id="date in the link",
        ),
        pytest.param(
            f'<li><a href="107.html" title="{TITLE}">{TITLE[:8]}…</a>[2024-06-05]</li>',
            id="cut title",
        ),
        pytest.param(
            f'<li><a href="/c/">[提案]</a><a href="107.html">{TITLE}</a><b>2024-06-05</b></li>',
            id="the channel's name before the title",
        ),
        pytest.param(
            f'<li><a href="107.html">{TITLE}</a><span>2024-06-05</span>'
            '<ul><li><a href="9.html">关于水资源管理办法的政策解读材料</a></li></ul></li>',
            id="相关解读 in a list of its own",
        ),
        pytest.param(
            f'<ul><li class="box"><ul><li><a href="107.html">{TITLE}</a><span>2024-06-05</span></li>'
            "</ul></li></ul>",
            id="an item that only holds the list",
        ),
        pytest.param(
            f'<div><a href="107.html">{TITLE}</a><span>2024-06-05</span></div>',
            id="no item at all",
        ),
        pytest.param(
            f'<dl><dt><a href="107.html">{TITLE}</a></dt></dl><div class="page">第1页 共9页</div>'.replace(
                "</a></dt>", "</a> 2024-06-05</dt>"
            ),
            id="a pager beside it",
        ),
    ],
)
def test_an_item_is_one_row(html: str) -> None:
    assert rows_in([html], BASE) == (ROW,)


@pytest.mark.parametrize(
    "html", ["", "<li></li>", "<li>2024-06-05</li>", '<li><a href="/more/">更多</a></li>', "\x00"]
)
def test_a_separator_a_date_or_more_is_no_row(html: str) -> None:
    assert rows_in([html], BASE) == ()


@pytest.mark.parametrize("link", ["", "#", "javascript:void(0)", "http://["])
def test_a_row_whose_link_leads_nowhere_is_a_row_without_an_address(link: str) -> None:
    (row,) = rows_in([f'<li><a href="{link}">{TITLE}</a><span>2024-06-05</span></li>'], BASE)
    assert (row.title, row.url, row.listed_on) == (TITLE, None, date(2024, 6, 5))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            "<li><ul>" + f"<li><a href='1.html'>{TITLE}</a></li>" * 4_000, id="in one item"
        ),
        pytest.param(f"<ul><li><a href='1.html'>{TITLE}</a>" * 4_000, id="each in the one before"),
    ],
)
def test_thousands_of_rows_are_read_in_time_that_grows_with_their_number(html: str) -> None:
    began = process_time()
    rows_in([html], BASE)
    assert process_time() - began < 4
