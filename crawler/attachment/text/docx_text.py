"""The text of a DOCX: its paragraphs and tables as a reader sees them, in reading order."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from crawler.attachment.text.docx_parts import beside_document
from crawler.attachment.text.limits import Room, UnreadableFileError, open_package
from crawler.attachment.text.markup import parse_member
from crawler.attachment.text.pictures import picture_digest
from letters.file_text import FilePage
from letters.text import canonical

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {"del", "moveFrom", "instrText", "rPr", "pPr", "tblPr", "sectPr"}  # tracked as gone …
_DOCUMENT = "word/document.xml"
_MEDIA = "word/media/"


def read_docx(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the text of a document as one page without a label, and the digest of its pictures.

    Raises UnreadableFileError or TooLargeFileError.
    """
    with open_package(body) as package:
        if _DOCUMENT not in package.namelist():
            raise UnreadableFileError("it holds no document")
        root = parse_member(package, _DOCUMENT)
        room = Room()
        parts = beside_document(package, root)
        headers = dict.fromkeys(line for part in parts.headers for line in _lines(part))
        footers = dict.fromkeys(line for part in parts.footers for line in _lines(part))
        notes = (line for part in parts.notes for line in _lines(part))
        whole = (
            *headers,
            *_lines(root),
            *notes,
            *(each for each in footers if each not in headers),
        )
        lines = tuple(room.take(line) for line in whole if line.strip())
        return (FilePage(lines),), picture_digest(_pictures(package))


def _pictures(package: zipfile.ZipFile) -> Iterator[bytes]:
    for name in package.namelist():
        if name.startswith(_MEDIA):
            yield package.read(name)


def _name(element: etree._Element) -> str:
    """Return the name of an element of WordprocessingML; "" for any other."""
    tag = element.tag if isinstance(element.tag, str) else ""
    for space in (_WORD, _STRICT):
        if tag.startswith(space):
            return tag.removeprefix(space)
    return "Fallback" if tag == _FALLBACK else ""


def _lines(element: etree._Element) -> Iterator[str]:
    """Yield the lines within an element: of a paragraph its text, of a table its rows."""
    for child in element:
        name = _name(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield from _rows(child)
        elif name not in _UNSEEN and name != "Fallback":
            yield from _lines(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    """Yield the lines of a paragraph, then those of the boxes of text that it anchors."""
    yield from map(canonical, "".join(_words(paragraph)).split("\n"))
    for box in paragraph.iter(f"{_WORD}txbxContent", f"{_STRICT}txbxContent"):
        if not any(_name(above) in {"Fallback", "del"} for above in box.iterancestors()):
            yield from _lines(box)


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in {"br", "cr"}:
            yield "\n"
        elif name == "tab":
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _UNSEEN | {"Fallback", "txbxContent"} and not _is_hidden(child):
            yield from _words(child)


def _is_hidden(run: etree._Element) -> bool:
    """Return whether a run of text is one that Word does not show."""
    for each in run.iterchildren():
        if _name(each) == "rPr":
            hides = (mark for mark in each if _name(mark) == "vanish")
            return any(_is_on(mark) for mark in hides)
    return False


def _is_on(mark: etree._Element) -> bool:
    values = (value for name, value in mark.items() if name.endswith("}val"))
    return next(values, "1") not in {"0", "false", "off"}


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iter(f"{_WORD}tr", f"{_STRICT}tr"):
        cells = [each for each in row.iter(f"{_WORD}tc", f"{_STRICT}tc") if _row_of(each) is row]
        if cells and _table_of(row) is table:
            yield "\t".join(canonical(" ".join(_lines(cell))) for cell in cells)


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next((each for each in cell.iterancestors() if _name(each) == "tr"), None)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next((each for each in row.iterancestors() if _name(each) == "tbl"), None)
