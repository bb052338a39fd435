"""Labelled fields in the cells of a table: 案由 | … | 提案人 | …, with colons or without."""

from collections.abc import Iterator
from itertools import pairwise

from letters.labels import Label, label_at
from letters.late_pattern import late_pattern
from letters.record_labels import RECORD_LABELS
from letters.text import HAN, squashed

_SHORT = late_pattern(rf"[{HAN}](?: ?[{HAN}]){{1,8}} ?[：:]?")  # a label that is not known
Cell = tuple[int, str]  # where it starts in the table's text


def find_cells(block: int, text: str) -> list[Label]:
    """Return the labels of a table whose cells are labels and values; of no other table."""
    rows = list(rows_of(text))
    if _list_head(rows) is not None:
        return []
    return [label for number in range(len(rows)) for label in _in_row(block, rows, number)]


def is_list(text: str) -> bool:
    """Return whether a table has a head of labels over several rows: a paper in each."""
    rows = list(rows_of(text))
    head = _list_head(rows)
    return head is not None and sum(len(row) == len(rows[head]) for row in rows[head + 1 :]) > 1


def _list_head(rows: list[list[Cell]]) -> int | None:
    """Return the row that is the head of a list: its columns have one label each."""
    numbered = enumerate(rows)
    heads = (n for n, row in numbered if any(_known(a) and _known(b) for a, b in pairwise(row)))
    return next(heads, None)


def rows_of(text: str) -> Iterator[list[Cell]]:
    """Yield the cells of each row of a table's text, each with where it starts."""
    start = 0
    for line in text.split("\n"):
        row: list[Cell] = []
        for cell in line.split("\t"):
            row.append((start, cell))
            start += len(cell) + 1
        yield row


def _in_row(block: int, rows: list[list[Cell]], number: int) -> Iterator[Label]:
    row = rows[number]
    below = rows[number + 1] if number + 1 < len(rows) else []
    if len(row) == 1 and len(below) == 1 and _known(row[0]):
        yield _label(block, row[0], below[0])
        return
    taken = -1
    for place, cell in enumerate(row):
        if place == taken:
            continue
        paired = len(row) % 2 == 0 and place % 2 == 0 and _SHORT().fullmatch(cell[1])
        if place + 1 < len(row) and (_known(cell) or paired):
            yield _label(block, cell, row[place + 1])
            taken = place + 1
        elif (within := label_at(cell[1])) and within[1] < len(cell[1]):
            yield Label(within[0], block, cell[0] + within[1], cell[0] + len(cell[1]))


def _known(cell: Cell) -> bool:
    return _name(cell) in RECORD_LABELS


def _name(cell: Cell) -> str:
    return squashed(cell[1]).strip("：:【】［］")


def _label(block: int, cell: Cell, value: Cell) -> Label:
    return Label(_name(cell), block, value[0], value[0] + len(value[1]))
