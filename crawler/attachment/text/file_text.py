"""Reads the text of a file by what its bytes are, whatever its name says.

To be done in a process of its own (`reading_server`): a hostile file may make a library loop,
crash, or swell, and must not stop a crawl.
"""

import io
import re
import struct
from importlib import import_module

import olefile

from crawler.attachment.text.limits import (
    ScannedFileError,
    TooLargeFileError,
    UnreadableFileError,
    open_package,
)
from letters.file_text import UNNAMED, FilePage, FileText, TextState
from letters.text import canonical

READER = "2"  # raised whenever the same bytes would give another text

_HALVES = re.compile("[\ud800-\udfff]")
_PDF = re.compile(rb"%PDF-")
_PDF_WITHIN = 1024  # bytes; readers take a PDF that begins so late
_PACKAGE, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_MEMBERS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "OFD.xml": "ofd",
    "content.xml": "odf",
}
_RTF = b"{\\rt"
# Documents that Office saves as HTML or MHTML; of XML it is said that it is not read.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-z!?]|MIME-Version:", re.IGNORECASE)
_OF_OFFICE = re.compile(rb"schemas-microsoft-com:office|<\?mso-application|^mime-version:")
_HEAD = 4096  # bytes in which a page says what it is
_WORKBOOKS = ("Workbook", "Book")  # streams of Excel, of 97 and of before
_ROOM = "crawler.attachment.text"


def read_file_text(body: bytes) -> FileText:
    """Return the text of a file, or why it was not read.

    Raises whatever the libraries raise for a file that breaks them.
    """
    try:
        form = _format(body)
        # Only what reads this format is loaded: most processes read one file.
        read = getattr(import_module(f"{_ROOM}.{form}_text"), f"read_{form}")
        pages, pictures = read(body)
    except ScannedFileError:
        return FileText(TextState.SCANNED, READER)
    except TooLargeFileError as error:
        return FileText(TextState.TOO_LARGE, READER, reason=_storable(str(error)))
    except UnreadableFileError as error:
        return FileText(TextState.UNREADABLE, READER, reason=_storable(str(error)))
    return FileText(TextState.READ, READER, tuple(map(_storable_page, pages)), pictures)


def _storable_page(page: FilePage) -> FilePage:
    label = page.label if page.label is None else _storable(page.label)
    return FilePage(tuple(map(_storable, page.lines)), label)


def _storable(text: str) -> str:
    """Return a text that any database takes: no control characters, no half of a character."""
    return "\t".join(canonical(_HALVES.sub(UNNAMED, cell)) for cell in text.split("\t"))


def _format(body: bytes) -> str:
    """Return what reads a file: the part of a module's name before `_text`."""
    if _PDF.search(body[:_PDF_WITHIN]):
        return "pdf"
    if body.startswith(_PACKAGE):
        return _packed_format(body)
    if body.startswith(_PICTURES):
        raise ScannedFileError
    if body.startswith(_COMPOUND):
        return "xls" if _is_workbook(body) else "doc"
    if body.startswith(_RTF):
        return "rtf"
    if is_site_page(body):
        return "page"
    return "html" if _MARKUP.match(body) else "plain"


def is_site_page(body: bytes) -> bool:
    """Return whether bytes are a page of a site, and not a document that Office saved as one."""
    head = body[:_HEAD].lower()
    return bool(_MARKUP.match(body)) and b"<title" in head and not _OF_OFFICE.search(head)


def _packed_format(body: bytes) -> str:
    with open_package(body) as package:
        named = (_MEMBERS[name] for name in package.namelist() if name in _MEMBERS)
        form = next(named, None)
    if form is None:
        raise UnreadableFileError("it is of a kind that is not read")
    return form


def _is_workbook(body: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            return any(map(file.exists, _WORKBOOKS))
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise UnreadableFileError(f"it is broken: {error}") from error
