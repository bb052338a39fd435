"""The rows of a directory are its largest list of like rows with such papers' titles."""

import pytest

from crawler.directory.page import DirectoryPage, read_directory
from replica.directories.list_parts import (
    ADDRESSES,
    CHROME,
    LAYOUTS,
    URL,
    page_of,
    titles,
)


def keys(page: DirectoryPage) -> list[str]:
    return [row.url for row in page.rows]


@pytest.mark.parametrize(
    "address", [pytest.param(each, id=name) for name, each in ADDRESSES.items()]
)
@pytest.mark.parametrize("kind", ["numbered", "plain"])
def test_rows_are_known_whatever_their_addresses(address: str, kind: str) -> None:
    hrefs = [
        address.format(n=n, id=f"{n:032x}", uuid=f"{n:08x}-1a2b-4c3d-8e4f-0123456789ab")
        for n in range(101, 113)
    ]
    page = read_directory(page_of(hrefs, titles(kind, 12)), URL)
    assert [row.title for row in page.rows] == titles(kind, 12)
    assert len({row.key for row in page.rows}) == 12
    assert page.row_doubt is None


@pytest.mark.parametrize("layout", [pytest.param(each, id=name) for name, each in LAYOUTS.items()])
@pytest.mark.parametrize("count", [2, 5, 12])
def test_rows_are_known_whatever_lays_them_out(layout: str, count: int) -> None:
    hrefs = [f"/letters/{n:04}.html" for n in range(count)]
    page = read_directory(page_of(hrefs, titles("numbered", count), layout), URL)
    assert [row.title for row in page.rows] == titles("numbered", count)
    assert all(row.listed_on for row in page.rows)


@pytest.mark.parametrize("layout", [pytest.param(each, id=name) for name, each in LAYOUTS.items()])
@pytest.mark.parametrize("kind", ["numbered", "plain"])
def test_a_last_page_of_one_row_lists_that_row_alone(layout: str, kind: str) -> None:
    hrefs = [f"/letters/{n:04}.html" for n in range(6)]
    first = read_directory(page_of(hrefs[:5], titles(kind, 5), layout), URL)
    last = page_of(hrefs[5:], titles(kind, 6)[5:], layout)
    page = read_directory(last, f"{URL}index_1.html", first.selection, is_further=True)
    assert [row.title for row in page.rows] == titles(kind, 6)[5:]


@pytest.mark.parametrize("chrome", [pytest.param(each, id=name) for name, each in CHROME.items()])
@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("kind", ["numbered", "plain"])
def test_what_else_is_on_a_page_is_no_row(chrome: str, place: str, kind: str) -> None:
    hrefs = [f"/detail.jsp?id={n}" for n in range(15)]
    parts = {"before": "", "after": ""} | {place: chrome}
    page = read_directory(page_of(hrefs, titles(kind, 15), **parts), URL)
    assert [row.title for row in page.rows] == titles(kind, 15)


@pytest.mark.parametrize("address", ["/letters/{:04}.html", "/view.asp?id={}"])
def test_numbers_may_be_titles(address: str) -> None:
    hrefs = [address.format(n) for n in range(1, 13)]
    page = read_directory(page_of(hrefs, [f"{n:04}" for n in range(1, 13)]), URL)
    assert len(page.rows) == 12


def test_the_chosen_list_is_given_in_words() -> None:
    page = read_directory(page_of(["/a/1.html", "/a/2.html"], titles("numbered", 2)), URL)
    assert page.selection is not None
    assert page.selection.words == (
        f"2 rows like div.main>ul.list li>a, titles such as {titles('numbered', 1)[0]}"
    )


def test_two_lists_as_large_as_each_other_are_doubt() -> None:
    row = '<li><a href="/{0}/{1}.html">某项工作扎实推进取得成效之{1}</a></li>'
    lists = "".join(
        f"<div class='{name}'><ul>{''.join(row.format(name, n) for n in range(8))}</ul></div>"
        for name in ("left", "right")
    )
    page = read_directory(f"<body>{lists}</body>", URL)
    assert page.rows == ()
    assert page.row_doubt is not None
    assert page.row_doubt.startswith("two lists as large as each other: 8 rows like div.left>ul")


