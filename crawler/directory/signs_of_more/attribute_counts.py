"""What elements of a directory count in attributes: <div class="pagination" count="146">."""

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.signs_of_more.loading_attributes import loads_more
from crawler.directory.signs_of_more.named_numbers import (
    PAGES_NAME,
    PAIR,
    is_of_paging,
    page_size,
    pages_and_rows,
)
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import ShortElement, is_pager_name
from crawler.directory.signs_of_more.sign import Sign, opening_tag
from crawler.elements import names_of

_ROWS_OF_INPUT = re.compile(
    r"(?:total|record|all|row|sum)s?_?(?:count|num|records?|rows?)|numberofitems", re.IGNORECASE
)
# The element of a framework: el-pagination, or <Page :total="n"> of iView.
_PAGER_TAG = re.compile(
    r"(?:\w+-)*(?:pagination|paginator|pager|paging|load-?more|infinite-\w+)(?:-\w+)*|van-list|page"
)
_OF_JPAGE = re.compile(r"^(?:default)?pg(?=total|record)")  # default_pgTotalPage
_COUNTS = re.compile(r"total|count|page", re.IGNORECASE)
_VISITS = re.compile(r"visit|hit|view|click|pv|uv|online|weather", re.IGNORECASE)
_NAMED = {"input", "meta", "data"}  # an element of these is named for what it holds
_DIGITS = 10  # of no number of pages or rows


def counts_in_attributes(tree: LexborHTMLParser, boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield what elements count or load by their attributes, and pagers that a framework draws.

    A total counts rows where it is a pager's, beside the size of a page, or on a box of rows.
    """
    for node in tree.css("*"):
        if (tag := node.tag or "")[:3] == "pag" or "-" in tag:
            yield from _framework_signs(node, tag)
        if given := node.attributes:
            yield from _signs_of_attributes(node, given, boxes)


def _signs_of_attributes(
    node: LexborNode, given: Mapping[str, str | None], boxes: PagerBoxes
) -> Iterator[Sign]:
    pairs = [*_named_numbers(node, given), *_pairs_in_values(given)]
    pages, rows = pages_and_rows(pairs)
    if pages is not None or (rows is not None and _is_of_list(node, pairs, boxes)):
        yield Sign(f"its pager counts: {opening_tag(node)}", pages, rows, is_count=True)
    if loads_more(node, given, boxes):
        yield Sign(f"it loads more rows: {opening_tag(node)}")


def _framework_signs(node: LexborNode, tag: str) -> Iterator[Sign]:
    if _PAGER_TAG.fullmatch(tag):
        yield Sign(f"its pager is not understood: {opening_tag(node)}")


def counts_in_names(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield what elements that are called for a number of pages or rows hold."""
    for node, text in short:
        if text.isdecimal() and len(text) < _DIGITS and int(text) > 0:
            names = [_OF_JPAGE.sub("", _plain_name(name)) for name in names_of(node)]
            pages = any(re.fullmatch(PAGES_NAME, name, re.IGNORECASE) for name in names)
            rows = any(_ROWS_OF_INPUT.fullmatch(name) for name in names)
            if pages or rows:
                number, words = int(text), f"its pager counts: {opening_tag(node)}{text}"
                yield Sign(
                    words, number if pages else None, None if pages else number, is_count=True
                )


def _named_numbers(node: LexborNode, given: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return the numbers in an element's attributes by their names; of an input its value."""
    numbers = [(name, value) for name, value in given.items() if value and value.isdecimal()]
    if numbers and node.tag in _NAMED:
        called = (given.get(name) for name in ("itemprop", "id", "name", "property"))
        value = given.get("content" if node.tag == "meta" else "value")
        numbers = [(next(filter(None, called), ""), value or "")]
    counts = (pair for pair in numbers if pair[1].isdecimal() and len(pair[1]) < _DIGITS)
    return [(_plain_name(name), value) for name, value in counts]


def _pairs_in_values(given: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return the named numbers of a pager in attributes that are objects: data-options."""
    for value in given.values():
        if value and ":" in value and _COUNTS.search(value):
            pairs = PAIR.findall(value)
            if any(is_of_paging(name) for name, _ in pairs):
                return pairs
    return []


def _is_of_list(node: LexborNode, pairs: list[tuple[str, str]], boxes: PagerBoxes) -> bool:
    """Return whether an element's total is one of rows.

    An input is named for what it holds; another element's count may be of anything, but for
    one that holds rows, or is empty beside them.
    """
    if is_pager_name(node) or page_size(pairs):
        return True
    if node.tag == "meta" and pairs[0][0] == "total":
        return True
    if node.tag in _NAMED:
        return bool(_ROWS_OF_INPUT.fullmatch(pairs[0][0]))
    is_named_total = any("total" in name for name, _ in pairs)
    is_visits = any(_VISITS.search(name) for name in names_of(node))
    is_box = node.tag not in {"body", "html", "li", "tr", "a"} and boxes.holds_rows(node)
    return is_named_total and not is_visits and (is_box or boxes.is_part(node))


def _plain_name(name: str) -> str:
    """Return what an attribute is called without data-, v-bind: and what joins its words."""
    return re.sub(r"^(?:data-|v-bind:|:)|[-_]", "", name.lower())
