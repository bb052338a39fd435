"""The text of the older Excel and of ET, read by xlrd: the visible sheets, row by row."""

import struct
import sys
from collections.abc import Iterator

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Cell, Sheet

from crawler.attachment.text.cells import row_line, shown_number
from crawler.attachment.text.limits import Room, UnreadableFileError
from letters.file_text import FilePage
from letters.text import canonical

_VISIBLE = 0
# What xlrd raises for a file that is not as the format has it.
_DAMAGE = (xlrd.XLRDError, CompDocError, struct.error, LookupError, ValueError, AssertionError)


def read_xls(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the visible sheets of a workbook, by their names.

    Raises UnreadableFileError or TooLargeFileError.
    """
    try:
        # What xlrd warns of must not come among what this process prints.
        book = xlrd.open_workbook(
            file_contents=body, formatting_info=True, ragged_rows=True, logfile=sys.stderr
        )
    except _DAMAGE as error:
        is_locked = "encrypted" in str(error)
        raise UnreadableFileError("it is encrypted" if is_locked else "it is broken") from error
    room = Room()
    shown = (sheet for sheet in book.sheets() if sheet.visibility == _VISIBLE)
    return tuple(FilePage(tuple(_lines(book, each, room)), each.name) for each in shown), None


def _lines(book: Book, sheet: Sheet, room: Room) -> Iterator[str]:
    for cells in sheet.get_rows():
        if line := row_line([room.take_cell(_shown(book, cell)) for cell in cells]):
            yield line


def _shown(book: Book, cell: Cell) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return shown_number(cell.value, _form(book, cell))
        case xlrd.XL_CELL_DATE:
            return _date(book, cell)
        case xlrd.XL_CELL_BOOLEAN:
            return str(bool(cell.value)).upper()
        case xlrd.XL_CELL_TEXT:
            return canonical(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
    return ""


def _form(book: Book, cell: Cell) -> str:
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _date(book: Book, cell: Cell) -> str:
    try:
        at = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    except (xlrd.xldate.XLDateError, OverflowError):
        return shown_number(cell.value, "")
    if cell.value < 1:  # a time of any day
        return str(at.time().isoformat())
    has_time = at.hour or at.minute or at.second
    return str(at.isoformat() if has_time else at.date().isoformat())
