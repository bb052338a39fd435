"""Letters made of a few words, for tests of the differ."""

from collections.abc import Callable

import pytest

from letters.letter import Block, BlockKind, Form, Kind, Letter


def _block(text: str) -> Block:
    if "\t" in text:
        return Block(BlockKind.TABLE, text)
    if text[:1] in "一二三（" and text[1:2] in "、一二三" and "。" not in text:
        return Block(BlockKind.HEADING, text, 2 if text[0] == "（" else 1)
    return Block(BlockKind.PARAGRAPH, text)


def _letter(*paragraphs: str, **fields: object) -> Letter:
    told = {"url": "http://gov.example/1.html", "kind": Kind.PROPOSAL, "form": Form.REPLY}
    body = tuple(_block(text) for text in paragraphs)
    return Letter(**(told | {"title": "关于第0501号提案的复函", "body": body} | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def letter() -> Callable[..., Letter]:
    """Return what makes a letter of paragraphs and fields.

    One that begins with 一、 or （一） is a heading, one with tabs a table.
    """
    return _letter