def test_a_directory_that_says_it_is_empty_lists_no_news() -> None:
    news = "".join(
        f"<li><a href='/n/{n}.html'>停车管理之{n}</a><span>2022-06-17</span></li>"
        for n in range(9)
    )
    assert len(read_directory(f"<body><ul>{news}</ul></body>", URL).rows) == 9
    page = read_directory(f"<body><ul>{news}</ul><p>共 0 条</p></body>", URL)
    assert (page.rows, page.total_rows) == ((), 0)


@pytest.mark.parametrize(("rows", "listed"), [(9, 0), (20, 20)])
def test_without_such_titles_a_list_must_be_clearly_the_largest(rows: int, listed: int) -> None:
    row = "<li><a href='/{0}/{1}.html'>停车管理之{1}</a><span>2022-06-17</span></li>"
    lists = "".join(
        f"<div class='{name}'><ul>{''.join(row.format(name, n) for n in range(count))}</ul></div>"
        for name, count in (("right", 8), ("left", rows))
    )
    page = read_directory(f"<body>{lists}</body>", URL)
    assert len(page.rows) == listed
    assert bool(page.row_doubt) is not bool(listed)


def test_of_two_lists_as_large_as_each_other_the_one_with_such_titles_is_meant() -> None:
    news = "".join(
        f'<li><a href="/n/{n}.html">某项工作扎实推进取得成效之{n}</a></li>' for n in range(8)
    )
    hrefs = [f"/a/{n}.html" for n in range(8)]
    html = page_of(hrefs, titles("plain", 8), before=f"<div class='news'><ul>{news}</ul></div>")
    assert len(read_directory(html, URL).rows) == 8


@pytest.mark.parametrize(
    ("again", "rows"),
    [
        pytest.param(
            '<li><a href="/a/3.html">【置顶】第3号</a></li>',
            12,
            id="a row that is repeated on top",
        ),
        pytest.param('<li><a href="/a/90.html">关于第90号提案的…</a></li>', 13, id="a cut title"),
        pytest.param('<li><a href="/zwgk/">栏目</a></li>' * 3, 12, id="a link that is repeated"),
    ],
)
def test_each_letter_is_one_row(again: str, rows: int) -> None:
    hrefs = [f"/a/{n}.html" for n in range(12)]
    html = page_of(hrefs, titles("numbered", 12)).replace(
        '<ul class="list">', f'<ul class="list">{again}'
    )
    assert len(read_directory(html, URL).rows) == rows


@pytest.mark.parametrize(
    "related",
    [
        '<div class="popbox"><ul><li><a href="/jd/9.html">关于某项建议的解读</a></li></ul></div>',
        '相关解读：<a href="/jd/9.html">关于加强某项工作的建议</a>',
        '<a href="/jd/9.html">政策解读</a>',
    ],
)
def test_what_relates_to_a_row_is_no_row(related: str) -> None:
    hrefs = [f"/a/{n}.html" for n in range(5)]
    html = page_of(hrefs, titles("numbered", 5)).replace("</a>", f"</a>{related}", 4)
    assert [row.title for row in read_directory(html, URL).rows] == titles("numbered", 5)


def test_rows_whose_links_say_the_same_bear_the_words_beside_them() -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td>关于加强第{n}项工作的建议</td><td><a href="?id={n}">查看</a></td></tr>'
        for n in range(5)
    )
    page = read_directory(f"<body><table><tbody>{rows}</tbody></table></body>", URL)
    assert [row.title for row in page.rows] == [f"关于加强第{n}项工作的建议" for n in range(5)]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:open('/a/{n}.html')\">{title}</a>",
        '<a href="javascript:;" onclick="window.open(\'./show.jsp?id={n}\')">{title}</a>',
        '<a data-href="/a/{n}">{title}</a>',
    ],
)
def test_an_address_in_a_script_is_a_row_s(link: str) -> None:
    rows = "".join(
        f"<li>{link.format(n=n, title=title)}</li>" for n, title in enumerate(titles("plain", 6))
    )
    page = read_directory(f"<body><ul>{rows}</ul></body>", URL)
    assert [row.title for row in page.rows] == titles("plain", 6)


