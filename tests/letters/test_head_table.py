"""A table over a letter says its class, who assisted and its number, in rows or in columns."""

from typing import Any

import pytest

from letters.letter import BlockKind, Kind
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
