"""Boxes beside a directory's rows that hold a pager's words alone, whatever they are called."""

import re

from selectolax.lexbor import LexborNode

from letters.text import squashed

_WORDS = re.compile(
    r"(?:[上下前后][一1]?[页頁]|首页|第一页|[尾末]页|最后一?页|更多|加载|查看|全部|跳?转[到至]?|到第|确定|共|第|当前"
    r"|[一二三四五六七八九十①-⑳Ⅰ-ⅻ]|[ivx]+(?![a-z])|go|prev(?:ious)?|next|first|last|more|[页頁条]|[\d\W_])*",
    re.IGNORECASE,
)
_LONGEST = 120  # characters; a pager's own words are no more


class PagerBoxes:
    """Which elements of a page are in a box of a pager's words right beside the rows."""

    def __init__(self, around_rows: set[int]) -> None:
        self._around = around_rows  # ids of the elements that hold rows
        self._boxes: dict[int, LexborNode | None] = {}  # of the parents that were asked for

    def box_of(self, node: LexborNode) -> LexborNode | None:
        """Return the outermost element around a pager's part that holds a pager's words alone.

        The element that holds this one holds rows too; None where other words are beside.
        """
        parent = node.parent
        if parent is None or parent.mem_id in self._around:
            return node if parent is not None else None
        if parent.mem_id not in self._boxes:
            is_pager = has_pager_words_only(parent)
            self._boxes[parent.mem_id] = self.box_of(parent) if is_pager else None
        return self._boxes[parent.mem_id]

    def holds_rows(self, node: LexborNode) -> bool:
        """Return whether an element holds rows."""
        return node.mem_id in self._around

    def is_part(self, node: LexborNode) -> bool:
        """Return whether an element is in a box of a pager's words beside the rows."""
        box = None if self.holds_rows(node) else self.box_of(node)
        return box is not None and self.is_at_rows(box)

    def is_at_rows(self, box: LexborNode) -> bool:
        """Return whether a box is after the last row, or right before the first."""
        after, first = box.next, None
        while after is not None:
            if after.mem_id in self._around:
                return first is None
            is_empty = after.tag == "-text" and not squashed(after.text_content or "")
            first = first or (None if is_empty else after)
            after = after.next
        return True


def has_pager_words_only(node: LexborNode) -> bool:
    """Return whether an element holds words and numbers of a pager, and no others."""
    text = squashed(node.text())
    return len(text) <= _LONGEST and bool(_WORDS.fullmatch(text))
