"""Pagers of which nothing is left but 尾页, or a row of dots."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.pager_words import LAST
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import (
    ShortElement,
    is_disabled,
    is_own_page,
)
from crawler.directory.signs_of_more.sign import Sign, opening_tag, quoted
from crawler.elements import names_of, with_ancestors
from letters.text import squashed

_DOTS = re.compile(r"[●○•◦·∙⋅⚫⚪◉◎.…。]{2,40}")
_DOTS_NAME = re.compile(r"(?:^|[-_])(?:dots?|bullets?|points?)(?:$|[-_])", re.IGNORECASE)
_SHOW = re.compile(
    r"swip|slid|slick|focus|banner|carousel|pic|photo|img|lunbo|gallery|flex|owl", re.IGNORECASE
)
_LONGEST = 40  # code points of a row of dots
_LEVELS = 3  # elements around dots that may be a show of pictures
_SEVERAL = 2  # dots of a row


def lone_end_signs(short: Iterable[ShortElement], boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield 尾页 and dots that are alone beside the rows: a pager without its other parts.

    A pager of one page prints 首页 and 下一页 beside it; dots may be those of a show of pictures.
    """
    for node, text in short:
        if len(text) > _LONGEST:
            continue
        if LAST.fullmatch(text) and _is_alone(node, boxes) and not _is_off(node):
            yield Sign(f"its pager shows its end alone: {quoted(text)}", may_be_end=True)
            continue
        are_dots = _DOTS.fullmatch(text) or _is_row_of_dots(node, text)
        if are_dots and boxes.is_part(node) and not _is_of_pictures(node):
            yield Sign(f"its pager is a row of dots: {text or opening_tag(node)}")


def _is_alone(node: LexborNode, boxes: PagerBoxes) -> bool:
    box = boxes.box_of(node) if not boxes.holds_rows(node) else None
    is_beside = box is not None and boxes.is_at_rows(box)
    return is_beside and box is not None and bool(LAST.fullmatch(squashed(box.text())))


def _is_off(node: LexborNode) -> bool:
    return is_own_page(node) or any(map(is_disabled, (node, *node.css("*"))))


def _is_row_of_dots(node: LexborNode, text: str) -> bool:
    """Return whether an element that prints nothing is called dots, and has several alike."""
    if text or not any(map(_DOTS_NAME.search, names_of(node))):
        return False
    tags = [each.tag for each in node.iter()]
    return len(tags) >= _SEVERAL and len(set(tags)) == 1 and node.css_first("img") is None


def _is_of_pictures(node: LexborNode) -> bool:
    around = list(islice(with_ancestors(node), _LEVELS))
    is_named = any(_SHOW.search(name) for each in around for name in names_of(each))
    boxes = (each for each in around[:2] if each.tag not in {"body", "html"})
    return is_named or any(each.css_first("img") is not None for each in boxes)
