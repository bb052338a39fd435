"""The body of a page: its element to lines of canonical text, markup forgotten."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.elements import with_ancestors
from crawler.page.counters import END, LINK, without_counter, without_counters_of_links
from crawler.page.description_list import labels_of_lists
from crawler.page.visit_dates import says_now, speaks_of_now
from letters.letter import BlockKind
from letters.printed_page import Line
from letters.text import canonical

# What is in a body's element without being text of the letter: code, the QR code with its
# caption, share bars, players, and what no browser shows.
NO_TEXT = (
    "title, script, style, noscript, noframes, noembed, template, iframe, canvas, object, select, "
    "button, audio, video, datalist, dialog:not([open]), rp, #div_div, #qr_container, .qrcode, "
    ".article_qrcode_area, .bdsharebuttonbox, .share, .detail_video, .article_relalinks, .ewm"
)
# Elements at which a browser breaks the line.
BLOCKS = {
    "p", "div", "section", "article", "center", "blockquote", "pre", "ul", "ol", "li", "dl", "dt",
    "dd", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "tbody", "thead", "table", "hr",
    "form", "fieldset", "address", "figure", "main", "header", "footer", "nav", "aside",
    "details", "summary", "textarea",
}  # fmt: skip
# Elements whose text is broken where its source is.
_AS_TYPED = {"pre", "textarea", "listing", "xmp"}
_MAY_BE_TYPED = ", ".join((*sorted(_AS_TYPED), '[style*="white-space"]'))
_PARTS = {"br", *BLOCKS}
_TYPED_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")


def is_block(tag: str | None) -> bool:
    """Return whether a line ends at an element, as pages lay out what they made up (gov-title)."""
    return tag is not None and (tag in BLOCKS or "-" in tag[1:])


def read_lines(body: LexborNode) -> Iterator[Line]:
    """Yield the paragraphs and tables under `body`, empty ones left out.

    A paragraph ends where a browser breaks the line: at a block element, `<br>`, or in
    preformatted text at the end of a line.
    """
    parts: list[str] = []
    for piece in _Pieces(body).read():
        if isinstance(piece, str):
            parts.append(piece)
            continue
        if parts:
            yield from _paragraph(parts)
            parts = []
        if isinstance(piece, Line):
            yield piece
    yield from _paragraph(parts)


def _paragraph(parts: list[str]) -> Iterator[Line]:
    text = canonical(without_counters_of_links("".join(parts)))
    if text:
        yield Line(BlockKind.PARAGRAPH, text)


def _keeps_lines(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    return node.tag in _AS_TYPED or bool(_TYPED_STYLE.search(style))


class _Pieces:
    """Reads what is under an element: runs of text, whole tables, and None where a line ends.

    In elements whose lines are kept as typed one ends where it does in the source.
    """

    def __init__(self, body: LexborNode) -> None:
        may_be = body.css(_MAY_BE_TYPED)
        self._body = body
        self._typed = {each.mem_id for each in may_be if _keeps_lines(each)}
        self._parted = _parted(body)
        self._joints, self._values = labels_of_lists(body)
        self._pieces: list[str | Line | None] = []

    def read(self) -> list[str | Line | None]:
        """Return the pieces in reading order."""
        is_typed = any(map(_keeps_lines, with_ancestors(self._body)))
        entered = [_Entered(_children(self._body), is_typed, ())]
        while entered:  # no call for each element: pages may nest them thousands deep
            now = entered[-1]
            for each in now.children:
                if inner := self._add(each, now):
                    entered.append(inner)
                    break
            else:
                self._pieces += now.after
                entered.pop()
        return self._pieces

    def _add(self, child: LexborNode, within: "_Entered") -> "_Entered | None":
        """Add what a node says; return its element where what is under it is to be added first."""
        tag = child.tag
        if tag == "-text":
            self._add_text(child.text_content or "", is_typed=within.is_typed)
        elif tag == "br":
            self._pieces.append(None)
        elif tag == "table" and (table := _table(child)):
            self._pieces.append(table)
        elif tag and not tag.startswith(("-", "!")):
            return self._add_element(child, tag, is_typed=within.is_typed)
        return None

    def _add_text(self, text: str, *, is_typed: bool) -> None:
        first, *further = text.split("\n") if is_typed else [text]
        self._pieces.append(first)
        for line in further:
            self._pieces += (None, line)

    def _add_element(self, child: LexborNode, tag: str, *, is_typed: bool) -> "_Entered | None":
        before: tuple[str | None, ...] = (None,) if is_block(tag) else ()
        after, place = before, child.mem_id
        if tag == "a" and "href" in child.attributes:
            before, after = (LINK,), (END,)
        elif place in self._joints:
            after = (self._joints[place],)
        elif place in self._values:
            before = ()
        self._pieces += before
        is_typed = is_typed or place in self._typed
        if is_typed or (place in self._parted and not _holds_text_alone(child)):
            return _Entered(_children(child), is_typed, after)
        self._pieces.append(child.text())
        self._pieces += after
        return None


class _Entered(NamedTuple):
    """An element of which some of what is under it was added."""

    children: Iterator[LexborNode]  # those that are left
    is_typed: bool  # its lines are kept as typed
    after: tuple[str | None, ...]  # the pieces behind it


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True, skip_empty=False)


def _holds_text_alone(node: LexborNode) -> bool:
    first = node.first_child
    return first is None or (first.tag == "-text" and first.next is None)


def _parted(body: LexborNode) -> set[int]:
    """Return the ids of the elements that are, or hold, links or places at which a line ends."""
    parted: set[int] = set()
    for node in body.traverse():
        tag = node.tag
        if tag in _PARTS or (tag == "a" and "href" in node.attributes):
            around: LexborNode | None = node
            while around is not None and (place := around.mem_id) not in parted:
                parted.add(place)
                around = around.parent
    return parted


def _table(table: LexborNode) -> Line | None:
    """Return a table that holds rows of cells; None for one that only lays paragraphs out."""
    rows = [row.css("td, th") for row in table.css("tr")]
    if max(map(len, rows), default=0) <= 1 or len(table.css("table")) > 1:
        return None  # the table itself is one of those
    cells = [[_cell(cell) for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in cells if any(row))
    return Line(BlockKind.TABLE, text) if text else None


def _cell(cell: LexborNode) -> str:
    text = canonical(cell.text(separator="\n"))
    if speaks_of_now(text):
        lines = (line.text for line in read_lines(cell))
        text = canonical("\n".join(line for line in lines if not says_now(line)))
    return without_counter(text) if cell.css_first("a[href]") else text
