"""Finds all names in a stretch of a body: bodies, companies, places, persons, list entries."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from differ.body_text import BodyText
from differ.names.companies import companies
from differ.names.labelled_persons import labelled_persons
from differ.names.list_entries import list_entries
from differ.names.local_places import local_places
from differ.tokens.token import TokenKind, TokenSpan
from letters.text import HAN

# What the cells of a column are by its head.
_BODY_COLUMN = re.compile(
    "(?:单位|机构|企业|公司|商户|厂家|部门|中标人|承包人|学校|医院)(?:名称|全称)?$"
)
_PERSON_COLUMN = re.compile("姓名|(?:联系|负责|责任|经办|法定代表)人$|河长$")
_COLUMNS = ((TokenKind.BODY, _BODY_COLUMN), (TokenKind.PERSON, _PERSON_COLUMN))
_CELL = re.compile(rf"(?=.*[{HAN}])[^、，。；]{{2,30}}")


def find_names(body: BodyText, start: int, end: int) -> list[TokenSpan]:
    """Return the names in the clauses that `start` to `end` touches, in order."""
    names: list[TokenSpan] = []
    for clause in body.clauses(start, end):
        if clause not in body.names:
            body.names[clause] = without_overlaps([*_names_in(body, *clause)])
        names += body.names[clause]
    return names


def _names_in(body: BodyText, start: int, end: int) -> Iterator[TokenSpan]:
    text = body.text
    yield from local_places(text, start, end)
    for low, high in labelled_persons(text, start, end):
        yield low, high, TokenKind.PERSON
    firms = [(low, high, TokenKind.BODY) for low, high in companies(text, start, end)]
    for name in (*firms, *list_entries(text, start, end)):
        if not _is_cited(body, name[0]):  # inside a title the changed words are reported
            yield name
    yield from _cell_names(body, start, end)


def _cell_names(body: BodyText, start: int, end: int) -> Iterator[TokenSpan]:
    """Yield a whole table cell for each kind of name that the head of its column says."""
    if head := body.column_head(start):
        for kind, column in _COLUMNS:
            if column.search(head) and _CELL.fullmatch(body.text, start, end):
                yield start, end, kind


def _is_cited(body: BodyText, at: int) -> bool:
    """Return whether `at` is inside a 《title》."""
    block_start = body.block_start(at)
    return body.text.rfind("《", block_start, at) > body.text.rfind("》", block_start, at)


def without_overlaps(spans: list[TokenSpan]) -> list[TokenSpan]:
    """Return the spans in order; of two that overlap a field's value counts, else the longer."""
    if len(spans) <= 1:
        return spans
    chosen: list[TokenSpan] = []
    for span in sorted(spans, key=_precedence):
        at = bisect_left(chosen, span[0], key=itemgetter(0))
        is_behind = at == 0 or chosen[at - 1][1] <= span[0]
        if is_behind and (at == len(chosen) or span[1] <= chosen[at][0]):
            chosen.insert(at, span)
    return chosen


def _precedence(span: TokenSpan) -> tuple[bool, int]:
    start, end, kind = span
    return kind is not TokenKind.FIELD, start - end
