"""The text of a PDF, read by PDFium, without what stands at the edges of each page."""

import ctypes
import hashlib
from collections.abc import Iterator
from contextlib import closing
from itertools import chain

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.attachment.text.limits import (
    MOST_PAGES,
    Room,
    ScannedFileError,
    TooLargeFileError,
    UnreadableFileError,
)
from crawler.attachment.text.page_edges import PrintedLine, without_margins
from crawler.attachment.text.paragraphs import joined
from crawler.attachment.text.pictures import picture_digest
from letters.file_text import UNNAMED, FilePage
from letters.text import canonical

_MOST_UNNAMED = 0.1  # share of characters that no font names, from which on nothing is read
_MARGIN = 0.12  # of a page's height: what stands there may be its number, header or footer
_MOST_NESTED = 5  # forms within forms in which pictures are sought
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE  # the recognised text behind a scanned page
_PICTURE, _SHAPE = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH

Characters = Iterator[tuple[str, int]]  # each with its number on the page


def read_pdf(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the pages of a PDF and the digest of its pictures.

    Raises UnreadableFileError for one that is broken, encrypted, or whose fonts do not name the
    characters that they draw; ScannedFileError, TooLargeFileError.
    """
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        is_locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        raise UnreadableFileError("it is encrypted" if is_locked else "it is broken") from error
    with document:
        if len(document) > MOST_PAGES:
            raise TooLargeFileError(f"more than {MOST_PAGES} pages")
        return _read(document)


def _read(document: pypdfium2.PdfDocument) -> tuple[tuple[FilePage, ...], str | None]:
    room = Room()
    printed: list[list[PrintedLine]] = []
    pictures: list[bytes] = []
    has_shapes = False
    for number in range(len(document)):
        with closing(_page(document, number)) as page:
            printed.append(list(_lines(page, room)))
            for kind, content in _drawn(page):
                has_shapes = has_shapes or kind == _SHAPE
                pictures += [content] if kind == _PICTURE else []
    _ensure_named("".join(line.text for lines in printed for line in lines))
    pages = without_margins(printed)
    if not any(pages) and (pictures or has_shapes):
        raise ScannedFileError
    labelled = (FilePage(tuple(joined(each)), f"第{at}页") for at, each in enumerate(pages, 1))
    return tuple(labelled), picture_digest(pictures)


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"its page {number + 1} is broken") from error


def _lines(page: pypdfium2.PdfPage, room: Room) -> Iterator[PrintedLine]:
    """Yield the lines of a page in the order in which they are drawn."""
    _, bottom, _, top = page.get_cropbox()
    margin = _MARGIN * (top - bottom)
    text, height = "", bottom + margin
    with closing(page.get_textpage()) as textpage:
        for char, at in chain(_characters(page, textpage), [("\n", 0)]):
            if char != "\n":
                height = height if text.strip() else _height(textpage, at)
                text += room.take(char)
            elif line := canonical(_whole(text)):
                yield PrintedLine(line, not bottom + margin < height < top - margin)
            text = "" if char == "\n" else text


def _characters(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Characters:
    """Yield the characters that a reader sees, with their numbers."""
    has_invisible = _has_invisible(page)  # to ask each character would take twice as long
    raw = textpage.raw
    for at in range(textpage.count_chars()):
        if has_invisible and _is_invisible(raw, at):
            continue
        code = pdfium.FPDFText_GetUnicode(raw, at)
        is_named = code and pdfium.FPDFText_HasUnicodeMapError(raw, at) == 0
        # A line break and the blank of a gap are found between the characters, and have no font.
        is_named = is_named or pdfium.FPDFText_IsGenerated(raw, at) == 1
        yield (chr(code) if is_named else UNNAMED), at


def _has_invisible(page: pypdfium2.PdfPage) -> bool:
    drawn = page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_MOST_NESTED)
    return any(pdfium.FPDFTextObj_GetTextRenderMode(each.raw) == _INVISIBLE for each in drawn)


def _is_invisible(raw: object, at: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(raw, at)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE


def _whole(text: str) -> str:
    """Return a text whose characters beyond U+FFFF came in two halves; half a one is unnamed."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _height(textpage: pypdfium2.PdfTextPage, at: int) -> float:
    """Return how high in its page a character stands, in points."""
    _, low, _, high = textpage.get_charbox(at)
    return float(low + high) / 2


def _ensure_named(text: str) -> None:
    if text and text.count(UNNAMED) > _MOST_UNNAMED * len(text):
        raise UnreadableFileError("its fonts do not say which characters they draw")


def _drawn(page: pypdfium2.PdfPage) -> Iterator[tuple[int, bytes]]:
    """Yield the kind of each object that a page draws, of a picture the sha256 of its bytes."""
    for each in page.get_objects(max_depth=_MOST_NESTED):
        yield each.type, _picture(each) if each.type == _PICTURE else b""


def _picture(drawn: pypdfium2.PdfObject) -> bytes:
    size = pdfium.FPDFImageObj_GetImageDataDecoded(drawn.raw, None, 0)
    content = (ctypes.c_ubyte * size)()
    pdfium.FPDFImageObj_GetImageDataDecoded(drawn.raw, content, size)
    return hashlib.sha256(content).digest()
