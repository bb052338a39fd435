"""A directory is read as it prints itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest

from crawler.fetch import UnreachedError
from crawler.listing import DirectoryPage, page_url, read_directory
from crawler.snapshot import Snapshot
from crawler.walk import Walk, walk

URL = "http://gov.example/zwgk/tagk/"


def row(number: int) -> str:
    return f'<li><a href="./202206/t20220617_{number}.html">第{number}号复函</a><span>2022-06-17</span></li>'


def directory(*numbers: int, script: str = "", more: str = "") -> str:
    rows = "".join(map(row, numbers))
    return f"<html><body><ul>{rows}</ul>{more}<script>{script}</script></body></html>"


@pytest.mark.parametrize(
    ("script", "pages", "second"),
    [
        ('createPage(34, 0, "index", "html");', 34, "index_1.html"),
        ('createPageHTML(50, 0, "index", "shtml");', 50, "index_1.shtml"),
        ("createPageHTML(3,0,'list','htm')", 3, "list_1.htm"),
        ("//createPage(7, 0, 'index', 'html');", 7, "index_1.html"),
        ("createPageHTML('page_div',10,1,'list','shtml')", 10, "list_1.shtml"),
        ("var countPage = 5", 5, "index_1.html"),
        ("", None, "index_1.html"),
    ],
)
def test_the_pager_is_the_one_that_the_page_declares(
    script: str, pages: int | None, second: str
) -> None:
    page = read_directory(directory(1, script=script), URL)
    assert page.pages == pages
    assert page_url(page, 1) == URL + second


def test_a_pager_in_a_comment_of_the_page_counts_too() -> None:
    more = '<!-- <script>createPage(4, 0, "index", "html")</script> -->'
    assert read_directory(directory(1, more=more), URL).pages == 4


@pytest.mark.parametrize(
    "written",
    [
        '<ul><li><a href="./202206/t20220617_1.html" title="甲的复函">甲的…</a><span>2022-06-17</span></li></ul>',
        '<table><tr><td>1</td><td><a href="202206/t20220617_1.html">甲的复函</a></td><td>2022年6月17日</td></tr></table>',
        '<dl><dd><a href="/zwgk/tagk/202206/t20220617_1.html"><p>甲的复函</p><em>2022-06-17</em></a></dd></dl>',
        '<div class="l"><p><a href="http://gov.example/zwgk/tagk/202206/t20220617_1.html">甲的复函</a> <span>2022/06/17</span></p></div>',
    ],
)  # fmt: skip
def test_rows_of_several_templates_are_read_alike(written: str) -> None:
    (listing,) = read_directory(written, URL).listings
    assert listing.url == f"{URL}202206/t20220617_1.html"
    assert listing.title == "甲的复函"
    assert listing.listed_on == date(2022, 6, 17)


def test_anchors_that_are_no_letters_are_left_out() -> None:
    more = (
        '<div><a href="/news/202206/t20220601_9.html">要闻</a></div><a href="/">首页</a>'
        '<a href="javascript:void(0)">打印</a><a href="mailto:a@b.c">邮箱</a><a href="http://[">坏</a>'
    )
    page = read_directory(directory(1, 2, more=more), URL)
    assert [each.title for each in page.listings] == ["第1号复函", "第2号复函"]


def test_rows_that_lead_to_another_site_are_counted_not_listed() -> None:
    elsewhere = (
        '<ul><li><a href="http://other.example/zwgk/tagk/202206/t20220617_3.html">丙</a></li></ul>'
    )
    page = read_directory(elsewhere, URL)
    assert (page.rows, page.listings) == (1, ())


@pytest.mark.parametrize(
    "said", ["var recordCount = '59';", "m_nRecordCount=59", "共 59 条", "总记录数：59"]
)
def test_a_directory_says_its_own_size(said: str) -> None:
    page = read_directory(
        directory(1, script=said if "=" in said else "", more=f"<p>{said}</p>"), URL
    )
    assert page.records == 59


def test_rows_written_by_a_script_are_reported_as_such() -> None:
    page = read_directory("<html><script>queryList('/search')</script></html>", URL)
    assert page.by_script
    assert page.listings == ()


Answers = dict[str, str | int]


def walked(answers: Answers, most: int | None = None) -> Walk:
    async def fetch(url: str) -> Snapshot:
        answer = answers.get(url.removeprefix(URL), 404)
        if answer == 0:
            raise UnreachedError("timed out")
        status, body = (answer, b"") if isinstance(answer, int) else (200, answer.encode())
        return Snapshot(url, url, status, {"content-type": "text/html"}, body, datetime.now(UTC))

    fetching: Callable[[str], Awaitable[Snapshot]] = fetch
    return asyncio.run(walk(fetching, URL, lambda _: None, most))


def pager(pages: int, *more: str) -> str:
    return f'createPage({pages}, 0, "index", "html");' + "".join(more)


def test_every_page_is_read_to_the_end() -> None:
    seen = walked(
        {
            "": directory(1, 2, script=pager(3)),
            "index_1.html": directory(3, 4),
            "index_2.html": directory(5),
        }
    )
    assert len(seen.listings) == 5
    assert seen.is_whole


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"": directory(1, script=pager(2)), "index_1.html": 500}, "HTTP 500"),
        ({"": directory(1, script=pager(2)), "index_1.html": 0}, "timed out"),
        ({"": directory(1, script=pager(2)), "index_1.html": directory(1)}, "lists nothing new"),
        (
            {"": directory(1, 2, script="var recordCount='3'")},
            "it says it holds 3 rows, 2 were seen",
        ),
        ({"": directory(1, script=pager(999_999_999))}, "its pager says 999999999 pages"),
    ],
)
def test_a_directory_not_read_to_its_end_says_why(answers: Answers, reason: str) -> None:
    seen = walked(answers)
    assert not seen.is_whole
    assert not seen.failed
    assert any(reason in error.reason for error in seen.errors)
    assert len(seen.listings) >= 1


@pytest.mark.parametrize("answer", [404, 503, 0, "", "<html><p>暂无内容</p></html>"])
def test_a_directory_whose_first_page_cant_be_read_failed(answer: str | int) -> None:
    seen = walked({"": answer})
    assert seen.failed
    assert len(seen.errors) == 1


def test_an_empty_directory_that_says_so_is_whole() -> None:
    seen = walked({"": "<html><p>共 0 条</p></html>"})
    assert seen.is_whole
    assert seen.listings == {}


def test_no_page_follows_where_none_is_declared() -> None:
    page: DirectoryPage = read_directory(directory(1), URL)
    assert page.pages is None
    assert walked({"": directory(1), "index_1.html": directory(2)}).listings.keys() == {
        "gov.example/zwgk/tagk/202206/t20220617_1.html"
    }
