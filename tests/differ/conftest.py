"""Letters made of a few words, for tests of the differ."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from letters.letter import Block, BlockKind, Form, Kind, Letter
from letters.printed_page import Line, PrintedPage
from letters.reading import read_letter


def _block(text: str) -> Block:
    if "\t" in text:
        return Block(BlockKind.TABLE, text)
    if text[:1] in "一二三（" and text[1:2] in "、一二三" and "。" not in text:
        return Block(BlockKind.HEADING, text, 2 if text[0] == "（" else 1)
    return Block(BlockKind.PARAGRAPH, text)


def _letter(*paragraphs: str, **fields: object) -> Letter:
    given = {"url": "http://gov.example/1.html", "kind": Kind.PROPOSAL, "form": Form.REPLY}
    body = tuple(_block(text) for text in paragraphs)
    return Letter(**(given | {"title": "关于第0501号提案的复函", "body": body} | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def letter() -> Callable[..., Letter]:
    """Return what makes a letter of paragraphs and fields.

    One that begins with 一、 or （一） is a heading, one with tabs a table.
    """
    return _letter


TITLE = "重庆市发展和改革委员会关于市政协五届五次会议第0612号提案的复函"


def _read(*lines: str, **page: Any) -> Letter:
    printed = [
        Line(BlockKind.TABLE if "\t" in each else BlockKind.PARAGRAPH, each) for each in lines
    ]
    made = {"title": TITLE, "published_on": date(2022, 6, 17)} | page
    return read_letter(
        PrintedPage("http://gov.example/1.html", lines=tuple(printed), **made), Kind.PROPOSAL
    )


@pytest.fixture(scope="session")
def read() -> Callable[..., Letter]:
    """Return what reads lines, as a page prints them, as a letter."""
    return _read
