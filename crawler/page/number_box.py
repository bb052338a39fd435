"""The document number (文号) that a page prints in a box of its own beside the title."""

import re

from letters.late_pattern import late_pattern
from letters.text import HAN

_YEAR = r"[〔［\[（(【] ?(?:19|20)\d\d ?年? ?[〕］\]）)】]"
_NUMBER = rf"(?P<number>[{HAN}]{{2,15}} ?{_YEAR} ?第? ?\d{{1,5}} ?号)"
_BLANKS = r"(?:\s|&(?:nbsp|emsp|ensp|#160|#12288);)*"
_NAME = rf"(?:发{_BLANKS}文{_BLANKS}(?:字|文){_BLANKS}号|文{_BLANKS}号)"
# An element that holds it alone, with its label or behind it; a link leads to another document.
_BOX = late_pattern(
    rf"<(?!a\b|title\b|option\b|h\d\b)\w+[^<>]{{0,200}}>\s*"
    rf"(?P<label>{_NAME}{_BLANKS}[：:]?\s*)?{_NUMBER}\s*</"
)
_LABELLED = late_pattern(
    rf"{_NAME}{_BLANKS}[：:]?\s*"
    rf"(?:</?(?!a\b)\w+[^<>]{{0,200}}>\s*){{1,3}}{_NUMBER}\s*</"
)
# The end of each: forms that begin with any element are tried in the characters before one alone.
_END = re.compile(r"号\s*</")
_LONGEST = 1_000  # characters of a box with its label, markup included
_NEAR = 3_000  # characters behind a title, in which a box without a label is of its document


def number_in_box(html: str, title: str) -> str | None:
    """Return the document number in a box of a page titled `title`; None for several, or none.

    >>> number_in_box("<h1>关于修渠的复函</h1><em>文号：甲水函〔2024〕5号</em>", "关于修渠的复函")
    '甲水函〔2024〕5号'
    """
    ends = [(max(0, end.start() - _LONGEST), end.end()) for end in _END.finditer(html)]
    boxes = [
        box for near in ends for form in (_LABELLED, _BOX) for box in form().finditer(html, *near)
    ]
    at = html.rfind(title) if boxes and title else -1
    labelled = {box["number"] for box in boxes if box.groupdict().get("label", "") is not None}
    bare = {box["number"] for box in boxes if 0 <= at < box.start() < at + _NEAR}
    numbers = labelled or bare
    return numbers.pop() if len(numbers) == 1 else None
