"""The text of an XLSX: the visible sheets, row by row, with values as they were last computed."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from crawler.attachment.text.cells import row_line, shown_number
from crawler.attachment.text.limits import (
    Room,
    UnreadableFileError,
    open_package,
)
from crawler.attachment.text.pictures import picture_digest
from letters.file_text import FilePage
from letters.text import canonical

_MEDIA = "xl/media/"


def read_xlsx(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the visible sheets of a workbook, by their names, and the digest of its pictures.

    Raises UnreadableFileError or TooLargeFileError.
    """
    with open_package(body) as package:
        media = [name for name in package.namelist() if name.startswith(_MEDIA)]
        pictures = picture_digest(package.read(name) for name in media)
    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError) as error:
        raise UnreadableFileError(f"its workbook is broken: {error}") from error
    room = Room()
    shown = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    return tuple(FilePage(tuple(_lines(each, room)), each.title) for each in shown), pictures


def _lines(sheet: Any, room: Room) -> Iterator[str]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    for row in sheet.iter_rows():
        if line := row_line([room.take_cell(_shown(cell)) for cell in row]):
            yield line


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown_number(value, cell.number_format or "")
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else canonical(str(value))
