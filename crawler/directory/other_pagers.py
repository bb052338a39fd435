"""Pagers of other lists on a directory's page: 1 2 3 下一页 below 相关新闻, beside the rows."""

import re
from collections import Counter
from collections.abc import Container, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import target_of
from crawler.directory.signs_of_more.pager_boxes import has_pager_words_only
from crawler.elements import ancestors
from letters.text import squashed
from letters.urls import url_key

_TITLE = 8  # code points of a link, from which on it may be an article's title
_LIST = 3  # links of a list
_PAPER = re.compile(r"提案|建议|议案|答复|复函|回复|函")  # such a list may be the directory's own
_MORE = re.compile(r"更多|全部|more", re.IGNORECASE)  # leads to another list, not on in this one


def strip_other_pagers(
    tree: LexborHTMLParser, around_rows: set[int], letters: Container[str], base: str
) -> None:
    """Take out of a tree what is a pager's behind a list of other links, in one box with it.

    `around_rows` are the ids of the elements that hold rows: none of these is such a box.
    `letters` are the keys of the rows. A list of papers, whose rows they may be, is no other list.
    """
    titles: Counter[int] = Counter()  # by the ids of the elements that hold them
    boxes: dict[int, LexborNode] = {}
    for anchor in tree.css("a[href]") if around_rows else ():
        is_beside = anchor.parent is not None and anchor.parent.mem_id not in around_rows
        if is_beside and _is_title(anchor, letters, base):
            titles[anchor.mem_id] += 1
            for box in ancestors(anchor):
                if box.mem_id in around_rows:
                    break
                titles[box.mem_id] += 1
                boxes[box.mem_id] = box
    lists = (box for key, box in boxes.items() if titles[key] >= _LIST)
    for part in [part for box in lists for part in _parts_behind(box, titles)]:
        part.decompose()


def _is_title(anchor: LexborNode, letters: Container[str], base: str) -> bool:
    text = squashed(anchor.text())
    if len(text) < _TITLE or _PAPER.search(text):
        return False
    url = target_of(anchor, base)
    return url is not None and url_key(url) not in letters


def _parts_behind(box: LexborNode, titles: Counter[int]) -> Iterator[LexborNode]:
    """Yield the elements of a box behind a list that hold a pager's words alone."""
    seen = 0
    for child in box.iter():
        seen += titles[child.mem_id]
        is_behind = seen >= _LIST and not titles[child.mem_id]
        if is_behind and has_pager_words_only(child) and not _MORE.search(child.text()):
            yield child
