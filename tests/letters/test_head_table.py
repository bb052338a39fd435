"""A table over a letter says its class, who assisted and its number, in rows or in columns."""

from typing import Any

import pytest

from letters.letter import BlockKind, Form, Kind
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter

OPENING = (
    "赵小华委员：",
    "您提出的《关于沟渠清淤的提案》收悉，现答复如下：",
    "已完成三处渠道清淤，后续将加强巡查。",
)


def read(*tables: str, title: str = "关于第0325号提案的复函", **page: Any) -> Any:
    lines = [Line(BlockKind.TABLE, each) for each in tables]
    lines += [Line(BlockKind.PARAGRAPH, each) for each in OPENING]
    printed = PrintedPage("http://gov.example/1.html", title=title, lines=tuple(lines), **page)
    return read_letter(printed, Kind.PROPOSAL)


@pytest.mark.parametrize(
    ("table", "grade", "bodies"),
    [
        ("办理类别\tA类\t协办单位\t市财政局、市农业局", "A", ("市财政局", "市农业局")),
        ("类别\tB\n协办\t市财政局", "B", ("市财政局",)),
        ("答复分类：\tC类\n会办：\t市财政局、市交通局", "C", ("市财政局", "市交通局")),
        ("结果类别\tA类（已解决）\t公开属性\t主动公开", "A", ()),
        ("类别\t协办单位\t公开属性\nA\t市财政局\t主动公开", "A", ("市财政局",)),
        (
            "文号\t甲水函〔2024〕12号\t类别\tB\n主办单位\t市水利局\t协办\t市财政局",
            "B",
            ("市财政局",),
        ),
        ("类别\tB类\n协办\t市财政局　市农业局", "B", ("市财政局", "市农业局")),
        ("提案号\t0325\n办理结果\tB类\n主办\t市水利局\n协办\t市财政局", "B", ("市财政局",)),
    ],
)
def test_the_class_and_who_assisted_are_read(
    table: str, grade: str, bodies: tuple[str, ...]
) -> None:
    letter = read(table)
    assert (letter.result_class, letter.co_handlers) == (grade, bodies)
    assert letter.addressees == ("赵小华",)


@pytest.mark.parametrize(
    "table",
    [
        "办理结果\t已办结",
        "类别\tA类 B类 C类",
        "协办\t各有关部门",
        "年度\t金额\n2023\t12",
        "文号\t待定",
    ],
)
def test_a_value_that_is_none_by_its_form_is_left_out(table: str) -> None:
    letter = read(table)
    assert (letter.result_class, letter.co_handlers, letter.doc_number) == (None, (), None)


def test_session_number_and_document_number_are_read_where_nothing_else_says_them() -> None:
    letter = read(
        "文号\t甲水函〔2024〕5号\n届次\t六届三次\n提案号\t0325", title="关于沟渠清淤的复函"
    )
    assert (letter.doc_number, letter.session, letter.number) == (
        "甲水函〔2024〕5号",
        "六届三次",
        "0325",
    )
    assert letter.labels["届次"] == "六届三次"


def test_the_letter_s_own_words_count_before_its_table() -> None:
    assert read("提案号\t0999").number == "0325"


def test_a_number_in_a_box_beside_the_title_is_the_letter_s() -> None:
    assert read(doc_number="甲水函〔2024〕5号").doc_number == "甲水函〔2024〕5号"
    assert (
        read("文号\t甲水函〔2024〕7号", doc_number="甲水函〔2024〕5号").doc_number
        == "甲水函〔2024〕7号"
    )


