"""The text of a document that Office saved as HTML, or as MHTML, and calls .doc or .xls."""

import email
import re
from collections.abc import Iterator

from lxml import etree, html

from crawler.attachment.text.cells import row_line
from crawler.attachment.text.limits import Room, UnreadableFileError
from crawler.http.decoding import UndecodableError, decode
from letters.file_text import FilePage
from letters.text import canonical

_MHTML = b"MIME-Version:"
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml(?!.{0,2000}<html)", re.DOTALL | re.IGNORECASE)
_UNSEEN = {"head", "script", "style", "title", "xml", "template", "noscript"}
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "ul", "ol", "body", "table"}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def read_html(body: bytes) -> tuple[tuple[FilePage, ...], str | None]:
    """Return the text of a document as one page.

    Raises UnreadableFileError or TooLargeFileError.
    """
    if body.startswith(_MHTML):
        body, kind = _page_within(body)
    elif _XML.match(body):
        raise UnreadableFileError("it is of a kind that is not read")
    else:
        kind = ""
    try:
        root = html.document_fromstring(_without_declaration(decode(body, kind)))
    except (UndecodableError, etree.ParserError) as error:
        raise UnreadableFileError(f"it is broken: {error}") from error
    room = Room()
    lines = (room.take(line) for line in _lines(root))
    return (FilePage(tuple(line for line in lines if line)),), None


def _page_within(body: bytes) -> tuple[bytes, str]:
    """Return the page of an MHTML, and its type; raise UnreadableFileError where it has none."""
    for part in email.message_from_bytes(body).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content, part.get("Content-Type", "")
    raise UnreadableFileError("it holds no document")


def _without_declaration(page: str) -> str:
    """Return a page without the XML declaration, which lxml takes in no text."""
    return re.sub(r"^\s*<\?xml[^>]*>", "", page)


def _lines(root: html.HtmlElement) -> Iterator[str]:
    """Yield the lines that a reader sees; a row of a table is one."""
    for line in "".join(_words(root)).split("\n"):
        yield "\t".join(map(canonical, line.split("\t")))  # of a row its cells


def _words(element: html.HtmlElement) -> Iterator[str]:
    if element.tag == "tr":
        yield "\n" + row_line([_cell(each) for each in element.iterchildren("td", "th")]) + "\n"
        return
    is_block = element.tag in _BLOCKS
    yield "\n" if is_block else ""
    yield _flat(element.text)
    for child in element:
        if isinstance(child.tag, str) and not _is_unseen(child):
            yield from _words(child)
        yield _flat(child.tail)
    yield "\n" if is_block else ""


def _cell(cell: html.HtmlElement) -> str:
    return canonical("".join(_words(cell)))


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_unseen(element: html.HtmlElement) -> bool:
    return element.tag in _UNSEEN or bool(_HIDDEN.search(element.get("style", "")))
