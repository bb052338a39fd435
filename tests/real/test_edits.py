"""Quiet edits that a broadcaster made, each reported as a person would report it."""

import json
from pathlib import Path

import pytest

from differ.compare import compare
from letters.letter import Block, BlockKind, Form, Kind, Letter

# Read and labelled by hand, in the order of the file: category, old, new of each edit.
LABELS: list[list[tuple[str, str | None, str | None]]] = [
    [("punctuation", "“", None), ("punctuation", None, "“")],
    [("figure", "194.93万亿", "194.93亿")],
    [("figure", "38个", None)],
    [("wording", None, "报告")],
    [("punctuation", None, "，")],
    [("wording", "过", None)],
    [("punctuation", "—", "―")],
    [("punctuation", "——", "—")],
    [("wording", "今年", None)],
    [("punctuation", None, "，"), ("punctuation", "，", "。")],
    [("figure", "3", "三")],
    [("date", None, "4日")],
    [("punctuation", None, "“"), ("punctuation", None, "”")],
    [("wording", "零售", "销售")],
    [("wording", None, "新华社长篇通讯")],
    [("wording", "16", "21")],
    [("wording", "媒体", "单位"), ("wording", "中央", None)],
    [("wording", "试验", "实验")],
    [("wording", "试验", "实验")],
    [("wording", "做出", "作出")],
    [("wording", None, "市场"), ("wording", "作出", "做出")],
    [("wording", "的", None)],
    [("punctuation", "—", None)],
    [("wording", "倍受", "备受")],
    [("punctuation", "—", None)],
    [("punctuation", None, "，")],
    [("wording", "记录", "纪录")],
    [("organisation", "住房城乡建设部", "住房和城乡建设部")],
    [("organisation", "住房城乡建设部", "住房和城乡建设部")],
    [("punctuation", "，", "、")],
    [("figure", "40", "40亿元")],
    [("wording", "响誉", "享誉")],
    [("wording", None, "近")],
    [("punctuation", None, "，")],
    [("date", None, "（8月8日）")],
    [("date", "（8月8日）", None)],
]


def _letter(text: str) -> Letter:
    body = (Block(BlockKind.PARAGRAPH, text),)
    return Letter("http://tv.example/1", Kind.PROPOSAL, Form.REPLY, "", body=body)


@pytest.mark.parametrize("number", range(len(LABELS)))
def test_a_real_edit_is_reported_as_a_person_would(real: Path, number: int) -> None:
    lines = (real / "edits" / "edits.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(LABELS)
    pair = json.loads(lines[number])
    edits = compare(_letter(pair["old"]), _letter(pair["new"]))
    assert [(each.category.value, each.old, each.new) for each in edits] == LABELS[number]
