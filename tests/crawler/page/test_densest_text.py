"""A body whose element is not known is the densest text under the page's title."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Kind, Letter
from letters.visit_span import VisitOutcome
from replica.directories.unknown_templates import LETTER, TEMPLATES, TITLE, Chrome, around, page_of

URL = "http://gov.example/letters/0001.html"
SENTENCE = "该项目已于2021年完工，共投入资金3.5亿元，惠及居民1200户。"


def read(html: str) -> Letter:
    return read_page(Page(html, URL), Kind.PROPOSAL)


def lines_of(letter: Letter) -> list[str]:
    return [block.text for block in letter.body]


def verdict(html: str) -> VisitOutcome:
    at = datetime(2026, 11, 24, 4, tzinfo=UTC)
    return classify(
        Snapshot(URL, URL, 200, {"content-type": "text/html"}, html.encode(), at)
    ).outcome


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_text_is_read_and_nothing_around_it(template: str) -> None:
    letter = read(page_of(template, chrome=Chrome(related=4)))
    assert letter.title == TITLE
    assert lines_of(letter) == list(LETTER)
    assert verdict(page_of(template)) is VisitOutcome.LETTER


CHROMES = st.builds(
    Chrome,
    hits=st.integers(0, 10**6),
    related=st.integers(0, 40),
    sidebar=st.integers(0, 60),
    stamp=st.sampled_from(["2026-11-24 10:23:36", "2025-01-02 00:00:01", ""]),
    weather=st.sampled_from(["晴 12～21℃", "阴转小雨，东北风3级", ""]),
)
LINES = st.lists(
    st.sampled_from(
        [SENTENCE, "三、其他工作", "附注：无。", "某" * 300 + "，" + "甲" * 50 + "。"]
    ),
    max_size=3,
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_title_with_a_subtitle_is_read_whole(template: str) -> None:
    title = "关于扩大乡村医生培训规模的建议——以某区为例"
    assert read(page_of(template, chrome=Chrome(title=title))).title == title


@given(template=st.sampled_from(sorted(TEMPLATES)), chrome=CHROMES)
def test_what_changes_around_a_letter_changes_nothing_of_it(template: str, chrome: Chrome) -> None:
    plain, other = Page(page_of(template), URL), Page(page_of(template, chrome=chrome), URL)
    assert other.body is not None
    assert (plain.body is not None, plain.way) == (True, other.way)
    assert read_page(other, Kind.PROPOSAL).digest() == read_page(plain, Kind.PROPOSAL).digest()


@given(
    template=st.sampled_from(sorted(TEMPLATES)), lines=LINES, at=st.integers(2, len(LETTER) - 2)
)
def test_what_changes_in_a_letter_is_all_that_changes(
    template: str, lines: list[str], at: int
) -> None:
    edited = [*LETTER[:at], *lines, *LETTER[at + 1 :]]
    page = Page(page_of(template, edited), URL)
    assert lines_of(read_page(page, Kind.PROPOSAL)) == edited
    assert page.way == Page(page_of(template), URL).way or page.body is None


SHORT = (
    "赵小华委员：",
    "您的建议收悉。经研究，您反映的路口已于5月加装信号灯。感谢您的关心！",
    "某市公安局",
)
TABLE = "<table border=1><tr><td>问题</td><td>答复</td></tr><tr><td>停车难</td><td>新增车位800个</td></tr></table>"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_letter_of_a_few_lines_is_read(template: str) -> None:
    assert lines_of(read(page_of(template, SHORT))) == list(SHORT)


@pytest.mark.parametrize("template", ["heading_and_box", "two_columns", "nested_boxes", "by_id"])
def test_a_letter_that_is_one_table_is_read(template: str) -> None:
    (table,) = lines_of(read(page_of(template, [TABLE])))
    assert table == "问题\t答复\n停车难\t新增车位800个"


@pytest.mark.parametrize(
    "template", ["heading_and_box", "two_columns", "paragraphs_beside_the_title"]
)
@pytest.mark.parametrize(
    ("shown", "url"),
    [
        pytest.param('<a href="/up/fj.pdf">复函全文.pdf</a>', "/up/fj.pdf", id="a link to a file"),
        pytest.param('<iframe src="/up/fj.pdf"></iframe>', "/up/fj.pdf", id="a file in a frame"),
        pytest.param('<img src="/up/1.jpg" width=800>', "/up/1.jpg", id="a picture"),
    ],
)
def test_a_letter_that_is_a_file_or_a_picture_is_read(template: str, shown: str, url: str) -> None:
    (file,) = read(page_of(template, [shown])).attachments
    assert file.url.endswith(url)


def test_files_of_a_letter_are_its_attachments_wherever_they_are_listed() -> None:
    html = page_of("heading_and_box", [*LETTER, '附件：<a href="/up/fj.docx">回执.docx</a>'])
    assert [each.name for each in read(html).attachments] == ["回执.docx"]


PROSE = "<p>本网站由某市人民政府办公室主办，提供政务信息公开、办事服务，欢迎您使用。</p>" * 9
NO_LETTERS = {
    "a list": (
        TITLE[:0] + "提案公开",
        "<h1>提案公开</h1><ul>" + f'<li><a href="/1.html">{TITLE}</a></li>' * 20 + "</ul>",
    ),
    "a list that shows how each begins": (
        "提案公开",
        "<h1>提案公开</h1>"
        + f'<div class="row"><a href="/1.html">{TITLE}</a><p>{SENTENCE}</p></div>' * 9,
    ),
    "a home page": ("某市人民政府", f"<h1>某市人民政府</h1>{PROSE}"),
    "results of a search": (
        f"{TITLE}_搜索结果",
        f"<h1>搜索结果</h1><div>{f'<div class=hit><a href=/1.html>{TITLE}</a><p>{SENTENCE}</p></div>' * 9}</div>",
    ),
    "a page that says that there is none": ("提示信息", f"<h1>提示信息</h1>{PROSE}"),
    "news of proposals": ("市政协召开提案交办会_某市", f"<h1>市政协召开提案交办会</h1>{PROSE}"),
    "a letter that lost its text, above a picture": (
        TITLE,
        f'<div class="main"><h1>{TITLE}</h1><div class="content-body"></div></div><div class="up"><img src="/u.jpg"></div>',
    ),
    "a letter that lost its text": (
        TITLE,
        f'<div class=main><h1>{TITLE}</h1><div class="content-body"></div></div>',
    ),
}


@pytest.mark.parametrize("case", NO_LETTERS)
def test_what_is_no_letter_does_not_become_one(case: str) -> None:
    head, main = NO_LETTERS[case]
    assert Page(around(main, head=head), URL).body is None
    assert verdict(around(main, head=head)) is VisitOutcome.BROKEN


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("对不起，您访问的文章已被删除。", VisitOutcome.GONE),
        ("系统正在维护，请稍后访问。", VisitOutcome.BROKEN),
        ("请先登录后查看全文内容。", VisitOutcome.BLOCKED),
        ("您的访问已被拦截，请输入验证码。", VisitOutcome.BLOCKED),
    ],
)
@pytest.mark.parametrize("title", ["提示信息", "某市人民政府"])
def test_a_notice_is_none(words: str, outcome: VisitOutcome, title: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    assert verdict(html) is outcome


def test_a_notice_under_a_letters_title_is_no_letter() -> None:
    assert verdict(page_of("heading_and_box", ["对不起，该信息已被删除！"])) is VisitOutcome.GONE
    assert verdict(page_of("heading_and_box", ["正文加载中，请您稍候……"])) is VisitOutcome.BROKEN


def test_a_letter_that_is_not_read_is_not_gone_for_what_it_speaks_of() -> None:
    lines = ("因原投诉页面链接已失效，我局已重新公布投诉渠道，欢迎监督。", SENTENCE, SENTENCE[1:])
    boxes = zip("abc", lines, strict=True)
    main = f"<h1>{TITLE}</h1>" + "".join(
        f"<div class=x{n}><p>{each}</p></div>" for n, each in boxes
    )
    assert verdict(around(main)) is VisitOutcome.BROKEN
    removed = f"<h1>{TITLE}</h1><div class=tip>对不起，该信息已被删除！</div>"
    assert verdict(around(removed)) is VisitOutcome.GONE


def test_a_known_container_goes_before_what_is_denser() -> None:
    known = '<div class="TRS_Editor"><p>见附件。</p></div>'
    page = Page(page_of("heading_and_box").replace("</body>", f"{known}</body>"), URL)
    assert page.body is not None
    assert (page.way, page.body.text()) == (".TRS_Editor", "见附件。")


def test_deep_nesting_ends_no_crawl() -> None:
    html = page_of("heading_and_box", ["<div>" * 4000 + SENTENCE + "</div>" * 4000])
    assert Page(html, URL).body is not None
