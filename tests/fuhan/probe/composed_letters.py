"""Letters of which a test says only what it is about."""

from typing import Any

from letters.letter import Block, BlockKind, Form, Kind, Letter

URL = "http://gov.example/zwgk/tagk/1.html"


def letter(agency: str | None = None, text: str = "", **fields: Any) -> Letter:
    given = {"title": "关于建设公园的复函", "form": Form.REPLY, "kind": Kind.PROPOSAL} | fields
    body = (Block(BlockKind.PARAGRAPH, text),) if text else ()
    return Letter(url=URL, agency=agency, body=body, **given)
