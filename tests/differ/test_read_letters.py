"""Edits of letters as their pages are read: each is told once, under its field, as a whole."""

import pytest

from differ.compare import compare
from letters.letter import Letter
from tests.letters.printed import AGENCY, DAY, read_page_of, read_reply


def edits(old: Letter, new: Letter) -> list[tuple[str, str | None, str | None]]:
    return [(each.field, each.old, each.new) for each in compare(old, new)]


@pytest.mark.parametrize(
    ("heard", "old", "new"),
    [
        ("经商州财政局、州农业农村局，现答复如下：", "州财政局", "州审计局"),
        ("经商财政部、自然资源部，现答复如下：", "财政部", "教育部"),
        ("经商省民政厅、省市场监督管理局，现答复如下：", "省民政厅", "省公安厅"),
        ("经商商务部、自然资源部，现答复如下：", "商务部", "教育部"),
        ("经研究并商省医保局、省药监局同意，现答复如下：", "省医保局", "省审计厅"),
    ],
)
def test_the_verb_before_a_body_is_no_part_of_it(heard: str, old: str, new: str) -> None:
    def letter(words: str) -> Letter:
        opening = f"您提出的《关于修渠的建议》收悉。{words}"
        return read_reply(AGENCY, DAY, opening=("王小明代表：", opening))

    assert edits(letter(heard), letter(heard.replace(old, new))) == [("co_handlers", old, new)]


def test_an_edit_in_a_cell_of_a_record_is_told_once() -> None:
    table = (
        "案由\t关于修渠的建议\n提出人\t王小明\n办复内容\t王小明代表：已修渠{}公里，投资48万元。"
    )
    old, new = (
        read_page_of(table.format(length), title="第28号建议") for length in ("186", "198")
    )
    assert edits(old, new) == [("body", "186", "198")]
