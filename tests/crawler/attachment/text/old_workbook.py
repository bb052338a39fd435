"""Composes workbooks of Excel 97 (BIFF 8)."""

import struct
from collections.abc import Sequence

from replica.office_files import compound

GENERAL, PERCENT, DATE = 0, 10, 14  # built-in formats
_FORMATS = (GENERAL, PERCENT, DATE)
_BEGIN, _END, _SHEET, _FONT, _FORMAT, _NUMBER, _LABEL = 0x809, 0x0A, 0x85, 0x31, 0xE0, 0x203, 0x204
_GLOBALS, _WORKSHEET = 0x0005, 0x0010
Cell = str | float | tuple[float, int] | None  # a number alone is of the general format


def xls(*rows: Sequence[Cell], hidden: Sequence[Sequence[Cell]] = ()) -> bytes:
    """Return a workbook of a visible sheet, 项目, and one that is hidden."""
    sheets = [("项目", 0, _sheet(rows)), ("藏", 1, _sheet(hidden))]
    head = _record(_BEGIN, struct.pack("<HHHHII", 0x600, _GLOBALS, 0, 1996, 0, 0))
    head += _record(
        _FONT, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + _text("宋体", "B")
    )
    for form in _FORMATS:
        head += _record(_FORMAT, struct.pack("<HHH", 0, form, 0) + bytes(14))
    size = len(head) + sum(len(_listed(name, 0, state)) for name, state, _ in sheets) + 4
    for name, state, content in sheets:
        head += _listed(name, size, state)
        size += len(content)
    whole = head + _record(_END, b"") + b"".join(content for *_, content in sheets)
    return compound({"Workbook": whole})


def _listed(name: str, place: int, state: int) -> bytes:
    return _record(_SHEET, struct.pack("<IBB", place, state, 0) + _text(name, "B"))


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    content = _record(_BEGIN, struct.pack("<HHHHII", 0x600, _WORKSHEET, 0, 1996, 0, 0))
    for at, row in enumerate(rows):
        content += b"".join(_cell(at, column, cell) for column, cell in enumerate(row))
    return content + _record(_END, b"")


def _cell(row: int, column: int, cell: Cell) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, str):
        return _record(_LABEL, struct.pack("<HHH", row, column, 0) + _text(cell, "H"))
    value, form = cell if isinstance(cell, tuple) else (cell, GENERAL)
    return _record(_NUMBER, struct.pack("<HHHd", row, column, _FORMATS.index(form), value))


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
