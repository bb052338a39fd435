"""What elements of a directory count in attributes: <div class="pagination" count="146">."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.signs_of_more.named_numbers import (
    PAGES_NAME,
    page_size,
    pages_and_rows,
)
from crawler.directory.signs_of_more.pager_elements import ShortElement, is_pager_name
from crawler.directory.signs_of_more.sign import Sign, opening_tag
from crawler.elements import names_of

_ROWS_OF_INPUT = re.compile(
    r"(?:total|record|all|row|sum)s?_?(?:count|num|records?|rows?)", re.IGNORECASE
)
# The element of a framework: el-pagination.
_PAGER_TAG = re.compile(r"(?:\w+-)*(?:pagination|paginator|pager|paging)(?:-\w+)*")
_DIGITS = 10  # of no number of pages or rows


def counts_in_attributes(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield what elements count in their attributes, and pagers that a framework draws.

    A total counts rows where it is a pager's, or is beside the size of a page.
    """
    for node in tree.css("*"):
        if (tag := node.tag or "")[:3] == "pag" or "-" in tag:
            yield from _framework_signs(node, tag)
        pairs = _named_numbers(node)
        pages, rows = pages_and_rows(pairs)
        if pages is not None or (rows is not None and _is_of_list(node, pairs)):
            yield Sign(f"its pager counts: {opening_tag(node)}", pages, rows, is_count=True)


def _framework_signs(node: LexborNode, tag: str) -> Iterator[Sign]:
    if _PAGER_TAG.fullmatch(tag):
        yield Sign(f"its pager is not understood: {opening_tag(node)}")


def counts_in_names(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield what elements that are called for a number of pages or rows hold."""
    for node, text in short:
        if text.isdecimal() and len(text) < _DIGITS and int(text) > 0:
            names = [_plain_name(name) for name in names_of(node)]
            pages = any(re.fullmatch(PAGES_NAME, name, re.IGNORECASE) for name in names)
            rows = any(_ROWS_OF_INPUT.fullmatch(name) for name in names)
            if pages or rows:
                number, words = int(text), f"its pager counts: {opening_tag(node)}{text}"
                yield Sign(
                    words, number if pages else None, None if pages else number, is_count=True
                )


def _named_numbers(node: LexborNode) -> list[tuple[str, str]]:
    """Return the numbers in an element's attributes by their names; of an input its value."""
    given = node.attributes
    numbers = [(name, value) for name, value in given.items() if value and value.isdecimal()]
    if numbers and node.tag == "input":
        numbers = [(given.get("id") or given.get("name") or "", given.get("value") or "")]
    counts = (pair for pair in numbers if pair[1].isdecimal() and len(pair[1]) < _DIGITS)
    return [(_plain_name(name), value) for name, value in counts]


def _is_of_list(node: LexborNode, pairs: list[tuple[str, str]]) -> bool:
    """Return whether an element's total is one of rows.

    An input is named for what it holds; another element's count may be of anything.
    """
    if is_pager_name(node) or page_size(pairs):
        return True
    return node.tag == "input" and bool(_ROWS_OF_INPUT.fullmatch(pairs[0][0]))


def _plain_name(name: str) -> str:
    """Return what an attribute is called without data-, v-bind: and what joins its words."""
    return re.sub(r"^(?:data-|v-bind:|:)|[-_]", "", name.lower())
