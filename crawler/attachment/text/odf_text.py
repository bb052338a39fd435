"""The text of OpenDocument: of a text its paragraphs and tables, of a workbook its sheets."""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from crawler.attachment.text.cells import row_line
from crawler.attachment.text.limits import Room, UnreadableFileError, open_package
from crawler.attachment.text.markup import parse_member
from crawler.attachment.text.pictures import picture_digest
from letters.file_text import FilePage
from letters.text import canonical

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE = f"{_SPACE}office:1.0}}", f"{_SPACE}text:1.0}}", f"{_SPACE}table:1.0}}"
_STYLE = f"{_SPACE}style:1.0}}"
_UNSEEN = {  # deleted text that is tracked, comments, what a script is told
    *(f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}ruby-text"),
    f"{_TABLE}tracked-changes",
}
_MOST_REPEATED = 1000  # times that a row or a cell that says something stands there again
_PICTURES = "Pictures/"


def read_odf(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return a text as one page without a label, a workbook's visible sheets by their names.

    Raises UnreadableFileError or TooLargeFileError.
    """
    with open_package(body) as package:
        root = parse_member(package, "content.xml")
        digest = picture_digest(_pictures(package))
    content = root.find(f"{_OFFICE}body")
    document = None if content is None else next(iter(content), None)
    room = Room()
    if document is None:
        raise UnreadableFileError("it holds no document")
    if document.tag == f"{_OFFICE}spreadsheet":
        return tuple(_sheets(root, document, room)), digest
    lines = tuple(room.take(line) for line in _lines(document, room) if line)
    return (FilePage(lines),), digest


def _pictures(package: ZipFile) -> Iterator[bytes]:
    for name in package.namelist():
        if name.startswith(_PICTURES):
            yield package.read(name)


def _sheets(root: etree._Element, book: etree._Element, room: Room) -> Iterator[FilePage]:
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for each in style.iter(f"{_STYLE}table-properties")
        if each.get(f"{_TABLE}display") == "false"
    }
    for sheet in book.iterfind(f"{_TABLE}table"):
        if sheet.get(f"{_TABLE}style-name") not in hidden:
            rows = tuple(room.take(row) for row in _rows(sheet, room))
            yield FilePage(rows, sheet.get(f"{_TABLE}name"))


def _lines(element: etree._Element, room: Room) -> Iterator[str]:
    """Yield the lines within an element: of a paragraph its text, of a table its rows."""
    for child in element:
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            yield from map(canonical, "".join(_words(child)).split("\n"))
        elif child.tag == f"{_TABLE}table":
            yield from _rows(child, room)
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _lines(child, room)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            yield " "
        elif child.tag in {f"{_TEXT}line-break", f"{_TEXT}p", f"{_TEXT}h"}:
            yield "\n"
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _words(child)
        yield child.tail or ""


def _rows(table: etree._Element, room: Room) -> Iterator[str]:
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is not table:
            continue  # of a table within a cell, whose text that cell has
        if line := row_line(list(_cells(row, room))):
            yield from [line] * _times(row, f"{_TABLE}number-rows-repeated")


def _cells(row: etree._Element, room: Room) -> Iterator[str]:
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        text = room.take_cell(canonical(" ".join(filter(None, _lines(cell, room)))))
        yield from [text] * _times(cell, f"{_TABLE}number-columns-repeated")


def _times(element: etree._Element, attribute: str) -> int:
    said = element.get(attribute, "1")
    return min(int(said) if said.isdecimal() else 1, _MOST_REPEATED)
