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
_NUMBER = re.compile(r"[一二三四五六七八九十百第（(\d]")  # how each begins
_SENTENCE_ENDS = re.compile(r"[。！？；;!?]")
LONGEST_WITH_STOP = 25  # code points of a heading that ends with 。: 二、下一步工作打算。
_QUOTED = re.compile("“[^”]*”|《[^》]*》|（[^）]*）")
# What a heading leaves unsaid: who did it, that it is done, how much it came to.
_PREDICATE = re.compile(
    r"我[局委厅办院部市县区省镇乡]|我们|[您你]|已|(?<![解为除不])了(?!解)|[有占达为] ?\d"
)
_PLAN = re.compile(
    "将|正在|目前|该|其中|计划|拟|经(?![济营费验])|由(?!于)|可以|予以|无法|尚|不具备|没有|是|具有"
)
_NOUN_ENDS = re.compile(
    "(?:问题|情况|打算|工作|建议|方面|措施|思路|计划|安排|做法|意见|成效|进展|目标|困难|原因|方向|重点|"
    "建设|管理|保障|机制|体系|能力|水平)。$"
)


def as_block(text: str, above: str = "", below: str = "") -> Block:
    """Return a line of the body as a heading with its level, or as a paragraph.

    `above` and `below` are the lines around it: numbered lines in a row are items of a list.

    >>> as_block("（一）打造优质平台，夯实承接基础").level
    2
    """
    level = level_of(text)
    if level is None or _is_sentence(text, level, (above, below)):
        return Block(BlockKind.PARAGRAPH, text)
    return Block(BlockKind.HEADING, text, level)


def _is_sentence(text: str, level: int, around: tuple[str, str]) -> bool:
    """Return whether a numbered line says something whole, rather than what follows is about."""
    if len(text) > LONGEST or _SENTENCE_ENDS.search(text[:-1]):
        return True
    words = _QUOTED.sub("", text)
    has_predicate = bool(_PREDICATE.search(words))
    if not _SENTENCE_ENDS.search(text):
        return has_predicate and bool(re.search("[，,].", words))
    if has_predicate or len(words) > LONGEST_WITH_STOP or re.search("[，,]", words):
        return True
    if _NOUN_ENDS.search(text):
        return bool(_PLAN.search(words)) and "关于" not in words
    above, below = around
    has_text = bool(below) and (level_of(below) or level + 1) > level and level_of(above) != level
    return bool(_PLAN.search(words)) or not has_text


def level_of(text: str) -> int | None:
    """Return the level of the number that a line begins with, or None."""
    if not _NUMBER.match(text):
        return None
    return next((level for level, form in _LEVELS if form.match(text)), None)
