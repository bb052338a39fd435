"""The text of an OFD (GB/T 33190): the objects of text of each page, line by line."""

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from crawler.attachment.text.limits import (
    MOST_PAGES,
    Room,
    ScannedFileError,
    TooLargeFileError,
    UnreadableFileError,
    open_package,
)
from crawler.attachment.text.markup import parse_member
from crawler.attachment.text.page_edges import PrintedLine, without_margins
from crawler.attachment.text.paragraphs import joined
from crawler.attachment.text.pictures import picture_digest
from letters.file_text import FilePage
from letters.text import canonical

_OFD = "{http://www.ofdspec.org/2016}"
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".jb2", ".gbig2")
_SAME_LINE = 1.0  # millimetres in height between what stands in one line
_MARGIN = 0.12  # of a page's height
_HEIGHT = 297.0  # millimetres of a page that does not say its own


def read_ofd(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the pages of a document and the digest of its pictures.

    Raises UnreadableFileError, ScannedFileError or TooLargeFileError.
    """
    with open_package(body) as package:
        pictures = [each for each in package.namelist() if each.lower().endswith(_PICTURES)]
        names = list(_page_names(package))
        if len(names) > MOST_PAGES:
            raise TooLargeFileError(f"more than {MOST_PAGES} pages")
        room = Room()
        printed = [list(_lines(parse_member(package, name), room)) for name in names]
        pages = without_margins(printed)
        if not any(pages) and pictures:
            raise ScannedFileError
        digest = picture_digest(package.read(each) for each in pictures)
        labelled = (FilePage(tuple(joined(each)), f"第{at}页") for at, each in enumerate(pages, 1))
        return tuple(labelled), digest


def _page_names(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the members that are the pages, in their order."""
    root = parse_member(package, "OFD.xml").findtext(f".//{_OFD}DocRoot")
    if not root:
        raise UnreadableFileError("it names no document")
    root = root.strip().lstrip("/")
    for page in parse_member(package, root).iterfind(f"{_OFD}Pages/{_OFD}Page"):
        place = page.get("BaseLoc", "")
        is_absolute = place.startswith("/")
        folder = "" if is_absolute else posixpath.dirname(root)
        yield posixpath.normpath(posixpath.join(folder, place.lstrip("/")))


def _lines(page: etree._Element, room: Room) -> Iterator[PrintedLine]:
    """Yield what is printed, in the order of the document; what goes on in a line is one."""
    height = _number(page.findtext(f"{_OFD}Area/{_OFD}PhysicalBox") or "", 3) or _HEIGHT
    inner = _MARGIN * height, (1 - _MARGIN) * height
    text, at = "", 0.0
    for drawn in page.iter(f"{_OFD}TextObject"):
        top = _number(drawn.get("Boundary", ""), 1)
        for code in drawn.iter(f"{_OFD}TextCode"):
            y = top + _number(code.get("Y", ""), 0)
            if text and abs(y - at) > _SAME_LINE:
                yield from _line(text, at, inner)
                text = ""
            text, at = text + room.take(code.text or ""), y
    yield from _line(text, at, inner)


def _line(text: str, at: float, inner: tuple[float, float]) -> Iterator[PrintedLine]:
    if line := canonical(text):
        yield PrintedLine(line, not inner[0] < at < inner[1])


def _number(value: str, at: int) -> float:
    """Return number `at` of those that an attribute lists; 0 where there is none."""
    numbers = value.split()
    try:
        return float(numbers[at])
    except (IndexError, ValueError):
        return 0.0
