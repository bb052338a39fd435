"""The table at the head of a letter: 办理类别 | A类 | 协办 | 市财政局, in rows or in columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from letters.dates import find_date
from letters.labels import Label
from letters.late_pattern import late_pattern
from letters.letter import BlockKind
from letters.marks import are_marks, is_document_number, read_class, read_marks_of
from letters.name_lists import is_body, split_bodies
from letters.printed_page import Line
from letters.printed_value import PrintedValue
from letters.record_labels import RECORD_LABELS
from letters.sessions import find_session
from letters.table_labels import rows_of
from letters.text import HAN, squashed
from letters.titles import plain_number

# What the cells of such a table are labelled with besides the labels of records.
_LABELS = {
    **{name: field for name, field in RECORD_LABELS.items() if field},
    **dict.fromkeys(
        ("协办", "会办", "协办部门", "会办部门", "协同单位", "参办单位"), "co_handlers"
    ),
    **dict.fromkeys(("类别", "分类", "类型", "答复分类", "结果类别", "办理分类"), "result_class"),
    **dict.fromkeys(("办复类别", "办理结果分类", "解决程度", "办理程度", "结果"), "result_class"),
    **dict.fromkeys(("文号", "发文文号", "发文号", "函号", "编号"), "doc_number"),
}
_READ = {"co_handlers", "result_class", "doc_number", "feedback", "session", "number"}
HEAD_LABELS = frozenset(name for name, field in _LABELS.items() if field in _READ)
_NUMBERS = {"文号", "发文字号", "发文文号", "发文号"}  # these may have odd forms: 公告2024年第3号
_NUMBERED = late_pattern(rf"(?=.*\d)(?=.*[{HAN}])[^，。；]{{4,30}}")
_COUNT = "[一二三四五六七八九十0-9]{1,3}"
_SESSION = re.compile(f"第?{_COUNT}届第?{_COUNT}次(?:会议|全会)?")
_NUMBER = re.compile("第?[A-Za-z]{0,2}[0-9]{1,6}号?")
_TWO = 2  # rows of a table whose labels are over their values, and labels in it
_MARKS = "：:【】［］[] "


def read_head_tables(lines: Sequence[Line], until: int) -> Iterator[PrintedValue]:
    """Yield the values of the tables above block `until`; in cells of marks alone, the marks.

    What the letter's own words say counts before it. A value that is none by its form is left
    out.
    """
    for label in head_labels(lines, until):
        text = lines[label.block].text[label.start : label.end]
        for field, value in read_head_label(label.name, text):
            yield PrintedValue(field, value, label.block, label.start, label.end)
    for block, line in _tables(lines, until):
        cells = [cell for cell in chain.from_iterable(rows_of(line.text)) if cell[1]]
        marks = [
            replace(mark, start=start + mark.start, end=start + mark.end)
            for start, cell in (cells if all(are_marks(cell) for _, cell in cells) else ())
            for mark in read_marks_of(block, cell)
        ]
        fields = [mark.field for mark in marks]
        yield from (mark for mark in marks if fields.count(mark.field) == 1)


def head_labels(lines: Sequence[Line], until: int) -> Iterator[Label]:
    """Yield the labels of the tables above block `until` whose values can be read."""
    for block, line in _tables(lines, until):
        for label in _cells(block, line.text):
            if list(read_head_label(label.name, line.text[label.start : label.end])):
                yield label


def read_head_label(name: str, text: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield the field that a known label names and its value, if it is one by its form."""
    field = _LABELS.get(name)
    if field not in _READ or not _is_value(name, field, text):
        return
    if field == "co_handlers":
        yield field, split_bodies(text)
    elif field == "number":
        yield field, plain_number(text.removeprefix("第").removesuffix("号"))
    else:
        yield field, (read_class(text) or text) if field == "result_class" else text


def _tables(lines: Sequence[Line], until: int) -> Iterator[tuple[int, Line]]:
    above = enumerate(lines[:until])
    return ((block, line) for block, line in above if line.kind is BlockKind.TABLE)


def _cells(block: int, text: str) -> Iterator[Label]:
    """Yield the known labels beside their values, or over them in a table of two rows."""
    rows = list(rows_of(text))
    names = [[squashed(cell).strip(_MARKS) for _, cell in row] for row in rows]
    pairs = [
        (names[n][at], row[at + 1])
        for n, row in enumerate(rows)
        for at in range(len(row) - 1)
        if names[n][at] in _LABELS and names[n][at + 1] not in _LABELS
    ]
    is_over = len(rows) == _TWO and len(rows[0]) == len(rows[1])
    is_over = is_over and not any(map(_LABELS.__contains__, names[1]))
    if is_over and sum(map(_LABELS.__contains__, names[0])) >= _TWO:
        pairs = [pair for pair in zip(names[0], rows[1], strict=True) if pair[0] in _LABELS]
    for name, (start, value) in pairs:
        yield Label(name, block, start, start + len(value))


def _is_value(name: str, field: str, value: str) -> bool:
    bodies = split_bodies(value) if field == "co_handlers" else ()
    forms = {
        "result_class": read_class(value) is not None,
        "co_handlers": bool(bodies) and all(map(is_body, bodies)),
        "doc_number": is_document_number(value) or (name in _NUMBERS and _is_numbered(value)),
        "session": find_session(value) == value or bool(_SESSION.fullmatch(value)),
        "number": bool(_NUMBER.fullmatch(value)),
    }
    return forms.get(field, bool(value))


def _is_numbered(value: str) -> bool:
    return bool(_NUMBERED().fullmatch(value)) and find_date(value) is None
