"""A directory is walked to its end, or the walk says why not."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.directory.page import DirectoryPage, read_directory
from crawler.directory.walk import walk
from crawler.directory.walk_result import WalkResult
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from tests.crawler.directory.composed import URL, directory, row

Answers = dict[str, str | int]


def walked(answers: Answers, most: int | None = None) -> WalkResult:
    async def fetch(request: InterfaceRequest) -> Snapshot:
        url = request.url
        answer = answers.get(url.removeprefix(URL), 404)
        if answer == 0:
            raise UnreachedError("timed out")
        status, body = (answer, b"") if isinstance(answer, int) else (200, answer.encode())
        return Snapshot(url, url, status, {"content-type": "text/html"}, body, datetime.now(UTC))

    return asyncio.run(walk(fetch, URL, lambda _: None, most))


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
    assert len(seen.rows) == 5
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
    assert len(seen.rows) >= 1


def test_pages_that_have_each_an_order_of_their_own_are_not_the_whole() -> None:
    answers = {"": directory(1, 2, 3, 4, script=pager(2)), "index_1.html": directory(5, 1, 6, 3)}
    (error,) = walked(answers).errors
    assert error.reason == f"{URL}index_1.html repeats rows of earlier pages among new ones"


@pytest.mark.parametrize(
    "later",
    [(1, 5, 6), (4, 5, 6), (3, 4, 5)],
    ids=["on top", "pushed on", "two pushed on"],
)
def test_rows_that_a_later_page_begins_with_again_are_no_doubt(later: tuple[int, ...]) -> None:
    answers = {"": directory(1, 2, 3, 4, script=pager(2)), "index_1.html": directory(*later)}
    assert walked(answers).is_whole


@pytest.mark.parametrize("answer", [404, 503, 0, "", "<html><p>暂无内容</p></html>"])
def test_a_directory_whose_first_page_cant_be_read_failed(answer: str | int) -> None:
    seen = walked({"": answer})
    assert seen.failed
    assert len(seen.errors) == 1


def test_an_empty_directory_that_says_so_is_whole() -> None:
    seen = walked({"": "<html><p>共 0 条</p></html>"})
    assert seen.is_whole
    assert seen.rows == {}


def test_no_page_follows_where_none_is_declared() -> None:
    page: DirectoryPage = read_directory(directory(1), URL)
    assert page.total_pages is None
    assert walked({"": directory(1), "index_1.html": directory(2)}).rows.keys() == {
        "gov.example/zwgk/tagk/202206/t20220617_1.html"
    }


def test_a_page_of_another_channel_is_no_page_of_the_directory() -> None:
    news = directory(3, 4).replace("./2022", "/zwxx/gzdt/2022")
    seen = walked({"": directory(1, 2, script=pager(2)), "index_1.html": news})
    assert len(seen.rows) == 2
    assert [each.reason for each in seen.errors] == [
        "another page in its place: its rows are of another channel"
    ]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param('<a href="?p=1">1</a><a href="?p=2">2</a><a href="?p=3">3</a>', id="links"),
        pytest.param(
            '<select onchange="location=this.value"><option value="?p=1">第1页</option>'
            '<option value="?p=2">第2页</option><option value="?p=3">第3页</option></select>',
            id="a list to choose from",
        ),
    ],
)
def test_the_first_page_by_its_number_is_no_page_that_lists_nothing_new(again: str) -> None:
    numbered = {f"?p={page}": directory(page, more=again) for page in (2, 3)}
    seen = walked({"": directory(1, more=again), "?p=1": directory(1, more=again), **numbered})
    assert len(seen.rows) == 3
    assert seen.errors == ()


def test_a_page_of_the_first_s_number_that_lists_other_rows_is_read() -> None:
    """The listing may show the newest alone, and its pager begin with the whole list."""
    more = '<select onchange="location=this.value"><option value="?p=1">第1页</option><option value="?p=2">第2页</option></select>'
    seen = walked(
        {
            "": directory(1, more=more),
            "?p=1": directory(1, 2, more=more),
            "?p=2": directory(3, more=more),
        }
    )
    assert len(seen.rows) == 3


def test_a_page_that_is_the_first_under_another_number_lists_nothing_new() -> None:
    more = '<a href="?p=2">2</a><a href="?p=3">3</a>'
    seen = walked({"": directory(1, more=more), "?p=2": directory(1), "?p=3": directory(1)})
    assert any("nothing new" in error.reason for error in seen.errors)


def test_a_walk_that_ends_at_the_pages_that_were_wanted_says_so() -> None:
    pages = {"": directory(1, script=pager(3)), "index_1.html": directory(2)}
    seen = walked(pages, most=2)
    assert (seen.is_bounded, seen.errors, seen.is_whole) == (True, (), False)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"": directory(1, script=pager(3)), "index_1.html": 500}, id="fails"),
        pytest.param({"": directory(1, script="var countPage = 3;")}, id="no URL of a page"),
    ],
)
def test_a_site_that_fails_before_that_is_no_bound(answers: Answers) -> None:
    seen = walked(answers, most=2)
    assert not seen.is_bounded or seen.errors
    assert not seen.is_whole


@pytest.mark.parametrize(
    ("first", "others"),
    [
        pytest.param(
            '<a href="p1.html">1</a>', {"p1.html": directory(3, more="<b>1</b>")}, id="a bare 1"
        ),
        pytest.param(
            '<a href="index_1.html">1</a><a href="index_2.html">2</a>',
            {
                "index_1.html": directory(3, more='<a href="index_2.html">2</a>'),
                "index_2.html": directory(4, more='<a href="index_1.html">1</a>'),
            },
            id="the first of more",
        ),
        pytest.param(
            '<a href="list_2.html">上一页</a>', {"list_2.html": directory(3)}, id="上一页"
        ),
    ],
)
def test_a_way_back_that_leads_to_other_rows_is_a_page_too(
    first: str, others: dict[str, str]
) -> None:
    """Which page a URL shows only its rows tell, not what the link to it is called."""
    seen = walked({"": directory(1, 2, more=first), **others})
    assert len(seen.rows) == 2 + len(others)
    assert seen.errors == ()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(directory(1, 2), id="the first page again"),
        pytest.param(directory(2), id="some of its rows"),
        pytest.param(404, id="nothing"),
    ],
)
def test_a_way_back_that_leads_to_no_other_row_is_no_error(answer: str | int) -> None:
    seen = walked({"": directory(1, 2, more='<a href="p0.html">上一页</a>'), "p0.html": answer})
    assert len(seen.rows) == 2
    assert seen.errors == ()


def test_a_way_back_that_fails_is_doubt() -> None:
    seen = walked({"": directory(1, 2, more='<a href="p1.html">1</a>'), "p1.html": 500})
    assert [each.reason for each in seen.errors] == ["HTTP 500"]


def test_letters_that_are_listed_as_files_are_named_and_the_directory_may_be_whole() -> None:
    files = '<ul><li><a href="./a.pdf">第8号复函</a></li></ul>'
    listed = directory(1, 2, more="<p>共3条</p>").replace("</li></ul>", "</li>" + files[4:])
    seen = walked({"": listed})
    assert [each.url for each in seen.unread] == [f"{URL}a.pdf"]
    assert seen.is_whole
    assert [each.reason for each in walked({"": files}).errors] == [
        f"no rows: it lists 1 files, such as {URL}a.pdf"
    ]


def of_year(year: int, *numbers: int, more: str = "") -> str:
    return directory(*numbers, more=more).replace("2022-06-17", f"{year}-06-17")


def of_session(session: str, *numbers: int, more: str = "") -> str:
    rows = (
        f'<li><a href="/t/202206/t20220617_{n}.html">关于市政协{session}会议第{n}号提案的复函</a></li>'
        for n in numbers
    )
    return f"<html><body><ul>{''.join(rows)}</ul>{more}</body></html>"


def test_the_lists_of_other_sessions_are_parts_of_a_directory() -> None:
    tabs = '<a href="./">六届三次会议</a><a href="s62/">市政协六届二次会议提案</a>'
    seen = walked(
        {"": of_session("六届三次", 1, 2, more=tabs), "s62/": of_session("六届二次", 3, 4)}
    )
    assert len(seen.rows) == 4
    assert seen.is_whole


TABS = '<a href="./">2022年</a><a href="2021/">2021年</a><a href="?year=2020">2020</a>'


def test_the_lists_of_other_years_are_parts_of_a_directory() -> None:
    chain = '<a href="index_1.html">下一页</a>'
    seen = walked(
        {
            "": of_year(2022, 1, 2, more=TABS),
            "2021/": of_year(2021, 3, more=TABS.replace('"2021/', '"../2021/') + chain),
            "2021/index_1.html": of_year(2021, 4),
            "?year=2020": of_year(2020, 5, more=TABS),
        }
    )
    assert len(seen.rows) == 5
    assert seen.errors == ()


def test_the_months_of_each_year_are_parts_of_a_directory() -> None:
    years = '<a href="?y=2021">2021年</a>'

    def months(year: int) -> str:
        return f'<a href="?y={year}&m=5">5月</a><a href="?y={year}&m=6">6月</a>'

    june = of_year(2022, 1, 2, more=years + months(2022))
    seen = walked(
        {
            "": june,
            "?y=2022&m=5": june.replace("2022-06-17", "2022-05-17").replace("_1.", "_7."),
            "?y=2021": of_year(2021, 3, more=months(2021)),
            "?y=2021&m=5": of_year(2021, 4).replace("2021-06-17", "2021-05-17"),
            "?y=2021&m=6": of_year(2021, 3),
            "?y=2022&m=6": june,
        }
    )
    assert (len(seen.rows), seen.errors) == (5, ())


def test_a_directory_of_too_many_parts_is_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.directory.part_queue.MOST_PARTS", 1)
    more = '<a href="?year=2021">2021年</a><a href="?year=2020">2020年</a>'
    seen = walked({"": of_year(2022, 1, more=more), "?year=2021": of_year(2021, 3)})
    assert [each.reason for each in seen.errors] == [
        "it has more than 1 lists of years, months or sessions"
    ]
    assert len(seen.rows) == 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(404, "HTTP 404", id="not there"),
        pytest.param("<html><p>暂无</p></html>", "no rows", id="empty"),
        pytest.param(
            "<html><div><p><a href='/a/1.html'>第1号提案的答复</a></p><p><a href='/a/2.html'>第2号提案的答复</a></p></div></html>",
            "its rows are others",
            id="another list",
        ),
    ],
)
def test_a_year_that_cant_be_read_is_doubt(answer: str | int, reason: str) -> None:
    more = '<a href="?year=2021">2021年</a>'
    seen = walked({"": of_year(2022, 1, 2, more=more), "?year=2021": answer})
    assert len(seen.rows) == 2
    assert [reason in each.reason for each in seen.errors] == [True]
    assert not seen.failed


@pytest.mark.parametrize(
    "link",
    [
        pytest.param('<a href="?year=2022">2022年</a>', id="a year that is listed"),
        pytest.param('<a href="/ndbg/2021/">2021年</a>', id="of another channel"),
        pytest.param('<a href="http://x.example/2021/">2021年</a>', id="of another site"),
    ],
)
def test_other_links_to_years_are_not_followed(link: str) -> None:
    assert walked({"": of_year(2022, 1, 2, more=link)}).errors == ()


@pytest.mark.parametrize(
    "last",
    [
        pytest.param('<a href="#">下一页</a><a href="javascript:;">尾页</a>', id="to nowhere"),
        pytest.param('<a class="next">下一页</a>', id="without an address"),
    ],
)
def test_the_last_page_of_a_chain_may_have_a_next_link_to_nowhere(last: str) -> None:
    chain = '<a href="index_1.html">下一页</a>'
    seen = walked({"": directory(1, 2, more=chain), "index_1.html": directory(3, more=last)})
    assert len(seen.rows) == 3
    assert seen.errors == ()


def test_a_page_without_rows_names_the_frame_that_may_hold_them() -> None:
    frame = "<iframe src='/frame/list.jsp?page=1'></iframe>"
    page = f"<html><body><a href='/'>首页</a><a href='/zwgk/'>公开</a>{frame}</body></html>"
    (error,) = walked({"": page}).errors
    assert error.reason == "no rows: a part of it stands in a frame: /frame/list.jsp?page=1"


@pytest.mark.parametrize(
    ("leads_to", "is_read"),
    [("http://gov.example/", False), ("http://gov.example/zwgk/", False), (f"{URL}new/", True)],
)
def test_a_directory_that_leads_to_a_page_above_it_is_not_read(
    leads_to: str, *, is_read: bool
) -> None:
    async def fetch(request: InterfaceRequest) -> Snapshot:
        kind, body = {"content-type": "text/html"}, directory(1, 2).encode()
        return Snapshot(request.url, leads_to, 200, kind, body, datetime.now(UTC))

    seen = asyncio.run(walk(fetch, URL, lambda _: None))
    assert seen.failed is not is_read
    assert is_read or "which is above it" in seen.errors[0].reason


@pytest.mark.parametrize(
    "header",
    ['<./p2.html>; rel="next"', "</a.css>; rel=preload, <p2.html>; rel=next", '<p2.html>; title="2"; rel="last next"'],
)  # fmt: skip
def test_the_next_page_may_be_named_by_a_header(header: str) -> None:
    async def fetch(request: InterfaceRequest) -> Snapshot:
        url = request.url
        page = directory(1, 2) if url == URL else directory(3)
        headers = {"content-type": "text/html"} | ({"link": header} if url == URL else {})
        return Snapshot(url, url, 200, headers, page.encode(), datetime.now(UTC))

    seen = asyncio.run(walk(fetch, URL, lambda _: None))
    assert (len(seen.rows), seen.is_whole) == (3, True)


@pytest.mark.parametrize(("elsewhere", "is_said"), [(1, False), (2, True), (3, True)])
def test_a_directory_most_of_whose_rows_lead_elsewhere_is_not_read_whole(
    elsewhere: int, *, is_said: bool
) -> None:
    foreign = "".join(
        row(number).replace('href=".', 'href="http://city.example/zwgk')
        for number in range(7, 7 + elsewhere)
    )
    page = directory(1, 2).replace("</ul>", f"{foreign}</ul>")
    seen = walked({"": page})
    reasons = [
        f"{elsewhere} of its {2 + elsewhere} rows lead to other sites, as city.example, which are not visited"
    ]
    assert [each.reason for each in seen.errors] == (reasons if is_said else [])


def test_a_script_among_the_rows_may_write_more() -> None:
    page = directory(1, 2).replace("</ul>", "<script src='/js/rest.js'></script></ul>")
    assert "a script among its rows" in walked({"": page}).errors[0].reason
    beside = directory(1, 2, more="<script src='/js/site.js'></script>")
    assert walked({"": beside}).errors == ()