@pytest.mark.parametrize(
    "link", ["/files/{n}.pdf", "http://other.example/a/{n}.html", "javascript:show({n})", "#"]
)
def test_a_row_that_leads_to_no_page_of_the_site_is_none_and_not_forgotten(link: str) -> None:
    hrefs = [f"/a/{n}.html" for n in range(6)]
    html = page_of([*hrefs, link.format(n=7)], titles("numbered", 7))
    page = read_directory(html, URL)
    assert keys(page) == [f"http://gov.example/a/{n}.html" for n in range(6)]
    assert titles("numbered", 7)[6] in {each.title for each in page.unreadable}


@pytest.mark.parametrize("count", [1, 2, 12])
def test_further_pages_have_the_rows_of_the_first_one_s_form(count: int) -> None:
    first = read_directory(page_of([f"/a/{n}.html" for n in range(15)], titles("plain", 15)), URL)
    hrefs = [f"/a/{n}.html" for n in range(20, 20 + count)]
    html = page_of(hrefs, titles("plain", count), before=CHROME["news in a list"])
    page = read_directory(html, f"{URL}index_1.html", first.selection, is_further=True)
    assert len(page.rows) == count
    other = html.replace('class="list"', 'class="sorry"')
    assert read_directory(other, URL, first.selection, is_further=True).rows == ()


def test_the_list_that_was_read_before_stays_the_directory_s() -> None:
    few = page_of([f"/a/{n}.html" for n in range(3)], titles("plain", 3))
    known = read_directory(few, URL).selection
    more = page_of(
        [f"/a/{n}.html" for n in range(3)], titles("plain", 3), before=CHROME["hot papers"]
    )
    assert len(read_directory(more, URL, known).rows) == 3


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<ul><li><a href='/a.html'>登录</a></li></ul>", id="a link"),
        pytest.param(CHROME["navigation"] + CHROME["links to friends"], id="navigation"),
        pytest.param(CHROME["years"], id="years"),
        pytest.param("<p>系统正在维护，请稍后访问。</p>", id="maintenance"),
        pytest.param(
            CHROME["navigation without a name"] + "<p>您访问的页面不存在</p>", id="a sorry page"
        ),
        pytest.param(
            CHROME["an index of files"] + CHROME["navigation without a name"], id="files alone"
        ),
    ],
)
def test_a_page_without_a_list_has_no_rows(page: str) -> None:
    assert read_directory(f"<body>{page}</body>", URL).rows == ()