@pytest.mark.parametrize(
    "opening",
    [
        "您提出的《关于沟渠清淤的提案》（第12号）、《关于灌区改造的提案》（第34号）收悉，现合并答复如下：",
        "您提出的第12号《关于沟渠清淤的提案》和第34号《关于灌区改造的提案》收悉，现答复如下：",
        "您提出的第12、34号提案《关于沟渠清淤的提案》和《关于灌区改造的提案》收悉，现答复如下：",
        "您提出的《关于沟渠清淤的提案》以及《关于灌区改造的提案》收悉，现并案答复如下：",
    ],
)
def test_papers_that_are_answered_at_once_are_both_the_subject(opening: str) -> None:
    lines = tuple(
        Line(BlockKind.PARAGRAPH, each) for each in ("赵小华委员：", opening, OPENING[2])
    )
    page = PrintedPage("http://gov.example/1.html", title="关于第12、34号提案的复函", lines=lines)
    letter = read_letter(page, Kind.PROPOSAL)
    assert letter.subject == "关于沟渠清淤的提案、关于灌区改造的提案"
    assert letter.number == "12、34"


@pytest.mark.parametrize(
    "opening",
    [
        "您提出的《关于沟渠清淤的提案》收悉。根据《关于加强灌区管理的意见》，现答复如下：",
        "您在《关于沟渠清淤的提案》中提到《关于灌区改造的建议》一事收悉，现答复如下：",
    ],
)
def test_another_title_in_the_opening_is_no_second_paper(opening: str) -> None:
    lines = tuple(
        Line(BlockKind.PARAGRAPH, each) for each in ("赵小华委员：", opening, OPENING[2])
    )
    page = PrintedPage("http://gov.example/1.html", title="关于第12号提案的复函", lines=lines)
    assert read_letter(page, Kind.PROPOSAL).subject == "关于沟渠清淤的提案"


@pytest.mark.parametrize("value", ["—", "——", "/", "无", "（无）", "暂无", "-"])
@pytest.mark.parametrize("label", ["文号", "发文字号"])
def test_a_cell_that_says_there_is_no_document_number_gives_none(label: str, value: str) -> None:
    assert read(labels={label: value}).doc_number is None
    assert read(labels={label: "甲水发〔2024〕3号"}).doc_number == "甲水发〔2024〕3号"


@pytest.mark.parametrize(
    ("table", "number", "grade", "reviewer"),
    [
        ("甲水函〔2024〕12号\tA类", "甲水函〔2024〕12号", "A", None),
        ("甲水函〔2024〕12号\t签发人：李大海", "甲水函〔2024〕12号", None, "李大海"),
        ("甲水函〔2024〕12号\n（B类）", "甲水函〔2024〕12号", "B", None),
        ("A类\tB类", None, None, None),
        ("项目\tA类", None, None, None),
    ],
)
def test_a_box_of_marks_alone_is_read_cell_by_cell(
    table: str, number: str | None, grade: str | None, reviewer: str | None
) -> None:
    letter = read(table)
    assert (letter.doc_number, letter.result_class, letter.reviewer) == (number, grade, reviewer)


@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("关于第0325号提案的复函（A类）", "A"),
        ("关于第0325号提案的答复 (B)", "B"),
        ("关于第0325号（A类）提案的复函", None),
        ("关于第0325号提案办理分类（A类）的说明", None),
    ],
)
def test_a_class_behind_a_title_is_read_where_the_letter_says_none(
    title: str, grade: str | None
) -> None:
    assert read(title=title).result_class == grade
    assert read("类别\tC类", title=title).result_class == "C"


@pytest.mark.parametrize(
    "heads", [(), ("关于第0325号提案的复函", "关于第0412号提案的复函（B类）")]
)
def test_two_letters_on_a_page_are_a_summary_and_no_field_is_one_s(heads: tuple[str, ...]) -> None:
    other = (
        "李大海委员：",
        "您提出的《关于修路的提案》（第0412号）收悉，现答复如下：",
        "已经修好。",
    )
    both = [*heads[:1], *OPENING, "甲市水利局", "2024年6月3日", *heads[1:], *other]
    lines = tuple(Line(BlockKind.PARAGRAPH, each) for each in both)
    page = PrintedPage("http://gov.example/1.html", title="甲市水利局提案答复", lines=lines)
    letter = read_letter(page, Kind.PROPOSAL)
    assert (letter.form, letter.number, letter.subject, letter.addressees) == (
        Form.SUMMARY,
        None,
        None,
        (),
    )
    if heads:
        assert [each.text for each in letter.body if each.level == 1] == list(heads)
