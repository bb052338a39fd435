"""The rows of a directory's page: which anchors are letters of its own, their titles and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.sites import FAMILIES
from crawler.web_url import resolve
from letters.dates import read_date
from letters.text import canonical, squashed

_RELATED = re.compile(r"相关|解读")
_BARE = re.compile(r"(?:政策|相关|图文)?解读")
_ROW_LEVELS = 4  # elements between an anchor and the row that holds it


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """An anchor of a directory that leads to a letter."""

    anchor: LexborNode
    url: str  # absolute
    title: str
    listed_on: date | None


def read_rows(tree: LexborHTMLParser, url: str, base: str) -> Iterator[AnchorRow]:
    """Yield the own rows of the directory at `url`, whose links are relative to `base`.

    They lead to pages below the directory, or stand in one list with rows that do:
    what else a page links to (news, related documents) is left out.
    """
    found = list(_letters(tree, base))
    below = urlsplit(urljoin(url, ".")).path
    own = [anchor for anchor, target in found if urlsplit(target).path.startswith(below)]
    lists = {_list_of(anchor) for anchor in own}
    nesting = _Nesting([anchor for anchor, _ in found], {anchor.mem_id for anchor in own})
    for at, (anchor, target) in enumerate(found):
        if (not own or _list_of(anchor) in lists) and not nesting.holds(at):
            yield AnchorRow(anchor, target, title_of(anchor), date_of(anchor))


def is_page(url: str) -> bool:
    """Return whether `url` is called as a family of sites calls its documents' pages."""
    path = urlsplit(url).path
    return any(family.page.search(path) for family in FAMILIES.values())


def _letters(tree: LexborHTMLParser, base: str) -> Iterator[tuple[LexborNode, str]]:
    for anchor in tree.css("a[href]"):
        target = resolve(anchor.attributes.get("href") or "", base)
        if target and is_page(target):
            yield anchor, target


def _list_of(anchor: LexborNode) -> int:
    """Return what tells the list that holds a row: the element around the row's own element."""
    row = _row_of(anchor)
    return row.parent.mem_id if row is not None and row.parent else anchor.mem_id


def _row_of(anchor: LexborNode) -> LexborNode | None:
    node = anchor.parent
    for _ in range(_ROW_LEVELS):
        if node is None or node.tag in {"ul", "ol", "table", "tbody", "body"}:
            return None
        if node.tag in {"li", "tr", "dd"}:
            return node
        node = node.parent
    return None


class _Nesting:
    """Which letters stand inside a row that is another letter's: its 相关解读.

    What stands in a list after the row's own letter does, and what is headed by such words.
    A row of a layout table, or of tabs, has no letter of its own: it holds the directory.
    Only the directory's own letters head a row, where it has any.
    """

    def __init__(self, anchors: list[LexborNode], own: set[int]) -> None:
        self._anchors = anchors
        self._headed: dict[int, bool] = {}  # by element: are its letters headed 相关解读
        self._heads: dict[int, int] = {}  # by row: where its first letter stands
        for at, anchor in enumerate(anchors):
            row = _row_of(anchor)
            if row is not None and (not own or anchor.mem_id in own):
                self._heads.setdefault(row.mem_id, at)

    def holds(self, at: int) -> bool:
        """Tell whether the letter of that place is inside another's row."""
        row = _row_of(self._anchors[at])
        if row is None:
            return False
        head = self._heads.get(row.mem_id, at)
        if head < at and self._is_related(self._anchors[at], self._anchors[head]):
            return True
        outer = row.parent
        while outer is not None:
            if outer.tag in {"li", "tr", "dd"} and self._heads.get(outer.mem_id, at) < at:
                return True
            outer = outer.parent
        return False

    def _is_related(self, anchor: LexborNode, head: LexborNode) -> bool:
        if _BARE.fullmatch(squashed(anchor.text())):
            return True
        shared = set(_up(head))
        block = anchor
        while block.parent is not None and block.parent.mem_id not in shared:
            block = block.parent
        if block.mem_id not in self._headed:
            self._headed[block.mem_id] = bool(_RELATED.search(_words(block, anchor)))
        return self._headed[block.mem_id]


def _up(node: LexborNode) -> Iterator[int]:
    parent = node.parent
    for _ in range(_ROW_LEVELS):
        if parent is not None:
            yield parent.mem_id
            parent = parent.parent


def _words(block: LexborNode, anchor: LexborNode) -> str:
    """Return what heads an anchor: the words before it, or those of its block but for anchors."""
    if block.mem_id == anchor.mem_id:
        before = anchor.prev
        return before.text_content or "" if before is not None and before.tag == "-text" else ""
    words = block.text()
    for each in block.css("a"):
        words = words.replace(each.text(), "", 1)
    return words


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
    node: LexborNode | None = anchor
    for _ in range(_ROW_LEVELS):
        if node is None or node.tag in {"ul", "ol", "tbody", "table", "body"}:
            return None
        for part in (*node.css("span, em, i, td, .time, .date, .pub-time"), node):
            if part.css_first("a") is None and (found := read_date(part.text())):
                return found
        if node.tag == "dt" and (beside := _beside(node)):
            return read_date(beside.text())
        node = node.parent
    return None


def _beside(term: LexborNode) -> LexborNode | None:
    """Return the dd that belongs to a dt."""
    node = term.next
    while node is not None and node.tag not in {"dd", "dt"}:
        node = node.next
    return node if node is not None and node.tag == "dd" else None
