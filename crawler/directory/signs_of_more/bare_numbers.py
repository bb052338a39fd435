"""Page numbers that nothing but their place shows: 1 2 3 … 27 without a link or a name."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from selectolax.lexbor import LexborNode

from crawler.directory.signs_of_more.page_numbers import numbers_sign, page_number, run_of
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import ShortElement
from crawler.directory.signs_of_more.sign import Sign
from crawler.elements import names_of, with_ancestors

# What counts from one and is no pager, by its classes and ids.
_OTHERS = re.compile(
    r"swip|slid|focus|banner|carousel|pic|photo|img|lunbo|gallery|flex|dots?(?![a-z])|indicat|step"
    r"|calendar|date|rili|week|month|year|star|rank|paihang|top\d|scor|rate|rating|grade|^hd$|^tabs?$",
    re.IGNORECASE,
)
_TEXTS = 3  # numbers of bare texts, from which on they are a pager's
_BUTTONS = 2  # the same of elements that are there to be clicked
_ARROWS = 4  # pictures in a pager
_MONTH = 28  # numbers, from which on they are the days of one


def bare_number_signs(short: Iterable[ShortElement], boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield the numbers 1, 2, 3 … that are alone in a box beside the rows.

    A script elsewhere turns the pages. The cells of a table are a calendar's rather.
    """
    numbers_in: dict[int, set[int]] = {}
    buttons_in: set[int] = set()
    for node, text in short:
        number = page_number(text)
        if number is None or node.tag in {"td", "option"} or (box := _box_of(node, boxes)) is None:
            continue
        numbers_in.setdefault(box, set()).add(number)
        if node.tag in {"a", "button"} or "页" in text:
            buttons_in.add(box)
    for box, numbers in numbers_in.items():
        run, least = run_of(numbers), _BUTTONS if box in buttons_in else _TEXTS
        if least <= run < _MONTH:
            yield numbers_sign(run)


def _box_of(node: LexborNode, boxes: PagerBoxes) -> int | None:
    """Return the id of what holds a number with its neighbours; None where it is no pager's."""
    box = boxes.box_of(node)
    if box is None or not boxes.is_at_rows(box):
        return None
    within = [box, *takewhile(lambda each: each.mem_id != box.mem_id, with_ancestors(node))]
    if any(_OTHERS.search(name) for each in within for name in names_of(each)):
        return None
    if len(box.css("img")) > _ARROWS:
        return None
    is_alone = page_number("".join(box.text().split())) is not None
    return box.parent.mem_id if is_alone and box.parent is not None else box.mem_id
