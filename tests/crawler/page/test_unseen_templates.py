"""Letters are read whole, and the same on any day, in page forms that nobody made the reader by."""

from dataclasses import replace

import pytest

from crawler.page.dom import Page
from crawler.page.reader import PageChangedError, read_page
from letters.letter import Kind, Letter
from tests.crawler.page.unseen_templates import DATE, NUMBER, TEMPLATES, Day

MONDAY = Day(318, "2024年8月12日 星期一", ("我市召开防汛工作会议", "关于公开征求意见的公告"))
FRIDAY = Day(
    9021,
    "2024年8月16日 星期五",
    ("市领导调研重点项目，慰问一线职工", "关于市政协八届一次会议第0088号提案的复函", "停水通知"),
    ("这个答复很好，希望尽快落实到位，让老百姓得到实惠，电话13900001111。",) * 6,
)
LETTERS = {
    "of the usual length": (
        "岑参、高适委员：",
        "你们提出的《关于改善城区步行环境的提案》（第0318号）收悉，经商市财政局，现答复如下：",
        "2023年整治人行道42.6公里，更换地砖1.8万平方米，新设过街设施37处。",
        "下一步，我局将结合片区更新，力争2025年底前完成其余3个片区的改造。",
        "望湖市城市管理局",
        "2024年6月18日",
    ),
    "of one sentence": ("岑参委员：", "您反映的路灯已于5月10日修复，感谢您的关心。", "望湖市城市管理局", "2024年6月18日"),
    "with a table": (
        "岑参、高适委员：",
        "你们提出的《关于改善城区步行环境的提案》（第0318号）收悉，现答复如下：",
        "<table><tr><td>街道</td><td>公里</td></tr><tr><td>柳河</td><td>12.5</td></tr></table>",
        "以上项目均已完工，欢迎继续监督。",
        "望湖市城市管理局",
        "2024年6月18日",
    ),
}  # fmt: skip
TYPED = {"preformatted", "typed lines by a style", "in a field that can't be written in"}
WHOLE = [
    pytest.param(form, letter, id=f"{form}: {letter}")
    for form in TEMPLATES
    for letter in LETTERS
    if not (letter == "with a table" and form in TYPED | {"a row for each paragraph"})
]


def read(form: str, lines: tuple[str, ...], day: Day) -> tuple[Letter, str | None]:
    page = Page(TEMPLATES[form].page(lines, day), "http://gov.example/letters/0318.html")
    return read_page(page, Kind.PROPOSAL), page.way


def printed(lines: tuple[str, ...]) -> list[str]:
    return ["街道\t公里\n柳河\t12.5" if each.startswith("<table") else each for each in lines]


@pytest.mark.parametrize(("form", "name"), WHOLE)
def test_a_letter_is_read_whole_and_nothing_besides(form: str, name: str) -> None:
    letter, _ = read(form, LETTERS[name], MONDAY)
    assert [block.text for block in letter.body] == printed(LETTERS[name])
    assert letter.title is not None
    assert letter.title == NUMBER
    assert str(letter.published_on) == (DATE if TEMPLATES[form].has_day else "None")


@pytest.mark.parametrize(("form", "name"), WHOLE)
def test_what_changes_beside_a_letter_is_no_edit(form: str, name: str) -> None:
    monday, way = read(form, LETTERS[name], MONDAY)
    friday, other_way = read(form, LETTERS[name], FRIDAY)
    assert (friday.digest(), other_way) == (monday.digest(), way)


@pytest.mark.parametrize("form", TEMPLATES)
@pytest.mark.parametrize(
    ("old", "new"),
    [("42.6", "24.6"), ("市财政局", "市审计局"), ("高适", "王维"), ("6月18日", "6月19日")],
)
def test_an_edit_is_all_that_is_read_differently(form: str, old: str, new: str) -> None:
    lines = LETTERS["of the usual length"]
    edited = tuple(each.replace(old, new) for each in lines)
    before, way = read(form, lines, MONDAY)
    after, other_way = read(form, edited, FRIDAY)
    assert ([block.text for block in after.body], other_way) == ([*edited], way)
    assert replace(after, body=before.body).agency == before.agency


@pytest.mark.parametrize(
    "main",
    [
        pytest.param(
            "<h1>{title}</h1><div id=show>正在加载……</div><script type='text/html'>{text}</script>",
            id="a script writes it",
        ),
        pytest.param(
            "<h1>{title}</h1>"
            + "".join(f"<div class=x{name}><p>{line}</p></div>" for name, line in zip("abcde", LETTERS["of the usual length"][1:4] * 2, strict=False)),
            id="each paragraph in a box that is called otherwise",
        ),
    ],
)  # fmt: skip
def test_what_may_be_but_a_piece_of_a_letter_is_not_read(main: str) -> None:
    template = replace(TEMPLATES["preformatted"], main=main)
    page = Page(template.page(LETTERS["of the usual length"], MONDAY), "http://gov.example/1.html")
    with pytest.raises(PageChangedError, match="body container missing"):
        read_page(page, Kind.PROPOSAL)
