"""Rows of a list that are not like its others: in bold, kept on top of it, or links to files."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.like_links import Link
from crawler.directory.row_parts import date_of, title_of
from crawler.elements import ancestors, with_ancestors
from letters.paper_titles import is_listed_as_paper
from letters.text import squashed

_WORDY = 8  # code points of words that are more than 查看 or the name of a channel
_MOST_ON_TOP = 5  # letters; more are a list of their own
_LEVELS = 3  # elements around a list, right over each of which may be what is kept on top
# What may be printed beside the links that are kept on top of a list.
_BESIDE_TOP = re.compile(r"(?:置顶|头条|最新|推荐|new|详细|查看|[\W\d_年月日])*", re.IGNORECASE)
_OTHER_HEADING = re.compile(r"热点|热门|相关|解读|要闻|新闻|动态|通知|公告|专题|排行")
_PAGE = {"body", "html"}


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the rows of a list are in their page."""

    rows: frozenset[int]  # ids of the elements that hold one row each
    tags: frozenset[str]  # of these elements
    lists: dict[int, LexborNode]  # the elements that hold the rows, by their ids

    @classmethod
    def of_rows(cls, rows: Iterable[LexborNode]) -> "RowPlaces":
        """Return the places of rows, each given by the element that holds it."""
        rows = list(rows)
        lists = [row.parent for row in rows if row.parent is not None]
        return cls(
            frozenset(row.mem_id for row in rows),
            frozenset(row.tag or "" for row in rows),
            {each.mem_id: each for each in lists if each.tag not in _PAGE},
        )

    def free_row(self, anchor: LexborNode) -> LexborNode | None:
        """Return the element of the list that holds an anchor; None where it holds a row too."""
        for node in with_ancestors(anchor):
            if node.parent is None or node.mem_id in self.rows:
                return None
            if node.parent.mem_id in self.lists:
                return node if node.tag in self.tags else None
        return None


def row_around(anchor: LexborNode, make_up: str) -> LexborNode:
    """Return the element that holds a row whose make-up, down to its link, is `li>a`."""
    depth = make_up.count(">")
    return next(islice(with_ancestors(anchor), depth, None), anchor)


def rows_of_other_make_up(links: Iterable[Link], places: RowPlaces) -> Iterator[Link]:
    """Yield the links that head a row of the list though it is made up otherwise.

    Its title is such a paper's, or it has a date and words enough; links to several pages in
    one row are none of them.
    """
    within: dict[int, list[Link]] = {}
    for link in links:
        if (row := places.free_row(link.anchor)) is not None:
            within.setdefault(row.mem_id, []).append(link)
    for each in within.values():
        papers = [link for link in each if is_listed_as_paper(title_of(link.anchor))]
        if len({link.key for link in papers or each}) == 1 and _heads_row((papers or each)[0]):
            yield (papers or each)[0]


def _heads_row(link: Link) -> bool:
    title = title_of(link.anchor)
    is_dated = len(title) >= _WORDY and date_of(link.anchor) is not None
    return is_dated or is_listed_as_paper(title)


def rows_on_top(links: Sequence[Link], places: RowPlaces, keys: Collection[str]) -> Iterator[Link]:
    """Yield the links right over a list that are kept on top of it: 置顶, a letter in large type.

    `keys` are those of the list's rows. There are few of them, and nothing over them names
    another list.
    """
    first = next(iter(places.lists.values()), None)
    for node in islice(with_ancestors(first), _LEVELS) if first is not None else ():
        if node.tag in _PAGE:
            return
        if (over := _right_over(node)) is not None:
            within = [link for link in links if _is_within(link.anchor, over)]
            top = {link.key: link for link in reversed(within) if _is_paper(link)}
            if 0 < len(top) <= min(_MOST_ON_TOP, len(keys) - 1) and _is_kept(over, within, top):
                yield from (link for key, link in top.items() if key not in keys)
            return


def _is_paper(link: Link) -> bool:
    return is_listed_as_paper(title_of(link.anchor))


def _is_kept(over: LexborNode, within: Sequence[Link], top: Collection[str]) -> bool:
    """Return whether an element holds nothing but links kept on top, or one of them alone."""
    words = over.text()
    for anchor in over.css("a"):
        words = words.replace(anchor.text(), "", 1)
    if any(link.key not in top for link in within) or _OTHER_HEADING.search(words):
        return False
    return len(top) == 1 or bool(_BESIDE_TOP.fullmatch(squashed(words)))


def _right_over(node: LexborNode) -> LexborNode | None:
    """Return the element before another one, where no words are between them."""
    before = node.prev
    while before is not None and before.tag == "-text" and not squashed(before.text_content or ""):
        before = before.prev
    return None if before is None or (before.tag or "-").startswith("-") else before


def _is_within(anchor: LexborNode, element: LexborNode) -> bool:
    return any(node.mem_id == element.mem_id for node in ancestors(anchor))
