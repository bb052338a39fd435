"""Names that left or joined a list, without the list's marks: 、奉节 is 奉节."""

import re

from differ.body_text import Offsets
from differ.edits.changed_span import ChangedSpan
from differ.lexicon.vocabulary import is_place
from differ.names.find_names import find_names
from letters.change import Category
from letters.name_lists import is_body

_LIST_MARKS = "、，,；; 和及与"
_LIST_MARK = re.compile(f"[{_LIST_MARKS}]")


def is_list_change(span: ChangedSpan) -> bool:
    """Return whether a side holds what left or joined a list of names: 、奉节."""
    if not {span.text[0], span.text[-1]} & {*_LIST_MARKS}:
        return False
    at, between = span.start, []
    for low, high in _names_within(span):
        between.append(span.body.text[at:low])
        at = high
    between.append(span.body.text[at : span.end])
    words = [word for part in between for word in _LIST_MARK.split(part)]
    return without_list_marks(span) != span and all(not word or is_place(word) for word in words)


def without_list_marks(span: ChangedSpan) -> ChangedSpan:
    """Return a side without the list's marks around it; a name may begin with 和."""
    names = _names_within(span)
    starts, ends = {low for low, _ in names}, {high for _, high in names}
    start, end, text = span.start, span.end, span.body.text
    while start < end and text[start] in _LIST_MARKS and start not in starts:
        start += 1
    while start < end and text[end - 1] in _LIST_MARKS and end not in ends:
        end -= 1
    return ChangedSpan(span.body, start, end) if start < end else span


def _names_within(span: ChangedSpan) -> list[Offsets]:
    names = find_names(span.body, span.start, span.end)
    return [(low, high) for low, high, _ in names if span.start <= low and high <= span.end]


def list_category(names: str, category: Category) -> Category:
    """Return the category of an edit of list entries by what the first of them is."""
    if is_place(_LIST_MARK.split(names)[0]):
        return Category.NAME
    return Category.ORGANISATION if is_body(names) else category
