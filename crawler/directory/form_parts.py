"""What a part of a pager is by its words: a number, 下一页, 尾页, 跳转; and what a click runs."""

import re
from dataclasses import dataclass
from enum import Enum

from selectolax.lexbor import LexborNode

from crawler.directory.form_fields import Fields
from crawler.directory.pager_words import LAST, NEXT
from crawler.directory.signs_of_more.page_numbers import page_number
from crawler.directory.signs_of_more.pager_elements import leads_nowhere
from letters.text import squashed

_GO = re.compile(r"go|(?:跳转?|转|前往)[到至]?第?页?|第?页|确[定认]", re.IGNORECASE)
_FURTHER = re.compile(r"\.{2,}|…+")
_LONGEST = 16  # code points of a part's words


class Part(Enum):
    """What a part of a pager is."""

    NUMBER = "a number"
    NEXT = "下一页"
    FURTHER = "..."  # behind the numbers that are shown: it leads to those behind them
    LAST = "尾页"
    GO = "跳转"
    DRAWN = "by a script that draws the pager"


@dataclass(frozen=True, slots=True)
class FormControl:
    """A part of a pager that sends a form."""

    part: Part
    label: int | None  # the number of the page to which it leads, from 1; None where it has none
    value: int | None  # the number that it sends; None where it sends none, or it is computed
    changed: Fields = ()  # of the form
    field: str | None = None  # which takes the number of the page besides


def part_by(words: str) -> Part | None:
    """Return what an element is by its words; None where it is no part of a pager."""
    if len(words) > _LONGEST:
        return None
    if page_number(words):
        return Part.NUMBER
    kinds = {Part.NEXT: NEXT, Part.LAST: LAST, Part.FURTHER: _FURTHER, Part.GO: _GO}
    return next((part for part, form in kinds.items() if form.fullmatch(words)), None)


def words_of(node: LexborNode) -> str:
    """Return what a link or button says, or by what its picture is called."""
    picture, given = node.css_first("img"), node.attributes
    shown = picture.attributes if picture is not None else {}
    labels = (node.text(), given.get("value") if node.tag == "input" else None)
    titles = given.get("title"), given.get("alt"), shown.get("alt"), shown.get("title")
    words = (squashed(each or "") for each in (*labels, *titles))
    return next(filter(None, words), "")


def call_of(node: LexborNode) -> str:
    """Return the script that a click runs; empty for none that is written on the element."""
    href, click = (node.attributes.get(name) or "" for name in ("href", "onclick"))
    if click and not leads_nowhere(click):
        return click
    is_script = href.lower().startswith("javascript:") and not leads_nowhere(href)
    return href if is_script else ""
