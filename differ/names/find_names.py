"""Names that are whole when they change: bodies, companies, persons, what stands in a list."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from differ.body_text import Side
from differ.names.companies import firms
from differ.names.labelled_persons import persons_named
from differ.names.list_entries import listed
from differ.names.local_places import local_names
from differ.tokens.tokenizer import Held, Shape

# What the cells of a column are by its head.
_BODIES = "(?:单位|机构|企业|公司|商户|厂家|部门|中标人|承包人|学校|医院)(?:名称|全称)?$"
_PERSONS = "姓名|(?:联系|负责|责任|经办|法定代表)人$|河长$"
_HEADS = ((Shape.BODY, re.compile(_BODIES)), (Shape.PERSON, re.compile(_PERSONS)))
_CELL = re.compile(r"(?=.*[一-龥])[^、，。；]{2,30}")


def names_at(side: Side, start: int, end: int) -> list[Held]:
    """Return the names in the clauses that `start` to `end` touches, in order."""
    found: list[Held] = []
    for clause in side.clauses(start, end):
        names = side.names.get(clause)
        if names is None:
            names = side.names[clause] = apart([*_names_in(side, *clause)])
        found += names
    return found


def _names_in(side: Side, start: int, end: int) -> Iterator[Held]:
    text = side.text
    yield from local_names(text, start, end)
    for low, high in persons_named(text, start, end):
        yield low, high, Shape.PERSON
    found = [(low, high, Shape.BODY) for low, high in firms(text, start, end)]
    for name in (*found, *listed(text, start, end)):
        if not _is_cited(side, name[0]):  # of a title the words are told that changed
            yield name
    if head := side.head(start):
        for shape, form in _HEADS:
            if form.search(head) and _CELL.fullmatch(text, start, end):
                yield start, end, shape


def _is_cited(side: Side, at: int) -> bool:
    floor = side.floor(at)
    return side.text.rfind("《", floor, at) > side.text.rfind("》", floor, at)


def apart(found: list[Held]) -> list[Held]:
    """Return what is held, in order; of two that overlap a field's value, else the longer."""
    if len(found) <= 1:
        return found
    told: list[Held] = []
    for each in sorted(found, key=lambda held: (held[2] is not Shape.FIELD, held[0] - held[1])):
        at = bisect_left(told, each[0], key=itemgetter(0))
        is_behind = at == 0 or told[at - 1][1] <= each[0]
        if is_behind and (at == len(told) or each[1] <= told[at][0]):
            told.insert(at, each)
    return told