PARTS = {
    "lists that follow each other": "<div class='main'>{}</div>|<ul class='list'>{}</ul>",
    "a year over each list": "<div class='main'>{}</div>|<h3>{n}年</h3><ul>{}</ul>",
    "a year in an element of its own": "<div class='main'>{}</div>|<div class='year'><h3>{n}年提案</h3><ul>{}</ul></div>",
    "a session over each list": "<div>{}</div>|<div><p>市政协十五届{n}次会议</p><div><ul>{}</ul></div></div>",
    "tables that follow each other": "<div>{}</div>|<table><tbody>{}</tbody></table>",
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_a_directory_that_is_printed_in_parts_is_one(parts: str) -> None:
    around, _, part = parts.partition("|")
    printed, number = "", 0
    for year, count in ((2023, 6), (2022, 3), (2021, 6)):
        rows = ""
        for _ in range(count):
            number += 1
            rows += f"<li><a href='/a/{number}.html'>关于第{number}号提案的复函</a></li>"
        rows = rows.replace("li>", "tr>").replace("<a", "<td><a") if "tbody" in part else rows
        printed += part.replace("{n}", str(year)).format(rows)
    page = read_directory(f"<body>{around.format(printed)}</body>", URL)
    assert len(page.rows) == 15
    assert page.row_doubt is None


def test_a_list_of_another_channel_like_that_of_the_rows_is_doubt() -> None:
    row = "<li><a href='/a/{0}.html'>关于第{0}号{1}的答复</a></li>"
    printed = "".join(
        f"<div class='box'><h3>{name}公开</h3><ul>{''.join(row.format(n, name) for n in numbers)}</ul></div>"
        for name, numbers in (("提案", range(9)), ("建议", range(20, 24)))
    )
    page = read_directory(f"<body>{printed}</body>", URL)
    assert len(page.rows) == 9
    assert page.row_doubt is not None
    assert page.row_doubt.startswith("another list is like that of its rows: 4 rows like div.box")


@pytest.mark.parametrize("name", ["top", "list top"])
def test_rows_that_stay_on_top_in_a_list_of_their_own_are_rows(name: str) -> None:
    top = f"<ul class='{name}'><li><a href='/a/90.html'>关于第90号提案的复函</a></li></ul>"
    html = page_of([f"/a/{n}.html" for n in range(5)], titles("plain", 5))
    page = read_directory(html.replace('<ul class="list">', f'{top}\n<ul class="list">'), URL)
    assert len(page.rows) == 6


def test_links_to_what_the_titles_lead_to_are_no_second_list() -> None:
    rows = "".join(
        f"<li><h4><a href='/a/{n}.html'>加强第{n}片区停车管理和设施建设</a></h4><p>关于加强第{n}片区停车管理的建议收悉"
        f"<a href='/a/{n}.html'>[详细]</a></p></li>"
        for n in range(6)
    )
    page = read_directory(f"<body><ul>{rows}</ul></body>", URL)
    assert [row.title for row in page.rows] == [
        f"加强第{n}片区停车管理和设施建设" for n in range(6)
    ]


def test_rows_of_a_table_that_are_clicked_bear_their_longest_cell() -> None:
    rows = "".join(
        f"<tr onclick=\"location.href='/a/{n}.html'\"><td>{n:04}</td><td>关于加强第{n}项工作的建议</td><td>2022-06-17</td></tr>"
        for n in range(5)
    )
    page = read_directory(f"<body><table><tbody>{rows}</tbody></table></body>", URL)
    assert [row.title for row in page.rows] == [f"关于加强第{n}项工作的建议" for n in range(5)]


def test_the_names_of_what_holds_the_whole_page_make_no_list_navigation() -> None:
    html = page_of([f"/a/{n}.html" for n in range(5)], titles("plain", 5))
    wrapped = f"<div class='fixed-header'><div><div><div>{html}</div></div></div></div>"
    assert len(read_directory(wrapped, URL).rows) == 5


def dated(number: int, link: str = "<a href='/p/{0}.html'>关于第{0}号提案的答复</a>") -> str:
    return f"<li>{link.format(number)}<span>2024-05-{number:02}</span></li>"


LIST = "".join(map(dated, range(1, 9)))


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("<b><a href='/p/{0}.html'>关于第{0}号提案的答复</a></b>", id="bold"),
        pytest.param(
            "<b>[提案]</b><em><a href='/p/{0}'>关于第{0}号提案的答复</a></em>", id="framed"
        ),
        pytest.param("<p><a href='/p/{0}.jsp'>修缮村道和桥梁的事项</a></p>", id="a plain title"),
    ],
)
def test_a_row_of_a_list_is_one_however_it_is_set_off(link: str) -> None:
    html = f"<body><ul>{LIST}{dated(9, link)}</ul></body>"
    assert len(read_directory(html, URL).rows) == 9


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("<li><p><a href='/more/'>更多</a></p></li>", id="更多"),
        pytest.param("<li><p><a href='/jd/1.html'>图解一张表</a></p></li>", id="no date"),
        pytest.param(
            "<li><p><a href='/x/1'>关于第1号提案的答复</a><a href='/x/2'>关于第2号提案的答复</a></p></li>",
            id="a list within",
        ),
    ],
)
def test_what_else_a_list_holds_is_no_row(item: str) -> None:
    assert len(read_directory(f"<body><ul>{LIST}{item}</ul></body>", URL).rows) == 8


ON_TOP = "<a href='/p/20.html'>关于第20号提案的答复</a>"


@pytest.mark.parametrize(
    "top",
    [
        pytest.param(f"<div><ul><li>{ON_TOP}</li></ul></div>", id="a list in a part of its own"),
        pytest.param(f"<div><b>置顶</b>{ON_TOP}<i>2024-06-01</i></div>", id="置顶"),
        pytest.param(f"<div><h3>{ON_TOP}</h3><p>委员：您好</p></div>", id="in large type"),
        pytest.param(f"<ul class='top'><li>{ON_TOP}</li></ul>", id="a list of its own"),
    ],
)
def test_what_is_kept_on_top_of_a_list_is_a_row_on_every_day(top: str) -> None:
    html = f"<body><div class='main'>{top}<ul class='list'>{LIST}</ul></div></body>"
    first = read_directory(html, URL)
    assert len(first.rows) == 9
    again = read_directory(html, URL, first.selection)
    assert keys(again) == keys(first)


