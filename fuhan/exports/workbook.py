"""Rows as a workbook for Excel and its like (XLSX), written row by row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from fuhan.exports.edit_rows import COLUMNS, Cell

_SHEET_ROWS = 1_000_000  # of one sheet, which can hold 1,048,576
_CELL_CHARACTERS = 32_767  # the most that a cell can hold
_MOMENT = "yyyy-mm-dd hh:mm:ss"
_WIDTHS = {"subject": 40, "title": 40, "old": 30, "new": 30, "context": 50, "url": 40}
_WIDTH = 14  # characters, of the other columns
_MOMENT_WIDTH = 20


def write_workbook(rows: Iterable[Mapping[str, Cell]], target: Path, zone: ZoneInfo) -> None:
    """Write rows of `edit_rows`, moments on the clock of `zone`, which the heads name.

    What a publisher wrote is a text, never a formula. A text that no cell can hold is cut.
    """
    workbook = Workbook(write_only=True)
    remaining = iter(rows)
    _write_sheet(workbook, islice(remaining, _SHEET_ROWS), zone)
    while row := next(remaining, None):
        _write_sheet(workbook, (row, *islice(remaining, _SHEET_ROWS - 1)), zone)
    workbook.save(target)


def _write_sheet(workbook: Any, rows: Iterable[Mapping[str, Cell]], zone: ZoneInfo) -> None:
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for place, (name, of_type) in enumerate(COLUMNS.items()):
        width = _WIDTHS.get(name, _MOMENT_WIDTH if of_type is datetime else _WIDTH)
        sheet.column_dimensions[_column(place)].width = width
    heads = (f"{name} ({zone})" if of is datetime else name for name, of in COLUMNS.items())
    sheet.append([_cell(sheet, head, zone) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value, zone) for value in row.values()])


def _column(place: int) -> str:
    """Return the letters of a column by its place, from 0.

    >>> _column(0), _column(25), _column(27)
    ('A', 'Z', 'AB')
    """
    before, own = divmod(place, 26)
    return ("" if before == 0 else _column(before - 1)) + chr(ord("A") + own)


def _cell(sheet: Any, value: Cell, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.astimezone(zone).replace(tzinfo=None, microsecond=0))
        cell.number_format = _MOMENT
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", _storable(value))[:_CELL_CHARACTERS]
    cell.data_type = "s"  # else what begins with = is a formula
    cell.quotePrefix = True  # which keeps it a text where somebody edits it
    return cell


def _storable(text: str) -> str:
    """Return `text` without halves of characters, which no UTF-8 holds."""
    return text.encode("utf-8", "replace").decode("utf-8")
