"""Links inside a row that is another letter's: its 相关解读."""

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.row_parts import ROW_LEVELS, ROWS, row_element
from crawler.elements import ancestors
from letters.text import squashed

_RELATED = re.compile(r"相关|解读")
_BARE_RELATED = re.compile(r"(?:政策|相关|图文)?解读")


class Nesting:
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
            row = row_element(anchor)
            if row is not None and (not own or anchor.mem_id in own):
                self._heads.setdefault(row.mem_id, place)

    def is_nested(self, place: int) -> bool:
        """Return whether the letter of that place is inside another's row."""
        row = row_element(self._anchors[place])
        if row is None:
            return False
        head = self._heads.get(row.mem_id, place)
        if head < place and self._is_related(self._anchors[place], self._anchors[head]):
            return True
        return any(
            outer.tag in ROWS and self._heads.get(outer.mem_id, place) < place
            for outer in ancestors(row)
        )

    def _is_related(self, anchor: LexborNode, head: LexborNode) -> bool:
        if _BARE_RELATED.fullmatch(squashed(anchor.text())):
            return True
        shared = {node.mem_id for node in islice(ancestors(head), ROW_LEVELS)}
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
