"""Headings of official letters and their level: 一、 over （一） over 1. over （1）."""

import re

from letters.letter import Block, BlockKind

LONGEST = 60  # code points; what is longer is a paragraph that begins with a number
_CHINESE = "[一二三四五六七八九十百]+"
_LEVELS = (
    (1, re.compile(rf"{_CHINESE}、|第{_CHINESE}(?:部分|章|节)")),
    (2, re.compile(rf"[（(]{_CHINESE}[）)]")),
    (3, re.compile(r"\d{1,2}(?:[.．、](?!\d)|$)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_SENTENCE_ENDS = re.compile(r"[。！？；;!?]")


def as_block(text: str) -> Block:
    """Return a line of the body as a heading with its level, or as a paragraph.

    >>> as_block("（一）打造优质平台，夯实承接基础").level
    2
    """
    level = _level(text)
    if level is None or len(text) > LONGEST or _SENTENCE_ENDS.search(text[:-1]):
        return Block(BlockKind.PARAGRAPH, text)
    return Block(BlockKind.HEADING, text, level)


def _level(text: str) -> int | None:
    return next((level for level, form in _LEVELS if form.match(text)), None)
