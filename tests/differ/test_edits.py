"""Each edit once, whole and named."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from differ.compare import compare
from differ.weigh import weigh
from letters.change import Op, Significance
from letters.letter import Attachment, Block, BlockKind, FieldSpan, Letter

Make = Callable[..., Letter]


def reported(old: Letter, new: Letter) -> list[tuple[Any, ...]]:
    return [
        (each.op.value, each.field, each.category.value, each.detail, each.old, each.new)
        for each in compare(old, new)
    ]


REPLACED = [
    # category, detail, text before, text after, old, new
    ("figure", None, "去年投资718.4亿元。", "去年投资918.4亿元。", "718.4", "918.4"),
    ("figure", None, "拨付1,200万元。", "拨付12,000万元。", "1,200", "12,000"),
    ("figure", None, "总量超过194.93万亿元。", "总量超过194.93亿元。", "194.93万亿", "194.93亿"),
    ("figure", None, "占地15平方公里。", "占地15平方米。", "15平方公里", "15平方米"),
    ("figure", None, "同比增长12.5%。", "同比增长125%。", "12.5", "125"),
    ("figure", None, "同比增长-3%。", "同比增长3%。", "-3", "3"),
    ("figure", None, "完成投资三百亿元。", "完成投资五百亿元。", "三百", "五百"),
    ("figure", None, "我们将投入100万元。", "我们将投入80万元。", "100", "80"),
    ("date", None, "于2022年6月7日办结。", "于2022年6月9日办结。", "2022年6月7日", "2022年6月9日"),
    ("date", None, "已列入规划（2022—2027年）。", "已列入规划（2022—2030年）。", "2027年", "2030年"),
    ("name", None, "感谢赵小华委员的建议。", "感谢赵晓华委员的建议。", "赵小华", "赵晓华"),
    ("name", None, "感谢赵小华同志的建议。", "感谢赵晓华同志的建议。", "赵小华", "赵晓华"),
    ("name", None, "已经王大力主任审签。", "已经王大立主任审签。", "王大力", "王大立"),
    ("name", None, "在合川区开展试点。", "在江北区开展试点。", "合川区", "江北区"),
    ("organisation", None, "会同市交通局办理。", "会同市商务委办理。", "市交通局", "市商务委"),
    ("organisation", None, "住房城乡建设部要求。", "住房和城乡建设部要求。", "住房城乡建设部", "住房和城乡建设部"),
    ("title", None, "依据《重庆市实施方案》办理。", "依据《重庆市行动方案》办理。", "实施", "行动"),
    ("title", None, "渝府发〔2024〕212号明确。", "渝府发〔2024〕213号明确。", "〔2024〕212号", "〔2024〕213号"),
    ("contact", None, "咨询电话：67575783。", "咨询电话：67575784。", "67575783", "67575784"),
    ("commitment", "weakened", "我们将建设三座桥。", "我们将研究建设三座桥。", "将", "将研究"),
    ("commitment", "weakened", "确保年内完成任务。", "力争年内完成任务。", "确保", "力争"),
    ("commitment", "strengthened", "力争年内完成任务。", "确保年内完成任务。", "力争", "确保"),
    ("commitment", "postponed", "2025年底前完成改造。", "2027年底前完成改造。", "2025年", "2027年"),
    ("commitment", "advanced", "将于2025年底前建成。", "将于2024年底前建成。", "2025年", "2024年"),
    ("wording", None, "线上零售展现活力。", "线上销售展现活力。", "零售", "销售"),
    ("wording", None, "安装ETC设备若干。", "安装OBU设备若干。", "ETC", "OBU"),
    ("punctuation", None, "工作有序，进展顺利。", "工作有序、进展顺利。", "，", "、"),
]  # fmt: skip


@pytest.mark.parametrize(("category", "detail", "before", "after", "old", "new"), REPLACED)
def test_what_was_replaced_is_one_whole_named_token(
    letter: Make, category: str, detail: str, before: str, after: str, old: str, new: str
) -> None:
    around = "各区县高度重视，认真组织实施。", "感谢您对我们工作的关注和支持。"
    one, other = letter(around[0], before, around[1]), letter(around[0], after, around[1])
    assert reported(one, other) == [("replace", "body", category, detail, old, new)]
    assert reported(letter(before), letter(after)) == [
        ("replace", "body", category, detail, old, new)
    ]


COME_OR_GONE = [
    ("insert", "commitment", "conditioned", "我们将完成改造。", "条件成熟时，我们将完成改造。", "条件成熟时，"),
    ("insert", "commitment", "dropped", "我们将完成改造。", "我们将不完成改造。", "不"),
    ("delete", "commitment", "dropped", "已办理。我们将完成改造。感谢支持。", "已办理。感谢支持。", "我们将完成改造。"),
    ("insert", "commitment", "added", "已办理。感谢支持。", "已办理。我们将完成改造。感谢支持。", "我们将完成改造。"),
    ("insert", "wording", None, "党的十八以来。", "党的十八大以来。", "大"),
    ("insert", "punctuation", None, "工作 推进。".replace(" ", ""), "工作　推进。", "　"),
    ("delete", "figure", None, "大会的38个代表团报到。", "大会的代表团报到。", "38个"),
]  # fmt: skip


@pytest.mark.parametrize(("op", "category", "detail", "before", "after", "words"), COME_OR_GONE)
def test_what_came_or_went_is_one_named_edit(
    letter: Make, op: str, category: str, detail: str, before: str, after: str, words: str
) -> None:
    old, new = (words, None) if op == "delete" else (None, words)
    assert reported(letter(before), letter(after)) == [(op, "body", category, detail, old, new)]


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("工作有序，进展顺利。", "工作有序、进展顺利。", "cosmetic"),
        ("开行班列(渝新欧)。", "开行班列（渝新欧）。", "cosmetic"),
        ("共12.5万人。", "共１２．５万人。", "cosmetic"),
        ("分别为3、5万元。", "分别为3，5万元。", "minor"),
        ("同比增长12.5%。", "同比增长125%。", "substantive"),
        ("同比增长-3%。", "同比增长3%。", "substantive"),
        ("做出明确规定。", "作出明确规定。", "minor"),
        ("咨询电话：67575783。", "咨询电话：67575784。", "minor"),
        ("已办理。我们将完成改造。", "已办理。", "substantive"),
    ],
)
def test_how_much_a_change_matters(letter: Make, before: str, after: str, weight: str) -> None:
    found, reason = weigh(compare(letter(before), letter(after)))
    assert found.value == weight
    assert reason.endswith(".")


def test_a_gutted_letter_is_a_grave_change(letter: Make) -> None:
    old = letter(
        "赵小华委员：", *(f"第{each}条措施已经落实到位，群众普遍认可。" for each in "一二三四五六")
    )
    weight, _ = weigh(compare(old, letter("赵小华委员：")))
    assert weight is Significance.SUBSTANTIVE


def test_a_paragraph_that_moved_is_one_move(letter: Make) -> None:
    first, second = (
        "甲项工作由市交通局牵头办理，进展顺利。",
        "乙项工作由市商务委牵头办理，成效明显。",
    )
    third = "丙项工作由市教委牵头办理，正在推进。"
    edits = compare(letter(first, second, third), letter(second, third, first))
    assert [each.op for each in edits] == [Op.MOVE]
    assert (edits[0].old, edits[0].new) == (first, first)


def test_a_paragraph_that_was_split_or_merged_is_no_edit(letter: Make) -> None:
    one, other = "各区县高度重视。", "有关部门认真组织实施。"
    assert compare(letter(one, other), letter(one + other)) == ()
    assert compare(letter(one + other), letter(one, other)) == ()


def test_a_sentence_split_in_two_shows_only_its_marks(letter: Make) -> None:
    old = letter("工业订单充足人机繁忙，今年1月，有18个行业景气度较上月上升，投资增速迅猛。")
    new = letter("工业订单充足，人机繁忙。今年1月，有18个行业景气度较上月上升，投资增速迅猛。")
    assert [(each[4], each[5]) for each in reported(old, new)] == [(None, "，"), ("，", "。")]


def test_edits_come_in_reading_order_with_section_and_context(letter: Make) -> None:
    body = ["一、总体情况", "投资{}亿元。", "（一）具体措施", "新增{}个车位。感谢支持。"]
    old, new = (letter(*(text.format(figure) for text in body)) for figure in ("12", "15"))
    edits = compare(old, new)
    assert [each.section for each in edits] == [
        ("一、总体情况",),
        ("一、总体情况", "（一）具体措施"),
    ]
    assert [each.context for each in edits] == ["投资15亿元。", "新增15个车位。"]


def test_a_table_is_compared_by_its_cells(letter: Make) -> None:
    old = letter("项目\t投资（亿元）\n甲线\t12.5\n乙线\t30")
    new = letter("项目\t投资（亿元）\n甲线\t12.5\n乙线\t35")
    assert reported(old, new) == [("replace", "body", "figure", None, "30", "35")]


def test_words_that_move_to_an_empty_cell_leave_one_cell_and_come_in_another(
    letter: Make,
) -> None:
    heads = "委员意见\t满意\t基本满意\t不满意\n"
    assert reported(letter(f"{heads}结果\t√\t\t"), letter(f"{heads}结果\t\t√\t")) == [
        ("delete", "body", "wording", None, "√", None),
        ("insert", "body", "wording", None, None, "√"),
    ]
    old = letter("年度\t甲区\t乙区\t丙区\n2022\t35\t\t70\n2023\t51\t62\t71")
    new = letter("年度\t甲区\t乙区\t丙区\n2022\t\t35\t75\n2023\t51\t62\t71")
    assert reported(old, new) == [
        ("delete", "body", "figure", None, "35", None),
        ("insert", "body", "figure", None, None, "35"),
        ("replace", "body", "figure", None, "70", "75"),
    ]


def test_a_figure_that_moves_to_the_row_below_is_what_moves(letter: Make) -> None:
    old, new = letter("区\t数\n甲\t35\n乙\t\n丙\t7"), letter("区\t数\n甲\t\n乙\t35\n丙\t7")
    assert reported(old, new) == [
        ("delete", "body", "figure", None, "35", None),
        ("insert", "body", "figure", None, None, "35"),
    ]


def test_an_empty_column_says_nothing(letter: Make) -> None:
    old = letter("现答复如下。", "甲\t12\t√\t\n乙\t√\t\t\n丙\t\t\t")
    new = letter("现答复如下。", "甲\t12\t√\t\t\n乙\t√\t\t\t\n丙\t\t\t\t")
    assert reported(old, new) == reported(new, old) == []


def test_a_figure_that_comes_again_in_a_table_is_reported_in_its_own_cell(letter: Make) -> None:
    old = "套数：\t1\n面积：\t63.12\n套数：\t0\n面积：\t0.0\n车位：\t13"
    new = "套数：\t0\n面积：\t0.0\n套数：\t2\n面积：\t72.49\n车位：\t124"
    edits = [
        each[:3] for each in reported(letter("现答复如下。", old), letter("现答复如下。", new))
    ]
    assert [(op, *rest) for op, *rest in edits] == [("replace", "body", "figure")] * 5


def test_neighbours_are_one_edit_and_places_apart_are_two(letter: Make) -> None:
    old = letter("市交通局于2022年投资30亿元，新增车位120个。")
    new = letter("市交通局于2023年投资35亿元，新增车位150个。")
    assert [each[4:] for each in reported(old, new)] == [
        ("2022年", "2023年"),
        ("30", "35"),
        ("120", "150"),
    ]


def test_a_place_is_reported_under_its_field_and_not_again(letter: Make) -> None:
    def signed(phone: str) -> Letter:
        text = f"联系电话：{phone}"
        block = Block(BlockKind.PARAGRAPH, text, spans=(FieldSpan("phone", 5, len(text)),))
        return letter(phone=phone, body=(block,))

    edits = reported(signed("67575783"), signed("67575784"))
    assert edits == [("replace", "phone", "contact", None, "67575783", "67575784")]


@pytest.mark.parametrize(
    ("field", "old", "new", "category"),
    [
        ("title", "甲的复函", "乙的复函", "title"),
        ("published_on", date(2022, 6, 17), date(2022, 6, 18), "date"),
        ("reviewer", "董建国", "董建业", "name"),
        ("agency", "市发展改革委", "市交通局", "organisation"),
        ("postcode", "401121", "401122", "contact"),
    ],
)
def test_a_field_that_the_body_does_not_print_is_reported(
    letter: Make, field: str, old: object, new: object, category: str
) -> None:
    edits = reported(letter("已办理。", **{field: old}), letter("已办理。", **{field: new}))
    assert [each[:3] for each in edits] == [("replace", field, category)]


def test_what_stands_outside_the_page_is_no_edit(letter: Make) -> None:
    moved = letter("已办理。", url="http://gov.example/2.html", url_dated_on=date(2022, 6, 17))
    assert compare(letter("已办理。"), moved) == ()


def test_files_are_reported_by_name_and_by_their_bytes(letter: Make) -> None:
    def with_files(*files: tuple[str, str]) -> Letter:
        made = (Attachment(name, f"http://gov.example/{name}", digest) for name, digest in files)
        return letter("已办理。", attachments=tuple(made))

    one = with_files(("甲.pdf", "a" * 64))
    added = reported(one, with_files(("甲.pdf", "a" * 64), ("乙.pdf", "b" * 64)))
    assert [each[:3] for each in added] == [("insert", "attachments", "attachment")]
    changed = reported(one, with_files(("甲.pdf", "c" * 64)))
    assert [each[:3] for each in changed] == [("replace", "attachments", "attachment")]


def _bad() -> dict[str, tuple[list[str], list[str]]]:
    lines = [f"第{number}段，办理情况良好。" for number in range(60_000)]
    mapped = "".join(map(chr, range(0x100, 0x180)))
    return {
        "nothing on either side but a mark": ([], ["。"]),
        "one side empty": (["各区县高度重视。"], []),
        "a megabyte of one character": (["啊" * 1_000_000], ["啊" * 999_999 + "呀"]),
        "sixty thousand paragraphs": (lines, [*lines[:30_000], "新增一段。", *lines[30_001:]]),
        "unrelated and long": (["甲乙丙丁戊。" * 3000], ["子丑寅卯辰！" * 3000]),
        "lone surrogates": (["\ud800甲\udfff"], ["\udfff甲\ud800"]),
        "private use and astral": (["\ue000𠮷野家\U0010ffff"], ["\ue001𠮷野屋\U0010fffe"]),
        "the characters used for mapping": ([mapped], [mapped[::-1]]),
    }


@pytest.mark.parametrize("case", _bad())
def test_bad_input_is_reported_correctly(letter: Make, case: str) -> None:
    before, after = _bad()[case]
    edits = compare(letter(*before), letter(*after))
    assert edits
    there, back = "".join(before), "".join(after)
    assert all(each.old is None or each.old in there for each in edits)
    assert all(each.new is None or each.new in back for each in edits)
