"""Groups of like links: the same place in a page's tree, the same make-up of their rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import LINKS, is_file_url, target_of
from crawler.directory.row_parts import row_element
from crawler.elements import ancestors, with_ancestors
from letters.text import squashed
from letters.urls import url_key

_LEVELS = 10  # elements between a link and the one that holds its like
_PART_LEVELS = 3  # elements around each list of a directory that is printed in parts
_HEADING = 40  # code points; more are no year and no session
_STATES = {
    *("odd", "even", "first", "last", "cur", "current", "on", "active", "hover", "new", "top"),
    *("show", "in", "hide", "hidden", "none", "block", "layui-show", "is-active"),
}
_COUNTED = re.compile(r"\d")  # c12: a name that is made for one page or one row
# What may be between two lists of one directory: a year, a session, a month, a part of a year.
_PART = re.compile(
    r"\W*(?:\d{4}(?:[-年./]\d{1,2}月?|年?度?)?.{0,6}|.{0,12}届.{1,8}次(?:会议)?.{0,4}"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四]季度|[上下]半年)?\W*"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be a row's."""

    anchor: LexborNode
    url: str
    key: str  # what makes two URLs the same page


@dataclass(frozen=True, slots=True)
class LikeLinks:
    """Links of one make-up in one list, in the order of the page."""

    links: list[Link]
    container: LexborNode  # the element that holds the first of them
    form: str  # div.main>ul.list li>a: the way to the list, and the make-up of its rows

    @property
    def make_up(self) -> str:
        """The make-up of its rows: li>a."""
        return self.form.rpartition(" ")[2]


def page_links(tree: LexborHTMLParser, base: str) -> tuple[list[Link], list[Link]]:
    """Return the links to other pages, those of a script included, and those to files."""
    own = url_key(base)
    pages: list[Link] = []
    files: list[Link] = []
    for node in tree.css(LINKS):
        if (url := target_of(node, base)) and (key := url_key(url)) != own:
            (files if is_file_url(url) else pages).append(Link(node, url, key))
    return pages, files


def like_links(links: Sequence[Link], form: str | None = None) -> list[LikeLinks]:
    """Return the links in groups of like ones; with `form` only those of that form."""
    several = _holders_of_several(links)
    groups: dict[tuple[int, str], LikeLinks] = {}
    paths: dict[int, str] = {}
    for link in links:
        for container, make_up in _places(link.anchor, several, any_depth=form is not None):
            own_form = f"{_path(container, paths)} {make_up}"
            if form in {None, own_form}:
                new = LikeLinks([], container, own_form)
                groups.setdefault((container.mem_id, make_up), new).links.append(link)
    return _joined(groups.values())


def _holders_of_several(links: Iterable[Link]) -> set[int]:
    """Return the elements that hold links to more than one page, by their ids."""
    first: dict[int, str] = {}
    several: set[int] = set()
    for link in links:
        for node in islice(ancestors(link.anchor), _LEVELS):
            if first.setdefault(node.mem_id, link.key) != link.key:
                several.add(node.mem_id)
    return several


def _places(
    anchor: LexborNode, several: set[int], *, any_depth: bool
) -> Iterator[tuple[LexborNode, str]]:
    """Yield the element that holds a link's like, with the make-up of the link's row.

    With `any_depth` each element that may: the last page of a directory can have one row.
    """
    row = row_element(anchor)
    make_up, below = anchor.tag or "", anchor.mem_id
    for node in islice(ancestors(anchor), _LEVELS):
        is_list = row is None and (node.mem_id in several or node.tag == "body")
        if any_depth or is_list or (row is not None and below == row.mem_id):
            yield node, make_up
            if not any_depth:
                return
        make_up, below = f"{node.tag}>{make_up}", node.mem_id


def path_of(element: LexborNode) -> str:
    """Return the way from the page's body to an element, by tags and lasting classes."""
    around = takewhile(lambda node: node.tag not in {"body", "html"}, with_ancestors(element))
    return ">".join(reversed([_label(node) for node in around]))


def _path(container: LexborNode, paths: dict[int, str]) -> str:
    """Return the way to the element that holds a list; it is asked for each row."""
    if container.mem_id not in paths:
        paths[container.mem_id] = path_of(container)
    return paths[container.mem_id]


def _label(node: LexborNode) -> str:
    names = (node.attributes.get("class") or "").split() if node.tag != "-text" else []
    lasting = [name for name in names if name not in _STATES and not _COUNTED.search(name)]
    return ".".join([node.tag or "", *sorted(lasting)[:2]])


def _joined(groups: Iterable[LikeLinks]) -> list[LikeLinks]:
    """Return the groups, those of one directory that is printed in parts as one.

    Its lists follow each other in one element; in elements of their own each has a year, a
    month or a session over it, or a single row in it.
    """
    joined: list[LikeLinks] = []
    last: dict[str, tuple[LikeLinks, LexborNode, int]] = {}
    for group in groups:
        count = len(group.links)
        before, container, rows = last.get(group.form, (group, None, 0))
        if container is not None and _goes_on(
            container, group.container, is_single=rows == count == 1
        ):
            before.links.extend(group.links)
        else:
            joined.append(group)
            before = group
        last[group.form] = before, group.container, count
    return joined


def is_right_beside(one: LikeLinks, other: LikeLinks) -> bool:
    """Return whether one of two lists of one make-up follows the other, with nothing between.

    The other may be the rows that stay on top (置顶), in a list of their own.
    """
    if one.make_up != other.make_up:
        return False
    pairs = (one.container, other.container), (other.container, one.container)
    return any(follows(first, second) for first, second in pairs)


def follows(first: LexborNode, second: LexborNode) -> bool:
    """Return whether an element comes right behind another one, with no words between."""
    node = first.next
    while node is not None and node.tag == "-text" and not squashed(node.text_content or ""):
        node = node.next
    return node is not None and node.mem_id == second.mem_id


def _goes_on(one: LexborNode, other: LexborNode, *, is_single: bool) -> bool:
    """Return whether a directory whose list is `one` goes on in the list `other`."""
    over = ""
    if one.tag == other.tag == "tbody" and one.parent and other.parent:
        one, other = one.parent, other.parent
    for level in range(_PART_LEVELS):
        if one.parent is None or other.parent is None:
            return False
        is_beside = one.parent.mem_id == other.parent.mem_id
        words = _words_over(other, one if is_beside else None)
        if not _PART.fullmatch(words) or not (is_beside or _PART.fullmatch(_words_over(one))):
            return False
        over += words
        if is_beside:
            return level == 0 or is_single or bool(over)
        one, other = one.parent, other.parent
    return False


def _words_over(node: LexborNode, until: LexborNode | None = None) -> str:
    """Return the words before an element in the one that holds it, from `until` on."""
    words, before = "", node.prev
    while before is not None and (until is None or before.mem_id != until.mem_id):
        text = before.text_content or "" if before.tag == "-text" else before.text()
        words, before = squashed(text) + words, before.prev
        if len(words) > _HEADING:
            break
    return words
