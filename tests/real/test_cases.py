"""Small cases that real pages posed: each read and reported as a careful person would."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.page.dom import Page
from crawler.page.reader import read_page
from differ.compare import compare
from letters.change import Edit
from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.letter_json import letter_to_json
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter
from tests.differ.reply import REPLY

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
EDITS = 14  # lines of edits.jsonl
READING = 38  # lines of reading.jsonl
URL = "http://gov.example/zwgk/1.html"


def _cases(name: str) -> list[dict[str, Any]]:
    path = CASES / name
    if not path.is_file():
        pytest.skip(f"no cases at {path}")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _alone(text: str) -> Letter:
    body = (Block(BlockKind.PARAGRAPH, text),)
    return Letter("http://gov.example/1", Kind.PROPOSAL, Form.REPLY, "", body=body)


def _in_a_reply(text: str) -> Letter:
    lines = (*REPLY[:4], text, *REPLY[4:])
    printed = tuple(Line(BlockKind.PARAGRAPH, line) for line in lines)
    page = PrintedPage("http://gov.example/1", lines=printed, title="关于第0612号提案的复函")
    return read_letter(page, Kind.PROPOSAL)


def _is_as_expected(edit: Edit, expected: dict[str, Any]) -> bool:
    category = expected["category"]
    named = category is None or edit.category.value in category.split("|")
    reported = (edit.op.value, edit.old, edit.new)
    return named and reported == (expected["op"], expected["old"], expected["new"])


@pytest.mark.parametrize("number", range(EDITS))
@pytest.mark.parametrize("letter", [_alone, _in_a_reply])
def test_an_edit_is_reported_as_a_person_would(number: int, letter: Any) -> None:
    cases = _cases("edits.jsonl")
    assert len(cases) == EDITS
    case = cases[number]
    edits = compare(letter(case["old"]), letter(case["new"]))
    assert len(edits) == len(case["expect"]), edits
    assert all(map(_is_as_expected, edits, case["expect"])), edits


def _page_of(case: dict[str, Any]) -> str:
    lines = "".join(f"<p>{line}</p>" for line in case["lines"])
    return f'<h1>{case["title"]}</h1><div class="TRS_UEDITOR">{lines}</div>'


def _printed(letter: Letter, name: str) -> Any:
    if name == "headings":
        return [block.text for block in letter.body if block.kind is BlockKind.HEADING]
    return json.loads(json.dumps(letter_to_json(letter)))[name]


@pytest.mark.parametrize("number", range(READING))
def test_a_letter_is_read_as_a_person_reads_it(number: int) -> None:
    cases = _cases("reading.jsonl")
    assert len(cases) == READING
    case = cases[number]
    letter = read_page(Page(_page_of(case), URL), Kind(case["kind"]))
    assert {name: _printed(letter, name) for name in case["expect"]} == case["expect"]


def test_a_date_with_another_label_is_not_the_page_s() -> None:
    rule = "a date with another label is not the page's date"
    (case,) = (each for each in _cases("reading.jsonl") if each["rule"] == rule)
    dated = Page(f"<p>发布时间：2024-06-05</p>{_page_of(case)}", URL)
    assert read_page(dated, Kind(case["kind"])).published_on == date(2024, 6, 5)
