"""The same words, cut or set otherwise: no edit."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from differ.compare import compare
from letters.letter import Attachment, Letter
from replica.compose import compose
from tests.differ.reply import REPLY

Make = Callable[..., Letter]
COMPOSED = compose(letters=30, suggestions=6).documents
TITLE = "重庆市发展和改革委员会关于市政协五届五次会议第0612号提案的复函"
RECORD = (
    "案 由：关于整治“空中蜘蛛网”的建议",
    "提 案 人：任 帅",
    "主办单位：区交建局",
    "委员反馈：满意",
    "办复内容：一是开展摸底排查，共排查线路126公里。",
    "二是集中整治，投入资金35万元。",
)


@st.composite
def cut(draw: st.DrawFn, lines: tuple[str, ...], blank: str = "") -> list[str]:
    """Return the same words with neighbours joined and paragraphs split at sentence ends."""
    parts: list[str] = []
    for line in lines:
        split = "\t" not in line and draw(st.integers(0, 3)) == 0
        parts += re.findall(r"[^。！？；：]*[。！？；：]?", line)[:-1] if split else [line]
    joined: list[str] = []
    for part in parts:
        tables = joined and "\t" in joined[-1] + part
        if joined and not tables and draw(st.integers(0, 2)) == 0:
            joined[-1] += draw(st.sampled_from(("", blank if part in lines else ""))) + part
        else:
            joined.append(part)
    return joined


@settings(max_examples=200)
@given(st.data())
def test_a_letter_cut_otherwise_and_read_again_has_no_edits(
    read: Make, data: st.DataObject
) -> None:
    document = data.draw(st.sampled_from(COMPOSED))
    lines = tuple(text for _, text in document.blocks)
    page = {"title": document.title, "published_on": date.fromisoformat(document.listed_on)}
    one, other = (read(*data.draw(cut(lines)), **page) for _ in range(2))
    assert compare(one, other) == ()


@settings(max_examples=200)
@given(st.data())
def test_a_blank_where_the_other_side_cuts_is_no_edit(read: Make, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(COMPOSED))
    lines = tuple(text for _, text in document.blocks)
    old, new = read(*lines), read(*data.draw(cut(lines, blank=" ")))
    assert compare(old, new) == compare(new, old) == ()


@settings(max_examples=200)
@given(st.data())
def test_a_figure_is_the_only_edit_of_a_letter_cut_otherwise(
    read: Make, data: st.DataObject
) -> None:
    document = data.draw(st.sampled_from(COMPOSED))
    lines = [text for _, text in document.blocks]
    figure = re.compile(r"(?<=资)\d+\.\d(?=亿元)")
    places = [(at, found) for at, line in enumerate(lines) if (found := figure.search(line))]
    if not places:
        return
    at, found = data.draw(st.sampled_from(places))
    edited = [*lines[:at], figure.sub("1001.5", lines[at], count=1), *lines[at + 1 :]]
    edits = compare(read(*lines), read(*data.draw(cut(tuple(edited)))))
    assert [(each.old, each.new) for each in edits] == [(found[0], "1001.5")]


RECUT = {
    "salutation joined": [REPLY[0] + REPLY[1], *REPLY[2:]],
    "agency and date on one line": [*REPLY[:5], f"{REPLY[5]} {REPLY[6]}", REPLY[7]],
    "date and contacts joined": [*REPLY[:6], REPLY[6] + REPLY[7]],
    "thanks and agency joined": [*REPLY[:4], REPLY[4] + REPLY[5], *REPLY[6:]],
    "all in one": ["".join(REPLY)],
    "opening split": [REPLY[0], *REPLY[1].replace("。", "。\n").split("\n"), *REPLY[2:]],
}


@pytest.mark.parametrize("case", RECUT)
def test_a_reply_cut_otherwise_has_no_edits(read: Make, case: str) -> None:
    assert compare(read(*REPLY), read(*RECUT[case])) == ()
    assert compare(read(*RECUT[case]), read(*REPLY)) == ()


def test_a_record_cut_otherwise_has_no_edits(read: Make) -> None:
    for other in (
        [*RECORD[:4], RECORD[4] + RECORD[5]],
        ["".join(RECORD)],
        [RECORD[0] + RECORD[1], *RECORD[2:]],
    ):
        assert compare(read(*RECORD), read(*other)) == ()
        assert compare(read(*other), read(*RECORD)) == ()


def test_a_figure_is_reported_alone_where_the_letter_was_cut_otherwise_too(read: Make) -> None:
    for lines in RECUT.values():
        edited = [line.replace("718.4", "918.4") for line in lines]
        assert [(e.old, e.new) for e in compare(read(*REPLY), read(*edited))] == [
            ("718.4", "918.4")
        ]


def test_a_table_set_as_paragraphs_or_in_two_has_no_edits(letter: Make) -> None:
    table = "区县\t2020年\n涪陵\t12.5\n万州\t9.1"
    old = letter("各区县情况如下：", table, "感谢支持。")
    for other in (
        ["区县2020年涪陵12.5万州9.1"],
        table.split("\n"),
        ["区县2020年", "涪陵12.5", "万州9.1"],
    ):
        assert compare(old, letter("各区县情况如下：", *other, "感谢支持。")) == ()
        assert compare(letter("各区县情况如下：", *other, "感谢支持。"), old) == ()


def test_figures_that_cells_part_otherwise_are_reported(letter: Make) -> None:
    assert compare(letter("甲\t1\t23"), letter("甲\t12\t3"))
    assert compare(letter("甲\t1\t23"), letter("甲\t123"))


def test_values_outside_the_body_are_reported_and_reported_once(read: Make) -> None:
    table = {
        "索引号": "A-1",
        "主题分类": "总体",
        "发文字号": "渝发改函〔2022〕3号",
        "名 称": TITLE,
    }
    old = read(*REPLY, labels=table)
    assert [e.field for e in compare(old, read(*REPLY, labels=table | {"主题分类": "情况"}))] == [
        "labels"
    ]
    numbered = compare(old, read(*REPLY, labels=table | {"发文字号": "渝发改函〔2022〕4号"}))
    assert [(e.field, e.new) for e in numbered] == [("doc_number", "渝发改函〔2022〕4号")]
    title = TITLE.replace("复函", "答复函")
    assert [
        e.field for e in compare(old, read(*REPLY, title=title, labels=table | {"名 称": title}))
    ] == ["title"]


def test_a_value_gone_from_the_body_is_reported_once(read: Make) -> None:
    for gone, field in ((6, "signed_on_raw"), (5, "agency"), (0, "addressees")):
        edits = compare(read(*REPLY), read(*REPLY[:gone], *REPLY[gone + 1 :]))
        assert [each.field for each in edits] == [field]


def test_two_files_in_another_order_are_no_edit(letter: Make) -> None:
    files = [Attachment(f"{each}.docx", f"http://gov.example/{each}", "a" * 64) for each in "甲乙"]
    one, other = (letter("已办理。", attachments=tuple(each)) for each in (files, files[::-1]))
    assert compare(one, other) == ()


def test_a_file_that_had_not_answered_is_no_edit(letter: Make) -> None:
    unseen = Attachment("甲.docx", "http://gov.example/1")
    seen = replace(unseen, digest="a" * 64)
    one, other = (letter("已办理。", attachments=(each,)) for each in (unseen, seen))
    assert compare(one, other) == ()
