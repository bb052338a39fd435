"""What a page's own styles hide is not the letter's; what a reader sees is never left out."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from crawler.page.dom import Page
from crawler.page.reader import read_page
from crawler.page.visibility.css import cascaded, declared, rules
from crawler.page.visibility.hidden_elements import hides_all
from letters.letter import Kind
from letters.visit_span import VisitOutcome

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
TITLE = "关于市政协五届五次会议第0501号提案的复函"
WORDS = "赵小华委员：您提出的《关于建设停车场的建议》收悉。"


def words(body: str, *, head: str = "") -> str:
    html = (
        f'<!DOCTYPE html><html><head><meta name="ArticleTitle" content="{TITLE}">{head}</head><body>'
        f'<div class="view TRS_UEDITOR"><p>{WORDS}</p>{body}</div></body></html>'
    )
    told = read_page(Page(html, URL), Kind.PROPOSAL).wording().replace("\n", "")
    assert told.startswith(WORDS)
    return told.removeprefix(WORDS)


HIDDEN = {
    "display": "display:none",
    "display, in capitals": "DISPLAY : NONE",
    "display, important": "display:none!important",
    "display, important, and set again": "display:none !important;display:block",
    "display, set twice": "display:block;display:none",
    "display, behind what no browser knows": "mso-foo:bar(;display:none);*zoom:1;display:none;",
    "display, in a comment's company": "/* x */display:/* y */none",
    "visibility": "visibility: hidden",
    "visibility, collapsed": "visibility:collapse",
    "content-visibility": "content-visibility:hidden",
    "opacity": "opacity:0",
    "opacity in percent": "opacity: 0.0%",
    "filtered out": "filter: blur(2px) opacity(0)",
    "no size": "font-size:0",
    "no size in pixels": "font-size:0px",
    "no size in points": "color:red;FONT-SIZE: 0.0pt",
    "no size in ems": "font-size:.0em",
    "no size, in short": "font: 0/0 a",
    "no size, in short, slanted": "font:italic bold 0px/1.5 serif",
    "transparent": "color:transparent",
    "transparent, in four parts": "color:rgba(0, 0, 0, 0)",
    "transparent, behind a slash": "color:rgb(0 0 0 / 0%)",
    "transparent, in digits": "color:#12340000",
    "left of the page": "position:absolute;left:-9999px",
    "left of the page, in ems": "position:fixed; left:-999em",
    "left of the page, less far": "position:absolute;left:-999px;top:auto",
    "right of the page": "position:absolute;left:99999px",
    "off the right side": "position:absolute;right:-10000px",
    "above the page": "position:absolute;top:-5000px",
    "off by inset": "position:fixed;inset:-9999px auto auto auto",
    "moved off": "position:relative;left:-9999px",
    "off by its margin": "margin-left:-9999px",
    "off by all margins": "margin:0 0 0 -2000px",
    "off by a transform": "transform:translateX(-9999px)",
    "off by a transform of two": "transform:rotate(0) translate(0, -9999px)",
    "indented off": "text-indent:-9999px",
    "indented off to the right": "text-indent:9999px;white-space:nowrap;overflow:hidden",
    "indented off, in ems": "text-indent:-99em;overflow:hidden;white-space:nowrap",
    "cut to nothing": "position:absolute;clip:rect(0 0 0 0)",
    "cut to a pixel": "position:absolute!important;clip:rect(1px,1px,1px,1px)",
    "cut to nothing by a path": "clip-path:inset(50%)",
    "cut to nothing by a path of sides": "clip-path:inset(0 100% 0 0 round 2px)",
    "cut to a circle of nothing": "clip-path:circle(0)",
    "of no height": "height:0;overflow:hidden",
    "of no height, at most": "max-height:0px;overflow-y:hidden",
    "of a pixel": "position:absolute;width:1px;height:1px;overflow:hidden",
    "scaled away": "transform:scale(0)",
    "scaled away upright": "transform: scale(1, 0)",
    "scaled away by itself": "scale:0",
}
SHOWN = {
    "no style": "",
    "display, set again": "display:none;display:block",
    "display that is weaker": "display:block!important;display:none",
    "display, misspelt": "dispaly:none",
    "display, within another property": "mso-display:none;x-display:none",
    "display, for an old browser": "_display:none;*display:none;display:none\\9",
    "no border": "border:none;text-decoration:none;background:none",
    "hidden overflow": "overflow:hidden",
    "hidden overflow of some height": "overflow:hidden;height:10px",
    "no height, and it overflows": "height:0",
    "half opaque": "opacity:.5",
    "half filtered out": "filter:opacity(0.5) grayscale(0)",
    "a small size": "font-size:0.5em",
    "a size of ten": "font-size:10px",
    "a size with a nought": "font-size:16.0pt;mso-bidi-font-size:0pt",
    "a line of no height": "line-height:0",
    "a short form": "font:bold 400 14px/20px SimSun",
    "black": "color:#000;color:#000000;color:rgb(0,0,0);color:rgba(0,0,0,1);color:rgb(0 0 0)",
    "a colour that ends in noughts": "color:#ff0000",
    "on a transparent ground": "background-color:transparent;border-color:rgba(0,0,0,0)",
    "painted by its ground": "color:transparent;background:red;-webkit-background-clip:text",
    "only a shadow of it": "color:transparent;text-shadow:0 0 2px #000",
    "a place that is not taken": "left:-9999px",
    "a place in a wide page": "position:absolute;left:1200px",
    "far down a page of many": "position:absolute;top:8600px",
    "a hanging indent": "margin-left:21.0pt;text-indent:-21.0pt;mso-char-indent-count:-2.00",
    "an indent of two": "text-indent:2em",
    "pulled up a little": "margin-top:-20px;position:relative;top:-10px",
    "columns of one height": "padding-bottom:9999px;margin-bottom:-9999px",
    "cut, and not placed": "clip:rect(0 0 0 0)",
    "cut by a path": "clip-path:inset(10% 20%)",
    "a circle": "clip-path:circle(50%)",
    "scaled": "transform:scale(0.9);scale:1",
    "moved": "transform:translate(-50%,-50%)",
    "hidden from Word alone": "mso-hide:all",
    "brackets without an end": "color:red;x:" + "(" * 5000 + "display:none",
}


@pytest.mark.parametrize("style", HIDDEN.values(), ids=HIDDEN)
def test_what_a_style_hides_is_not_the_letters(style: str) -> None:
    assert words(f'<div style="{style}">藏</div>') == ""
    assert words(f'<p style="{style}">藏<b>起<i>来</i></b></p><p>见</p>') == "见"
    rule = f"<style>@charset 'x';.a .b, #c::before {{color:red}} p.off {{{style}}}</style>"
    assert words('<p class="off">藏</p><p>见</p>', head=rule) == "见"


@pytest.mark.parametrize("style", SHOWN.values(), ids=SHOWN)
def test_what_is_only_styled_is_the_letters(style: str) -> None:
    assert words(f'<div style="{style}">见</div>') == "见"
    assert words(f"<p><span style='{style}'>见</span></p>") == "见"
    rule = f"<style>p.on {{{style}}}</style>"
    assert words('<p class="on">见</p>', head=rule) == "见"


TABLE = (
    "<table {}><tr {}><td {}>区县</td><td>数</td></tr><tr><td>江北</td><td>12</td></tr></table>"
)


@pytest.mark.parametrize(
    ("at", "left"),
    [
        pytest.param(0, "", id="table"),
        pytest.param(1, "江北\t12", id="row"),
        pytest.param(2, "数江北\t12", id="cell"),
    ],
)
@pytest.mark.parametrize("how", ["style='display:none'", "hidden", "class=off"])
def test_a_table_a_row_a_cell_may_be_hidden(how: str, at: int, left: str) -> None:
    where = ["", "", ""]
    where[at] = how
    rule = "<style type='text/css'>.off{visibility:visible;display:none}</style>"
    assert words(TABLE.format(*where), head=rule) == left


SEEN = {
    "a child that is visible in a parent that is not": (
        "<div style='visibility:hidden'>藏<p>藏</p><p style='visibility:visible'>见</p></div>",
        "见",
    ),
    "gaps between boxes closed by a size of nought": (
        (
            "<div style='font-size:0'> <span style='font-size:16px'>见</span>，\n"
            "<span style='font-size:14pt'>闻</span> </div>"
        ),
        "见闻",
    ),
    "a size of nought, inherited in part": (
        (
            "<div style='font-size:0'><b>藏</b><i style='font-size:1.2em'>藏</i>"
            "<font size=3>见</font><i style='font:bold medium/1 serif'>闻</i></div>"
        ),
        "见闻",
    ),
    "a link in a colour of its own": (
        (
            "<p style='color:transparent'>藏<a href='http://x.example/'>见</a>"
            "<i style='color:#333'>闻</i></p>"
        ),
        "见闻",
    ),
    "an indent that a paragraph takes back": (
        "<div style='text-indent:-9999px'>藏<p style='text-indent:2em'>见</p></div>",
        "见",
    ),
    "words in a line have no height of their own": (
        (
            "<p><span style='height:0;overflow:hidden'>见</span>"
            "<b style='width:0;overflow:hidden;transform:scale(0)'>闻</b>"
            "<span style='height:0;overflow:hidden;display:inline-block'>藏</span></p>"
        ),
        "见闻",
    ),
    "a table grows with what it holds": (
        "<table style='width:0;height:0;overflow:hidden'><tr><td>见</td></tr></table>",
        "见",
    ),
    "hidden by an attribute, shown by a style": ("<p hidden style='display:block'>见</p>", "见"),
    "hidden by an attribute, whatever it says": ("<p hidden=false>藏</p>", ""),
    "details can be opened": ("<details><summary>附表</summary>见</details>", "附表见"),
    "a box that nobody opened": ("<dialog>藏</dialog><dialog open>见</dialog>", "见"),
    "what a browser shows that can't play": ("<video>您的浏览器不支持</video><p>见</p>", "见"),
    "only for those who listen": ("<p aria-hidden=true>见</p>", "见"),
}


@pytest.mark.parametrize(("body", "left"), SEEN.values(), ids=SEEN)
def test_what_is_seen_within_what_is_hidden_is_the_letters(body: str, left: str) -> None:
    assert words(body) == left


SHEETS = {
    "by class, later": ("<style>.x{display:block} .x{display:none}</style>", ""),
    "by class, taken back later": ("<style>.x{display:none} .x{display:block}</style>", "见"),
    "a selector that weighs more": ("<style>p.x{display:block} .x{display:none}</style>", "见"),
    "an important one": ("<style>.x{display:none!important} p.x{display:block}</style>", ""),
    "in print": ("<style>@media print{.x{display:none}}</style>", "见"),
    "in a sheet for print": ("<style media=print>.x{display:none}</style>", "见"),
    "in a sheet for screens": ("<style media=Screen>.x{display:none}</style>", ""),
    "when pointed at": ("<style>.x:hover{display:none}</style>", "见"),
    "before and behind": ("<style>.x::before{display:none}</style>", "见"),
    "by what stands around": ("<style>.TRS_UEDITOR > p + .x{display:none}</style>", ""),
    "another class": ("<style>.nav li{display:none}</style>", "见"),
    "in two sheets": ("<style>.x{opacity:0}</style><style>.x{opacity:1}</style>", "见"),
    "in an old comment": ("<style><!-- .x{display:none} --></style>", ""),
    "the letter's own element": ("<style>.TRS_UEDITOR{display:none}</style>", "见"),
    "a selector that is none": (
        "<style>.x{}} @@ .x{display:none} p..{display:none}</style>",
        "见",
    ),
    "a sheet without an end": ("<style>.x{display:none</style>", ""),
    "brackets without an end": (f"<style>.x{{a:{'[' * 5000}}} .x{{display:none}}</style>", "见"),
}


@pytest.mark.parametrize(("head", "left"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_in_the_page_hides_what_its_rules_match(head: str, left: str) -> None:
    assert words("<p class=x>见</p>", head=head) == left


def test_a_style_attribute_weighs_more_than_a_sheet() -> None:
    sheet = "<style>.x{display:none}.y{display:block}.z{display:none!important}</style>"
    body = "<p class=x style='display:block'>见</p><p class=y style='display:none'>藏</p>"
    assert words(f"{body}<p class=z style='display:block'>藏</p>", head=sheet) == "见"


def test_a_sheet_in_the_letter_itself_is_read_before_it_goes() -> None:
    assert words("<style>.x{display:none}</style><p class=x>藏</p><p>见</p>") == "见"


def test_elements_a_thousand_deep_are_read() -> None:
    deep = "<div style='display:none'>" + "<b>" * 3000 + "藏" + "</b>" * 3000 + "</div>"
    assert words(f"{deep}<p>见</p>") == "见"


PROPERTIES = "display opacity font font-size left margin inset clip clip-path transform filter scale width color"


@settings(max_examples=500)
@given(
    st.sampled_from(PROPERTIES.split()),
    st.text(alphabet="insetcirlepolygonautscx0159.%-+(),/ ", max_size=30),
)
def test_no_value_is_too_odd_to_be_judged(name: str, value: str) -> None:
    style = cascaded(declared(f"position:absolute;overflow:hidden;{name}:{value}"))
    assert hides_all("p", style) in {True, False}


@settings(max_examples=300)
@given(st.text(alphabet="displaynoe:;{}()[]<>/*\\'\"!@#.,- 0px%\n", max_size=60))
def test_no_style_is_too_odd_to_be_read(text: str) -> None:
    declared(text)
    for rule in rules(text):
        assert rule.selector


@pytest.mark.parametrize("hidden", ["<table hidden>", "<div style='display:none'><table>"])
def test_a_hidden_table_around_the_text_labels_nothing(hidden: str) -> None:
    def labels(table: str) -> dict[str, str]:
        index = f"{table}<tr><td>索引号：</td><td>0001-2022</td></tr></table>"
        html = f"<body>{index}<h1>{TITLE}</h1><div class=TRS_UEDITOR><p>{WORDS}</p></div></body>"
        return dict(read_page(Page(html, URL), Kind.PROPOSAL).labels)

    assert labels("<table>") == {"索引号": "0001-2022"}
    assert labels(hidden) == {}


def test_a_date_with_characters_that_nobody_sees_is_read() -> None:
    bar = "<div class=zwxl-bar>日期：2022\u200b-06-\u206017</div>"
    html = f"<body><h1>{TITLE}</h1>{bar}<div class=TRS_UEDITOR><p>{WORDS}</p></div></body>"
    assert read_page(Page(html, URL), Kind.PROPOSAL).published_on == date(2022, 6, 17)


def test_words_that_nobody_sees_are_no_notice() -> None:
    tip = "<div style='display:none'>您访问的页面不存在</div><p>公开信息</p>"
    seen = Snapshot(URL, URL, 200, {"content-type": "text/html"}, tip.encode(), datetime.now(UTC))
    assert classify(seen).outcome is VisitOutcome.BROKEN
