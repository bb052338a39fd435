"""A letter on several pages is one letter; the one before and the one behind it are others."""

from datetime import UTC, datetime

import pytest

from crawler.http.snapshot import Snapshot
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_pages, scripted_pager
from crawler.page.reader import read_page
from letters.letter import Kind

FOLDER = "http://gov.example/zwgk/tagk/202206/"
NAME = "t20220617_1074"
URL = f"{FOLDER}{NAME}.html"
TITLE = "关于市政协五届五次会议第0501号提案的复函"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def html(text: str, pager: str = "", title: str = TITLE) -> str:
    return (
        f'<html><head><meta name="ArticleTitle" content="{title}"></head><body><div class="main">'
        f'<div class="TRS_Editor"><p>{text}</p></div>{pager}</div></body></html>'
    )


def served(
    url: str, text: str, pager: str = "", *, status: int = 200, title: str = TITLE
) -> Snapshot:
    body = html(text, pager, title).encode()
    return Snapshot(url, url, status, {"content-type": "text/html; charset=utf-8"}, body, NOW)


def leads_to(pager: str, url: str = URL) -> list[str]:
    first = Page(html("第一页的正文。", pager), url)
    _, more = further_pages(first, served(url, ""))
    return [each.removeprefix(FOLDER) for each in more]


PAGERS = [
    pytest.param(f'<script>createPageHTML(3, 0, "{NAME}", "html");</script>', [1, 2], id="TRS"),
    pytest.param(f'<script>createPage(2,0,"{NAME}","html")</script>', [1], id="TRS, its other name"),
    pytest.param(f"<script>createPageHTML('page',3, 1,'{NAME}','html',3)</script>", [2, 3], id="counted from one"),
    pytest.param(f'<a href="./{NAME}_1.html">下一页</a>', [1], id="the next"),
    pytest.param(f'<a href="{NAME}_1.html">[2]</a><a href="{NAME}_2.html">[3]</a>', [1, 2], id="numbers"),
    pytest.param(f'<a href="/zwgk/tagk/202206/{NAME}_1.html">第2页</a>', [1], id="a number in words"),
    pytest.param(f'<a href="{NAME}-2.html">2</a><a href="{NAME}.html">1</a>', [2], id="with a hyphen"),
    pytest.param(f'<a href="{NAME}_1.html">&gt;&gt;</a>', [1], id="arrows"),
]  # fmt: skip


@pytest.mark.parametrize(("pager", "numbers"), PAGERS)
def test_a_pager_leads_to_pages_of_the_same_document(pager: str, numbers: list[int]) -> None:
    joint = "-" if f"{NAME}-" in pager else "_"
    assert leads_to(pager) == [f"{NAME}{joint}{number}.html" for number in numbers]


@pytest.mark.parametrize(
    ("url", "href"),
    [
        pytest.param("http://gov.example/show.jsp?id=7", "?id=7&page=2", id="by its query"),
        pytest.param(
            "http://gov.example/show.jsp?id=7", "/show.jsp?page=2&id=7", id="in another order"
        ),
        pytest.param("http://gov.example/content_12", "/content_12_2", id="without an extension"),
    ],
)
def test_a_page_may_be_told_by_its_query_or_its_name(url: str, href: str) -> None:
    assert len(leads_to(f'<a href="{href}">下一页</a>', url)) == 1


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="./t20220617_1075.html">下一篇</a>',
        '<a href="./t20220617_1075.html">下一页</a>',
        '<a href="./t20220617_1075_1.html">下一页</a>',
        f'<a href="./{NAME}_1.html">English</a>',
        f'<a href="./{NAME}_wap.html">下一页</a>',
        f'<a href="./{NAME}.html">下一页</a>',
        f'<a href="http://other.example/zwgk/tagk/202206/{NAME}_1.html">下一页</a>',
        '<script>createPageHTML(34, 0, "index", "html");</script>',
        f'<script>createPageHTML(1, 0, "{NAME}", "html");</script>',
        "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {}</script>",
        '<a href="javascript:next()">下一页</a>',
        '<a href="http://[">2</a>',
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_no_page_of_it(pager: str) -> None:
    assert leads_to(pager) == []