@pytest.mark.parametrize(
    "over",
    [
        pytest.param(f"<div><h3>热点提案</h3>{ON_TOP}</div>", id="a heading of its own"),
        pytest.param(f"<div>{ON_TOP}<a href='/news/1.html'>新闻</a></div>", id="with other links"),
        pytest.param(f"<div>{ON_TOP}</div><h3>提案公开</h3>", id="over the list's heading"),
    ],
)
def test_what_is_over_a_list_and_not_of_it_is_no_row(over: str) -> None:
    html = f"<body><div class='main'>{over}<ul class='list'>{LIST}</ul></div></body>"
    assert len(read_directory(html, URL).rows) == 8


def test_rows_that_lead_to_files_are_known_and_attachments_are_none() -> None:
    files = dated(9, "<a href='/f/{0}.pdf'>关于第{0}号提案的答复</a>")
    beside = dated(
        8, "<a href='/p/{0}.html'>关于第{0}号提案的答复</a> <a href='/f/1.pdf'>附件</a>"
    )
    page = read_directory(f"<body><ul>{LIST}{beside}{files}</ul></body>", URL)
    assert len(page.rows) == 8
    assert [row.url for row in page.files] == [URL[: URL.index("/", 8)] + "/f/9.pdf"]


def test_a_list_of_files_alone_has_no_rows() -> None:
    files = "".join(
        dated(n, "<a href='/f/{0}.pdf'>关于第{0}号提案的答复</a>") for n in range(1, 5)
    )
    page = read_directory(f"<body><ul>{files}</ul></body>", URL)
    assert page.rows == ()
    assert len(page.files) == 4


DATED_ROWS = {
    "day over month": "<li><div><b>07</b><i>2024-05</i></div>{}</li>",
    "day before a month in words": "<li><p><span>7</span>2024年5月</p>{}</li>",
    "month and day over the year": "<li><div><b>05-07</b><span>2024</span></div>{}</li>",
    "behind the link": "<p>·{}(2024-05-07)</p>",
    "of a card": "<li>{}<time>2024/05/07</time></li>",
    "the one of publication": "<li>{}<p>成文日期：2024-01-02 发布日期：2024-05-07</p></li>",
}


@pytest.mark.parametrize("row", DATED_ROWS.values(), ids=DATED_ROWS)
def test_the_date_of_a_row_is_read_however_it_is_printed(row: str) -> None:
    link = "<a href='/p/{0}.html'>关于第{0}号提案的答复</a>"
    rows = "".join(row.format(link.format(number)) for number in range(1, 6))
    page = read_directory(f"<body><ul>{rows}</ul></body>", URL)
    assert [str(each.listed_on) for each in page.rows] == ["2024-05-07"] * 5


def test_of_the_dates_of_a_table_that_of_the_answer_is_listed() -> None:
    head = "<tr><th>案由</th><th>提出日期</th><th>答复日期</th></tr>"
    row = "<tr><td><a href='/p/{0}.html'>关于第{0}号提案的答复</a></td><td>2024-01-09</td><td>2024-05-07</td></tr>"
    rows = "".join(map(row.format, range(1, 6)))
    page = read_directory(f"<body><table>{head}{rows}</table></body>", URL)
    assert {str(each.listed_on) for each in page.rows} == {"2024-05-07"}


@pytest.mark.parametrize("part", ["<b>07</b><i>5月</i>", "<b>2024</b><i>7</i>", "<i>05-07</i>"])
def test_a_part_of_a_date_is_none(part: str) -> None:
    row = "<li><div>{1}</div><a href='/p/{0}.html'>关于第{0}号提案的答复</a></li>"
    rows = "".join(row.format(number, part) for number in range(1, 6))
    page = read_directory(f"<body><ul>{rows}</ul></body>", URL)
    assert {each.listed_on for each in page.rows} == {None}


def test_a_row_without_a_date_has_not_that_of_another_one() -> None:
    link = "<div><a href='/p/{0}.html'>关于第{0}号提案的答复</a>{1}</div>"
    rows = "".join(link.format(n, "<i>2024-05-07</i>" if n > 1 else "") for n in range(1, 7))
    page = read_directory(f"<body><div><p>今天是2026-11-28</p>{rows}</div></body>", URL)
    assert [str(each.listed_on) for each in page.rows] == ["None", *["2024-05-07"] * 5]
