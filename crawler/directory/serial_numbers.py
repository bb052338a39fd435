"""The numbers that a list prints before its rows (序号): where they begin, and where they end."""

import re
from collections.abc import Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from crawler.elements import ancestors, names_of, with_ancestors
from letters.text import squashed

_FEW, _ENOUGH = 3, 5  # rows; without 序号 over them numbers may be days, or papers' own
_MOST_OF = 0.9  # of the page's rows: else the list is one of several
_HEAD = re.compile(r"(?:序号?|序列号|项次|行号|No\.?|№|#)?", re.IGNORECASE)
_CELL = re.compile(r"[\[［(（【]?(\d{1,4})[\]］)）】]?[.．、]?")
_PREFIX = re.compile(r"\s*(\d{1,4})\s*(?:[.．、](?!\s*\d)|[)）])")
_NAMED = re.compile(r"(?:^|[-_])(?:num|no|xh|xuhao|order|index|seq|sn)(?:$|[-_])", re.IGNORECASE)
_PAPER = 4  # digits of a number with a nought before it that is a paper's: 0101


def serials_of(rows: Sequence[LexborNode]) -> tuple[int, int] | None:
    """Return the first and the last number of the list that holds rows, given by their links.

    None where its rows are not numbered one after the other, upwards or downwards.
    """
    box, row = _list_and_row(rows) if len(rows) >= _FEW else (None, None)
    if box is None or row is None:
        return None
    items = [each for each in box.iter() if each.tag == row.tag]
    start = (box.attributes.get("start") or "") if box.tag == "ol" else ""
    if start.isdecimal():
        return int(start), int(start) + len(items) - 1
    if _number_before(row) is None:
        return None
    head = _head_of(box, items[0]) if row.tag == "tr" else "序号"
    numbers = _without_ends([_number_before(each) for each in items])
    fewest = max(len(rows) * _MOST_OF, _FEW if head else _ENOUGH)
    return _span(numbers) if len(numbers) >= fewest and _HEAD.fullmatch(head) else None


def _without_ends(numbers: list[int | None]) -> list[int | None]:
    """Return numbers without what heads a table and what is below it."""
    held = [at for at, each in enumerate(numbers) if each is not None]
    return numbers[held[0] : held[-1] + 1]


def _list_and_row(links: Sequence[LexborNode]) -> tuple[LexborNode | None, LexborNode | None]:
    """Return the innermost element that holds the first two links, and what of it holds one."""
    around = {node.mem_id for node in ancestors(links[0])}
    box = next((node for node in ancestors(links[1]) if node.mem_id in around), None)
    for node in with_ancestors(links[1]):
        if box is not None and node.parent is not None and node.parent.mem_id == box.mem_id:
            return box, node
    return None, None


def _head_of(box: LexborNode, first: LexborNode) -> str:
    """Return what is over the first column of a table."""
    table = box.parent if box.tag == "tbody" and box.parent is not None else box
    over = table.css_first("th") or (
        first.css_first("td") if _number_before(first) is None else None
    )
    return squashed(over.text()) if over is not None else ""


def _number_before(row: LexborNode) -> int | None:
    if row.tag == "tr":
        cell = row.css_first("td")
        number = _CELL.fullmatch(squashed(cell.text())) if cell is not None else None
    else:
        number = _PREFIX.match(row.text()) or _named_number(row)
    if number is None or (number[1].startswith("0") and len(number[1]) >= _PAPER):
        return None
    return int(number[1])


def _named_number(row: LexborNode) -> re.Match[str] | None:
    """Return the number in an element at the head of a row that is called so."""
    for each in row.css("span, em, i, b, div")[:2]:
        if any(map(_NAMED.search, names_of(each))):
            return _CELL.fullmatch(squashed(each.text()))
    return None


def _span(numbers: Sequence[int | None]) -> tuple[int, int] | None:
    whole = [each for each in numbers if each is not None]
    steps = {other - one for one, other in pairwise(whole)}
    if len(whole) < len(numbers) or steps not in ({1}, {-1}):
        return None
    return whole[0], whole[-1]
