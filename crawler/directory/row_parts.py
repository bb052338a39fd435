"""What a row of a directory consists of: the element around its link, its title, its date."""

from datetime import date
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.elements import ancestors, with_ancestors
from letters.dates import read_date
from letters.text import canonical

ROW_LEVELS = 4  # elements between an anchor and the row that holds it
ROWS = {"li", "tr", "dd"}
_LISTS = {"ul", "ol", "table", "tbody", "body"}


def list_of(anchor: LexborNode) -> int:
    """Return the id of the list that holds a row: of the element around the row's own element."""
    row = row_element(anchor)
    return row.parent.mem_id if row is not None and row.parent else anchor.mem_id


def row_element(anchor: LexborNode) -> LexborNode | None:
    """Return the li, tr or dd that holds an anchor as its row, or None."""
    for node in islice(ancestors(anchor), ROW_LEVELS):
        if node.tag in _LISTS:
            return None
        if node.tag in ROWS:
            return node
    return None


def title_of(anchor: LexborNode) -> str:
    """Return the title that an anchor gives: whole in an attribute, else as printed."""
    titled = anchor.css_first("li[title], p[title], span[title]")
    for node in (anchor, titled):
        if node is not None and (whole := canonical(node.attributes.get("title") or "")):
            return whole
    paragraph = anchor.css_first("p, .tit, .title, .file-title")
    if paragraph and (text := canonical(paragraph.text())):
        return text
    dates = {span.mem_id for span in anchor.css("span, em, i") if read_date(span.text())}
    return canonical(
        "".join(
            child.text() or ""
            for child in anchor.iter(include_text=True)
            if child.mem_id not in dates
        )
    )


def date_of(anchor: LexborNode) -> date | None:
    """Return the date in the anchor, or the nearest one in its row."""
    for node in islice(with_ancestors(anchor), ROW_LEVELS):
        if node.tag in _LISTS:
            return None
        for part in (*node.css("span, em, i, td, .time, .date, .pub-time"), node):
            if part.css_first("a") is None and (printed := read_date(part.text())):
                return printed
        if node.tag == "dt" and (description := _description_of(node)):
            return read_date(description.text())
    return None


def _description_of(term: LexborNode) -> LexborNode | None:
    """Return the dd that belongs to a dt."""
    node = term.next
    while node is not None and node.tag not in {"dd", "dt"}:
        node = node.next
    return node if node is not None and node.tag == "dd" else None


def row_title(anchor: LexborNode) -> str:
    """Return the longest words of the row that holds an anchor, but for the anchor's own."""
    row = anchor if anchor.tag in ROWS else row_element(anchor)
    if row is None:
        return ""
    parts = (canonical(part.text()) for part in row.css("td, span, p, div, em, strong"))
    own = canonical(anchor.text())
    return max(
        (part for part in parts if part != own and not read_date(part)), key=len, default=""
    )
