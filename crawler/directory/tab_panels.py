"""Panels of tabs whose lists are all in the page: 主办 | 协办, 2023年 | 2022年, side by side."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, starmap, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.directory_parts import part_of
from crawler.directory.kind_tabs import BOXES, are_of_one_sort, is_of_all
from crawler.directory.like_links import follows
from crawler.directory.link_targets import target_of
from crawler.elements import ancestors, with_ancestors
from letters.text import squashed

_SEVERAL, _MOST = 2, 24  # tabs side by side
_LONGEST = 20  # code points of a tab's words


def panels_of(lists: Sequence[LexborNode]) -> list[LexborNode]:
    """Return the elements side by side that hold one list each; none where they are no panels.

    What is headed in its own place, or follows other words, is no panel.

    >>> page = LexborHTMLParser("<div><p><i>1</i></p><p><i>2</i></p></div>")
    >>> [panel.html for panel in panels_of(page.css("i"))]
    ['<p><i>1</i></p>', '<p><i>2</i></p>']
    """
    if len(lists) < _SEVERAL:
        return []
    shared = {node.mem_id for node in ancestors(lists[0])}
    box = next((node for node in ancestors(lists[-1]) if node.mem_id in shared), None)
    panels = [_child_of(box, each) for each in lists] if box is not None else []
    held = [panel for panel in panels if panel is not None]
    are_beside = len(held) == len(lists) and all(starmap(follows, pairwise(held)))
    is_alike = are_beside and len({panel.tag for panel in held}) == 1
    return [] if not is_alike or any(map(_is_headed, lists, held)) else held


def _is_headed(listed: LexborNode, panel: LexborNode) -> bool:
    """Return whether words are over a list in its panel."""
    node = listed.parent if listed.tag == "tbody" and listed.parent else listed
    for each in takewhile(lambda outer: outer.mem_id != panel.mem_id, with_ancestors(node)):
        before = each.prev
        while before is not None:
            words = before.text_content if before.tag == "-text" else before.text()
            if squashed(words or ""):
                return True
            before = before.prev
    return False


def _child_of(box: LexborNode, node: LexborNode) -> LexborNode | None:
    """Return the child of a box that holds an element."""
    around = with_ancestors(node)
    return next(
        (each for each in around if each.parent and each.parent.mem_id == box.mem_id), None
    )


def are_behind_tabs(lists: Sequence[LexborNode], tree: LexborHTMLParser, base: str) -> bool:
    """Return whether lists are the panels of as many tabs, which divide one directory's letters.

    Tabs of other words (通知公告 | 提案答复) are channels.
    """
    panels = {panel.mem_id for panel in panels_of(lists)}
    return bool(panels) and any(
        _divide_letters(words) for words in _tabs(tree, base, panels, len(lists))
    )


def _tabs(
    tree: LexborHTMLParser, base: str, panels: set[int], count: int
) -> Iterator[tuple[str, ...]]:
    """Yield the words of each box of so many tabs that lead to no other page."""
    for box in tree.css(BOXES):
        children = list(islice((each for each in box.iter() if each.tag != "br"), _MOST + 1))
        if len(children) != count or any(each.mem_id in panels for each in children):
            continue
        words = tuple(squashed(each.text()) for each in children)
        leads_on = any(target_of(each, base) for each in box.css("a[href]"))
        if all(0 < len(each) <= _LONGEST for each in words) and not leads_on:
            yield words


def _divide_letters(words: Sequence[str]) -> bool:
    named = [each for each in words if not is_of_all(each)]
    is_division = all(map(part_of, named)) or are_of_one_sort(named)
    return len(set(named)) == len(named) > 0 and is_division