def test_the_page_before_is_none_though_its_address_is_alike() -> None:
    assert leads_to('<a href="?id=8&page=2">下一页</a>', "http://gov.example/show.jsp?id=7") == []


def read(*texts: str, pager: str = "") -> str:
    first, *rest = (
        served(URL if place == 0 else f"{FOLDER}{NAME}_{place}.html", text, pager)
        for place, text in enumerate(texts)
    )
    whole = Snapshot(
        **{
            name: getattr(first, name)
            for name in ("url", "final_url", "status", "headers", "body", "fetched_at")
        },
        further=tuple(reversed(rest)),
    )
    page = Page(first.body.decode(), URL)
    further, _ = further_pages(page, whole)
    return read_page(page, Kind.PROPOSAL, further).wording()


@pytest.mark.parametrize(
    "pager",
    [
        pytest.param("<p>上一页 1 [2] 3 下一页</p><p>共3页 当前第1页</p>", id="words"),
        pytest.param(
            f"<p><b>1</b> <a href='{NAME}_1.html'>2</a> <a href='{NAME}_2.html'>3</a></p>",
            id="numbers alone",
        ),
        pytest.param(
            f"<div><i>1</i><a href='{NAME}_1.html'>[2]</a></div><a href='{NAME}_2.html'>&gt;</a>",
            id="without a word",
        ),
    ],
)
def test_pages_are_read_in_order_and_their_pager_is_no_text(pager: str) -> None:
    texts = ("第一段，见注<a href='#n1'>[1]</a>。", "第二段。", "第三段，见第2页。")
    told = "第一段，见注[1]。第二段。第三段，见第2页。"
    assert read(*(f"{text}</p>{pager}<p>" for text in texts)) == told


def test_a_page_that_says_the_same_again_is_no_further_one() -> None:
    assert read("第一段。", "第一段。") == "第一段。"


@pytest.mark.parametrize(
    ("further", "reason"),
    [
        pytest.param({"status": 404}, "HTTP 404", id="gone"),
        pytest.param({"title": "关于开展检查的通知"}, "another document", id="another document"),
    ],
)
def test_a_further_page_that_is_none_is_named(further: dict[str, object], reason: str) -> None:
    other = served(f"{FOLDER}{NAME}_1.html", "另一页。", **further)  # type: ignore[arg-type]
    first = served(URL, "第一页。")
    whole = Snapshot(URL, URL, 200, first.headers, first.body, NOW, further=(other,))
    with pytest.raises(FurtherPageError, match=f"{NAME}_1.html: {reason}"):
        further_pages(Page(first.body.decode(), URL), whole)


@pytest.mark.parametrize(
    ("pager", "goes_on"),
    [
        pytest.param("<a href='javascript:goPage(2)'>下一页</a>", True, id="by its address"),
        pytest.param(
            "<a href='#' onclick='goPage(2);return false'>下一页</a>", True, id="by a click"
        ),
        pytest.param("<a href='javascript:void(0)'>下一页</a>", False, id="nothing at all"),
        pytest.param("<a href='javascript:next(2)'>下一篇</a>", False, id="the next letter"),
        pytest.param("<a href='javascript:goPage(1)'>下一页</a>", False, id="the page itself"),
        pytest.param(
            "<a href='javascript:turn(2)'>下一页</a><embed src='a.pdf'>", False, id="of a PDF"
        ),
    ],
)
def test_a_letter_that_goes_on_by_a_script_is_read_and_named(pager: str, *, goes_on: bool) -> None:
    words = scripted_pager(Page(html(f"第一页的正文。</p><p>{pager}"), URL))
    assert bool(words and "goes on by a script" in words) is goes_on


def test_a_pager_that_leaves_a_page_out_is_named() -> None:
    last = served(f"{FOLDER}{NAME}_3.html", "末页。")
    first = served(URL, "第一页。")
    whole = Snapshot(URL, URL, 200, first.headers, first.body, NOW, further=(last,))
    with pytest.raises(FurtherPageError, match="leads to its page 3, and not to all before it"):
        further_pages(Page(first.body.decode(), URL), whole)
