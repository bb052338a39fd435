"""Rows in a fragment of HTML, as answers hold them: each item's link, title and date."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import ancestors
from crawler.interfaces.answer_values import link_of, without_surrogates
from crawler.interfaces.interface import InterfaceRow
from letters.dates import read_date
from letters.text import canonical

_LEVELS = 40  # elements around a link
_SHORTEST = 6  # code points of a title: less is a label, 更多 or a bare date
_DATE_PARTS = "span, em, i, td, b, time, font, p, div"


def parse_fragment(html: str) -> LexborHTMLParser:
    """Return a fragment as a tree; rows of a table are wrapped, or the parser drops them."""
    text = without_surrogates(html).strip()
    if text[:3].lower() in {"<tr", "<td"}:
        text = f"<table>{text}</table>"
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style"])
    return tree


def rows_in(fragments: Iterable[str], page_url: str) -> tuple[InterfaceRow, ...]:
    """Return the rows of fragments whose links are relative to `page_url`."""
    return tuple(row for each in fragments for row in _rows(parse_fragment(each), page_url))


def rows_of_items(items: Iterable[LexborNode], page_url: str) -> tuple[InterfaceRow, ...]:
    """Return the rows of elements each of which is one."""
    rows = (_row_of(item, page_url) for item in items)
    return tuple(row for row in rows if row is not None)


def _rows(tree: LexborHTMLParser, page_url: str) -> Iterator[InterfaceRow]:
    """Yield a row for each innermost item that holds a link; without links, the whole as one."""
    body = tree.body
    if body is None:
        return
    anchors = (each for each in body.css("a") if not _is_too_deep(each) and _is_titled(each))
    placed = [(anchor, _items_around(anchor)) for anchor in anchors]
    owned: dict[int, bool] = {}  # by item: its first link is in no item within it
    for _, around in placed:
        for item in around:
            owned.setdefault(item.mem_id, item.mem_id == around[0].mem_id)
    items: dict[int, LexborNode] = {}
    for anchor, around in placed:
        item = _item_of(anchor, around, owned)
        items.setdefault(item.mem_id, item)
    yield from rows_of_items(items.values() if items else [body], page_url)


def _item_of(
    anchor: LexborNode, around: list[LexborNode], owned: Mapping[int, bool]
) -> LexborNode:
    """Return the item in whose row an anchor is: the outermost that has a link of its own.

    A link in a list within such an item is its 相关解读, and no row. An item without a link of
    its own only holds the list.
    """
    outermost = (item for item in reversed(around) if owned[item.mem_id])
    return next(outermost, anchor.parent or anchor)


def _items_around(anchor: LexborNode) -> list[LexborNode]:
    """Return the items that hold an anchor, the innermost first."""
    return [node for node in ancestors(anchor) if node.tag in {"li", "tr", "dd", "dt"}]


def _is_too_deep(anchor: LexborNode) -> bool:
    """Return whether an anchor lies in more elements than any list: each would be read again."""
    return next(islice(ancestors(anchor), _LEVELS, None), None) is not None


def _is_titled(anchor: LexborNode) -> bool:
    return len(_title_of(anchor)) >= _SHORTEST


def _row_of(item: LexborNode, page_url: str) -> InterfaceRow | None:
    """Return an item as a row; None for one without a title."""
    anchors = [item] if item.tag == "a" else item.css("a")
    anchor = next(filter(_is_titled, anchors), None)
    title = canonical(item.text()) if anchor is None else _title_of(anchor)
    if len(_without_date(title)) < _SHORTEST:
        return None
    href = anchor.attributes.get("href") if anchor is not None else None
    return InterfaceRow(title, link_of(href, page_url), _date_in(item, anchor))


def _title_of(anchor: LexborNode) -> str:
    """Return the title that an anchor gives: whole in an attribute, else as printed."""
    titled = [anchor, *anchor.css("[title]")]
    whole = (canonical(node.attributes.get("title") or "") for node in titled)
    dates = {part.mem_id for part in anchor.css(_DATE_PARTS) if _is_date(part)}
    parts = (
        child.text() or "" for child in anchor.iter(include_text=True) if child.mem_id not in dates
    )
    return next(filter(None, whole), "") or canonical("".join(parts))


def _is_date(node: LexborNode) -> bool:
    return read_date(node.text()) is not None and not _without_date(node.text())


def _without_date(text: str) -> str:
    return "".join(
        char for char in text if not (char.isdigit() or char in "年月日-/.: ：[]()\n\t")
    )


def _date_in(item: LexborNode, anchor: LexborNode | None) -> date | None:
    """Return the date of a row: of a part that is one, else of its words beside the link."""
    for part in item.css(_DATE_PARTS):
        if _is_date(part):
            return read_date(part.text())
    words = item.text()
    return read_date(words.replace(anchor.text(), "", 1) if anchor is not None else words)
