"""Blanks, widths and brackets: told as layout, never as a change of what is said."""

from collections.abc import Callable

import pytest

from differ.compare import compare
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


@pytest.mark.parametrize(
    ("old", "new"), [("12.5", "125"), ("1 200", "1200"), ("3，5", "3,5"), ("10²", "102")]
)
def test_figures_that_differ_by_a_mark_are_not_layout(letter: Make, old: str, new: str) -> None:
    edits = compare(letter(f"投资{old}亿元。"), letter(f"投资{new}亿元。"))
    assert Category.PUNCTUATION not in {each.category for each in edits}
