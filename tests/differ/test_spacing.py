"""Blanks, widths and brackets: reported as layout, never as a change of what is said."""

from collections.abc import Callable

import pytest

from differ.compare import compare
from differ.rows import rows
from differ.weigh import weigh
from letters.change import Category, Significance
from letters.letter import Attachment, Block, BlockKind, Letter
from tests.differ.reply import REPLY

Make = Callable[..., Letter]

SPACED = [
    (3, "2021年", "2021 年"),
    (3, "718.4亿元", "718.4 亿 元"),
    (3, "2022年5月底", "2022年 5月底"),
    (6, "2022年6月10日", "2022 年 6 月 10 日"),
    (0, "周明远委员", "周 明 远 委员"),
    (1, "第0612号", "第 0612 号"),
    (1, "、市财政局", ", 市财政局"),
    (4, "杨晓东主任", "杨晓东 主任"),
    (5, "重庆市发展", "重庆市 发展"),
    (7, "陈思宇", "陈 思 宇"),
    (7, "023-67575012", "023－67575012"),
    (7, "023-67575012", "023 - 67575012"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "old", "new"), SPACED)
def test_blanks_and_widths_are_layout(read: Make, line: int, old: str, new: str) -> None:
    other = [text.replace(old, new) if at == line else text for at, text in enumerate(REPLY)]
    assert other != list(REPLY)
    for pair in ((read(*REPLY), read(*other)), (read(*other), read(*REPLY))):
        edits = compare(*pair)
        assert {each.category for each in edits} == {Category.PUNCTUATION}
        assert weigh(edits)[0] is Significance.COSMETIC


def test_blanks_and_widths_outside_the_body_are_layout(letter: Make) -> None:
    def carried(title: str, number: str, name: str) -> Letter:
        head = Block(BlockKind.PARAGRAPH, number), Block(BlockKind.PARAGRAPH, "已办理。")
        file = Attachment(name, "http://gov.example/1.docx", "a" * 64)
        return letter(title=title, body=head, attachments=(file,))

    one = carried("第0612号提案的复函（摘要）", "渝发改函〔2022〕312号", "附件1：回执.docx")
    other = carried("第 0612 号提案的复函(摘要)", "渝发改函[2022] 312号", "附件1: 回执.docx")
    edits = compare(one, other)
    assert {each.field for each in edits} == {"title", "attachments", "body"}
    assert {each.category for each in edits} == {Category.PUNCTUATION}


DOUBTFUL = {
    "within a figure": (3, "718.4", "718.\ue0034"),
    "before a figure": (3, "718.4", "\U00100000718.4"),
    "within a name": (0, "周明远", "周\ue003明远"),
    "within a name, and not even private": (0, "周明远", "周\u0378明远"),
    "within the name of a body": (1, "市商务委", "市\ue004商务委"),
    "within a title": (1, "《关于", "《\ue003关于"),
    "where an object stood": (7, "陈思宇", "陈思\ufffc宇"),
    "within a number to call": (7, "67575012", "6757\ue0035012"),
    "three in a row": (3, "。2022", "。\ue003\ue004\ue0052022"),
    "one that becomes another": (6, "日", "日\ue003"),
}


@pytest.mark.parametrize(("line", "old", "new"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_be_seen_or_not_is_cosmetic_and_shown_by_its_code_point(
    read: Make, line: int, old: str, new: str
) -> None:
    other = [text.replace(old, new) if at == line else text for at, text in enumerate(REPLY)]
    assert other != list(REPLY)
    codes = [f"U+{ord(char):04X}" for char in new if not char.isprintable() or char == "\ufffc"]
    for pair in ((read(*REPLY), read(*other)), (read(*other), read(*REPLY))):
        edits = compare(*pair)
        assert {each.category for each in edits} == {Category.PUNCTUATION}
        assert weigh(edits)[0] is Significance.COSMETIC
        for each in edits:
            assert each.context.isprintable()
            shown = f"{each.legible().old} {each.legible().new}"
            assert all(code in shown for code in codes)
            assert shown.isprintable()
        drawn = [run.shown for row in rows(*pair) for run in (*row.old, *row.new)]
        assert all(code in "".join(drawn) for code in codes)


def test_two_that_may_look_the_same_differ_by_their_code_points(letter: Make) -> None:
    (edit,) = (each.legible() for each in compare(letter("甲\ue003。"), letter("甲\ue004。")))
    assert (edit.category, edit.old, edit.new) == (Category.PUNCTUATION, "U+E003", "U+E004")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        pytest.param("周\ue003远", "周明远", Category.NAME, id="a character that is known now"),
        pytest.param("12\ue0035亿元", "12.5亿元", Category.FIGURE, id="a mark that is seen"),
        pytest.param("翟\U00032000", "翟晓", Category.NAME, id="a new Han character"),
    ],
)
def test_what_is_seen_on_one_side_is_an_edit_of_its_kind(
    letter: Make, old: str, new: str, kind: Category
) -> None:
    for pair in ((old, new), (new, old)):
        sides = (letter(f"{each}委员领办。", addressees=(each,)) for each in pair)
        found = compare(next(sides), next(sides))
        assert kind in {each.category for each in found}
        assert Category.PUNCTUATION not in {each.category for each in found}


@pytest.mark.parametrize(
    ("old", "new"), [("12.5", "125"), ("1 200", "1200"), ("3，5", "3,5"), ("10²", "102")]
)
def test_figures_that_differ_by_a_mark_are_not_layout(letter: Make, old: str, new: str) -> None:
    edits = compare(letter(f"投资{old}亿元。"), letter(f"投资{new}亿元。"))
    assert Category.PUNCTUATION not in {each.category for each in edits}
