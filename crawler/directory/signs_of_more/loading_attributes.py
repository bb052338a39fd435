"""Attributes by which an element loads further rows: hx-get, data-next-url, data-has-more."""

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from letters.text import squashed

_AT_SIGHT = re.compile(r"reveal|intersect|scroll|appear", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:/|\.{1,2})?/.|\?\w|[\w/-]+\.\w{2,5}(?:\?|$)")
_LIST = re.compile(
    r"list|rows|more|next|query|search|page|data|[?&](?:p|pn|start|offset)=", re.IGNORECASE
)
_REQUESTS = {"hx-get", "data-hx-get", "hx-post", "data-hx-post"}
_TRIGGERS = ("hx-trigger", "data-hx-trigger")
_NEXT = {
    *("data-next", "data-next-url", "data-nexturl", "data-next-href", "data-next-page"),
    *("data-nextpage", "data-more", "data-more-url", "data-load-more", "data-loadmore"),
}
_HAS_MORE = {
    *("data-has-more", "data-hasmore", "data-has-next", "data-hasnext", "data-side-pagination"),
    *("data-server-side", "data-infinite"),
}
_YES = {"true", "1", "yes", "server"}
_SOURCES = {
    *("data-url", "data-src", "data-api", "data-list-url", "data-load", "data-load-url"),
    *("data-ajax", "data-ajax-url", "data-remote", "data-source", "data-action"),
}
_PAGES = {"data-page", "data-page-no", "data-pageno", "data-page-num", "data-p"}
_NAMES = {*_REQUESTS, *_NEXT, *_HAS_MORE, *_SOURCES, *_PAGES}
_ROWS = {"li", "tr", "dd", "dt", "a"}
_WHOLE = {"body", "html"}


def loads_more(node: LexborNode, given: Mapping[str, str | None], boxes: PagerBoxes) -> bool:
    """Return whether an element loads more rows by its attributes, which are `given`.

    One that does so at sight, or names what is next, anywhere; else one that holds rows, or an
    empty one beside them.
    """
    if _NAMES.isdisjoint(given) or node.tag in _WHOLE:
        return False
    if any(_is_next(given[name] or "") for name in _NEXT & given.keys()):
        return True
    if any((given[name] or "").lower() in _YES for name in _HAS_MORE & given.keys()):
        return True
    if _REQUESTS & given.keys() and _AT_SIGHT.search("".join(_values(given, _TRIGGERS))):
        return True
    is_empty = not squashed(node.text()) and boxes.is_part(node)
    if is_empty and any(_number(given[name]) > 1 for name in _PAGES & given.keys()):
        return True
    is_list = is_empty or (boxes.holds_rows(node) and node.tag not in _ROWS)
    return is_list and any(map(_is_of_list, _values(given, _REQUESTS | _SOURCES)))


def _is_next(value: str) -> bool:
    return _number(value) > 1 or bool(_ADDRESS.match(value))


def _is_of_list(value: str) -> bool:
    return bool(_ADDRESS.match(value) and _LIST.search(value))


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < len("100000") else 0


def _values(given: Mapping[str, str | None], names: Iterable[str]) -> Iterator[str]:
    return filter(None, map(given.get, names))
