"""The rows of a directory's page: which links lead to its letters, their titles and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import ancestors, with_ancestors
from crawler.sites import FAMILIES
from crawler.web_url import resolve
from letters.addresses import DirectoryRow
from letters.dates import read_date
from letters.text import canonical, squashed
from letters.urls import url_key

_RELATED = re.compile(r"相关|解读")
_BARE_RELATED = re.compile(r"(?:政策|相关|图文)?解读")
_ROW_LEVELS = 4  # elements between an anchor and the row that holds it
_ROWS = {"li", "tr", "dd"}
_LISTS = {"ul", "ol", "table", "tbody", "body"}


@dataclass(frozen=True, slots=True)
class RowLink:
    """A row of a directory, and the element whose link makes it one."""

    anchor: LexborNode
    row: DirectoryRow


def read_row_links(tree: LexborHTMLParser, url: str, base: str) -> Iterator[RowLink]:
    """Yield the rows of the directory at `url`, whose links are relative to `base`.

    They lead to pages below the directory, or are in one list with rows that do:
    what else a page links to (news, related documents) is left out.
    """
    links = list(_document_links(tree, base))
    folder = urlsplit(urljoin(url, ".")).path
    own = [anchor for anchor, target in links if urlsplit(target).path.startswith(folder)]
    lists = {_list_of(anchor) for anchor in own}
    nesting = _Nesting([anchor for anchor, _ in links], {anchor.mem_id for anchor in own})
    for place, (anchor, target) in enumerate(links):
        if (not own or _list_of(anchor) in lists) and not nesting.is_nested(place):
            row = DirectoryRow(url_key(target), target, title_of(anchor), date_of(anchor))
            yield RowLink(anchor, row)


def is_document_url(url: str) -> bool:
    """Return whether `url` is called as a family of sites calls its documents' pages."""
    path = urlsplit(url).path
    return any(family.page.search(path) for family in FAMILIES.values())


def _document_links(tree: LexborHTMLParser, base: str) -> Iterator[tuple[LexborNode, str]]:
    for anchor in tree.css("a[href]"):
        target = resolve(anchor.attributes.get("href") or "", base)
        if target and is_document_url(target):
            yield anchor, target


def _list_of(anchor: LexborNode) -> int:
    """Return the id of the list that holds a row: of the element around the row's own element."""
    row = _row_element(anchor)
    return row.parent.mem_id if row is not None and row.parent else anchor.mem_id


def _row_element(anchor: LexborNode) -> LexborNode | None:
    for node in islice(ancestors(anchor), _ROW_LEVELS):
        if node.tag in _LISTS:
            return None
        if node.tag in _ROWS:
            return node
    return None


class _Nesting:
    """Which letters are inside a row that is another letter's: its 相关解读.

    These are those in a list after the row's own letter, and those headed by such words.
    A row of a layout table, or of tabs, has no letter of its own: it holds the directory.
    Only the directory's own letters head a row, where it has any.
    """

    def __init__(self, anchors: list[LexborNode], own: set[int]) -> None:
        self._anchors = anchors
        self._headed: dict[int, bool] = {}  # by element: are its letters headed 相关解读
        self._heads: dict[int, int] = {}  # by row: where its first letter is
        for place, anchor in enumerate(anchors):
            row = _row_element(anchor)
            if row is not None and (not own or anchor.mem_id in own):
                self._heads.setdefault(row.mem_id, place)

    def is_nested(self, place: int) -> bool:
        """Return whether the letter of that place is inside another's row."""
        row = _row_element(self._anchors[place])
        if row is None:
            return False
        head = self._heads.get(row.mem_id, place)
        if head < place and self._is_related(self._anchors[place], self._anchors[head]):
            return True
        return any(
            outer.tag in _ROWS and self._heads.get(outer.mem_id, place) < place
            for outer in ancestors(row)
        )

    def _is_related(self, anchor: LexborNode, head: LexborNode) -> bool:
        if _BARE_RELATED.fullmatch(squashed(anchor.text())):
            return True
        shared = {node.mem_id for node in islice(ancestors(head), _ROW_LEVELS)}
        block = anchor
        while block.parent is not None and block.parent.mem_id not in shared:
            block = block.parent
        if block.mem_id not in self._headed:
            self._headed[block.mem_id] = bool(_RELATED.search(_heading_words(block, anchor)))
        return self._headed[block.mem_id]


def _heading_words(block: LexborNode, anchor: LexborNode) -> str:
    """Return what heads an anchor: the words before it, or those of its block but for anchors."""
    if block.mem_id == anchor.mem_id:
        before = anchor.prev
        return before.text_content or "" if before is not None and before.tag == "-text" else ""
    words = block.text()
    for link in block.css("a"):
        words = words.replace(link.text(), "", 1)
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
    for node in islice(with_ancestors(anchor), _ROW_LEVELS):
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
