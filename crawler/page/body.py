"""The body of a page: its element to lines of canonical text, markup forgotten."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.elements import with_ancestors
from crawler.page.counters import END, LINK, without_counter, without_counters_of_links
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
_TYPED_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_NOT_PLAIN = ", ".join(("br", "a[href]", *sorted(BLOCKS)))


def is_block(tag: str | None) -> bool:
    """Return whether a line ends at an element, as pages lay out what they made up (gov-title)."""
    return tag is not None and (tag in BLOCKS or "-" in tag[1:])


def read_lines(body: LexborNode) -> Iterator[Line]:
    """Yield the paragraphs and tables under `body`, empty ones left out.

    A paragraph ends where a browser breaks the line: at a block element, `<br>`, or in
    preformatted text at the end of a line.
    """
    parts: list[str] = []
    may_be = body.css(_MAY_BE_TYPED)
    typed = frozenset(each.mem_id for each in may_be if _keeps_lines(each))
    is_typed = any(map(_keeps_lines, with_ancestors(body)))
    for piece in _pieces(body, typed, is_typed=is_typed):
        if isinstance(piece, str):
            parts.append(piece)
            continue
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


def _pieces(
    node: LexborNode, typed: frozenset[int], *, is_typed: bool
) -> Iterator[str | Line | None]:
    """Yield runs of text, whole tables, and None where a line ends.

    In elements that are `typed`, and all through where it `is_typed`, one ends as in the source.
    """
    for child in node.iter(include_text=True, skip_empty=False):
        tag = child.tag
        if tag == "-text" and is_typed:
            yield from _typed_text(child.text_content or "")
        elif tag == "-text":
            yield child.text_content or ""
        elif tag == "br":
            yield None
        elif tag == "table" and (table := _table(child)):
            yield table
        elif tag and not tag.startswith(("-", "!")):
            is_here = is_typed or child.mem_id in typed
            yield from _inside(child, tag, typed, is_typed=is_here)


def _typed_text(text: str) -> Iterator[str | None]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield None
        yield line


def _inside(
    child: LexborNode, tag: str, typed: frozenset[int], *, is_typed: bool
) -> Iterator[str | Line | None]:
    around: tuple[str | None, ...] = (None, None) if is_block(tag) else ()
    if tag == "a" and "href" in child.attributes:
        around = (LINK, END)
    yield from around[:1]
    if not is_typed and _is_plain(child):
        yield child.text()
    else:
        yield from _pieces(child, typed, is_typed=is_typed)
    yield from around[1:]


def _is_plain(node: LexborNode) -> bool:
    """Return whether no line ends and no link is within `node`; nearly all hold text alone."""
    first = node.first_child
    if first is None or (first.tag == "-text" and first.next is None):
        return True
    return node.css_first(_NOT_PLAIN) is None


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
    return without_counter(text) if cell.css_first("a[href]") else text
