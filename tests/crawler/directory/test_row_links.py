"""Which anchors of a directory are its rows, whatever lays them out."""

from datetime import date

import pytest

from crawler.directory.page import read_directory

URL = "http://gov.example/zwgk/tagk/"
FIRST, SECOND = "./202206/t20220617_1.html", "./202206/t20220618_2.html"
ROWS = (
    f'<li><a href="{FIRST}" title="甲的复函">甲的…</a><span>2022-06-17</span></li>'
    f'<li><a href="{SECOND}">乙的复函</a><span>2022-06-18</span></li>'
)
CELLS = ROWS.replace("<li>", "<tr><td>").replace("<span>", "</td><td>")
CELLS = CELLS.replace("</span>", "</td>").replace("</li>", "</tr>")
RELATED = '<a href="./202207/t20220701_9.html">解读一</a>'


@pytest.mark.parametrize(
    "written",
    [
        f'<table><tr><td><a href="/">首页</a></td></tr><tr><td><ul>{ROWS}</ul></td></tr></table>',
        f'<table><tr><td><a href="/">首页</a></td><td><ul>{ROWS}</ul></td></tr></table>',
        f'<table><tr><td><a href="/news/202206/t20220601_9.html">要闻</a></td><td><ul>{ROWS}</ul></td></tr></table>',
        f'<ul><li><a href="#">提案</a><ul>{ROWS}</ul></li><li><a href="#">建议</a></li></ul>',
        f'<table><tr><td><a href="/">首页</a><table>{CELLS}</table></td></tr></table>',
        f'<dl><dt><a href="{FIRST}">甲的复函</a></dt><dd>2022-06-17</dd><dt><a href="{SECOND}">乙的复函</a></dt><dd>2022-06-18</dd></dl>',
        (f'<div><a class="listpc-item" href="{FIRST}"><li class="file-title" title="甲的复函">甲…</li><li class="file-code">渝发改〔2022〕1号</li><li class="pub-time">2022-06-17</li></a>'
        f'<a class="listpc-item" href="{SECOND}"><ul><li class="file-title">乙的复函</li><li class="file-code">2号</li><li class="pub-time">2022-06-18</li></ul></a></div>'),
    ],
)  # fmt: skip
def test_rows_are_found_whatever_lays_them_out(written: str) -> None:
    page = read_directory(f"<html><body>{written}</body></html>", URL)
    assert [(each.title, each.listed_on) for each in page.rows] == [
        ("甲的复函", date(2022, 6, 17)),
        ("乙的复函", date(2022, 6, 18)),
    ]
    assert page.documents == 2


@pytest.mark.parametrize(
    "printed",
    ["20220617", "[20220617]", "２０２２－０６－１７", "收文2022-05-30 答复2022-06-17"],
)
def test_a_row_s_date_is_read_in_odd_forms_too(printed: str) -> None:
    rows = ROWS.replace("2022-06-17", printed)
    first, _ = read_directory(f"<ul>{rows}</ul>", URL).rows
    assert first.listed_on == date(2022, 6, 17)


@pytest.mark.parametrize(
    "related",
    [
        f'<div class="popbox"><ul><li>{RELATED}</li></ul></div>',
        f'<div class="popbox"><p>相关解读</p><p>{RELATED}</p></div>',
        f"相关解读：{RELATED}",
        '<a href="./202207/t20220701_9.html">政策解读</a>',
    ],
)
@pytest.mark.parametrize("rows", [ROWS, CELLS])
def test_what_relates_to_a_row_is_no_row(rows: str, related: str) -> None:
    written = rows.replace("甲的…</a>", f"甲的…</a>{related}")
    rows = read_directory(f"<table>{written}</table>", URL).rows
    assert [each.title for each in rows] == ["甲的复函", "乙的复函"]


def test_two_letters_in_one_row_are_two_rows() -> None:
    cells = f'<td><a href="{FIRST}">甲的复函</a></td><td><a href="{SECOND}">乙的复函</a></td>'
    page = read_directory(f"<table><tr>{cells}</tr></table>", URL)
    assert (page.documents, len(page.rows)) == (2, 2)


def test_words_over_a_whole_directory_head_no_row_of_it() -> None:
    lines = f'<p><a href="{FIRST}">甲的复函</a></p><p><a href="{SECOND}">乙的复函</a></p>'
    html = f"<table><tr><td><h3>相关提案</h3>{lines}</td></tr></table>"
    assert len(read_directory(html, URL).rows) == 2


def test_a_picture_before_the_title_makes_no_second_row() -> None:
    picture = f'<a href="{FIRST}"><img src="a.jpg"></a>'
    page = read_directory(f"<ul>{ROWS.replace('<li>', f'<li>{picture}', 1)}</ul>", URL)
    assert [each.title for each in page.rows] == ["甲的复函", "乙的复函"]
    assert page.documents == 2


def test_links_are_relative_to_the_base_that_the_page_gives() -> None:
    html = f'<base href="/zwgk/tagk/other/"><ul>{ROWS}</ul>'
    (row, _) = read_directory(html, URL).rows
    assert row.url == f"{URL}other/202206/t20220617_1.html"


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        pytest.param('<li><a href="/info/12.htm">关于第12号提案的复函</a></li>', 3, id="another address"),
        pytest.param('<li><a href="/info/">无详情链接的栏目</a></li>', 2, id="a channel"),
        pytest.param('<li><a href="/a/12.pdf">关于第12号提案的复函</a></li>', 2, id="a file"),
        pytest.param('<li><a href="http://o.example/1">关于第12号提案的复函</a></li>', 2, id="elsewhere"),
    ],
)  # fmt: skip
def test_a_row_between_rows_of_a_known_family_may_have_another_address(
    more: str, rows: int
) -> None:
    assert len(read_directory(f"<ul>{ROWS}{more}</ul>", URL).rows) == rows


def test_a_list_of_papers_is_the_directory_rather_than_news_at_known_addresses() -> None:
    news = "".join(
        f'<li><a href="/zwxx/202206/t20220601_{n}.html">要闻{n}</a></li>' for n in range(9)
    )
    papers = "".join(f'<li><a href="/a/{n}.html">关于第{n}号提案的复函</a></li>' for n in range(5))
    page = read_directory(f"<div><ul>{news}</ul></div><div><ul>{papers}</ul></div>", URL)
    assert [row.title for row in page.rows] == [f"关于第{n}号提案的复函" for n in range(5)]
