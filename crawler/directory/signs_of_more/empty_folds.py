"""Folds of a list that are empty until a reader opens them: <div data-url="group2.html"></div>."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.list_names import is_aside
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.sign import Sign, opening_tag, quoted
from crawler.elements import names_of, with_ancestors
from letters.text import squashed

# What names the file of a part that is put in later, with what joins its words.
_SOURCE = re.compile(
    r"(?:data|w3|up|v|x|ng)-(?:[a-z]+-)*(?:url|src|href|load|lazy|fragment|include|html|api|source"
    r"|remote|ajax|file|path|content|get|target-url)"
)
_FOLDS = (
    "div, section, article, details, summary, ul, ol, dl, dd, dt, li, tbody, table, h2, h3, h4, h5"
)
_ADDRESS = re.compile(
    r"(?!https?:|//|data:|javascript:)(?:\.{0,2}/\S+|[\w./-]*\?\w\S*|[\w./-]+\.\w{2,5}(?:\?\S*)?)"
)
_NO_LIST = re.compile(
    r"(?:^|/)(?:index\.\w+)?$|\.(?:png|jpe?g|gif|svg|webp|bmp|ico|mp[34]|m3u8|flv|css|js|pdf|docx?|xlsx?|zip|rar)(?:\?|$)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"share|bds|weixin|wechat|qr|code|video|audio|player|map|weather|banner|swip|slid|focus|carousel"
    r"|pic|photo|img|login|search|menu|nav(?!i?gation)|head(?!ing)|foot|comment|visit|hits?$|count|ad(?:s|v\w*)?$|side(?!-?list)",
    re.IGNORECASE,
)
_HEADING = 24  # code points; a fold that is empty has no more than its heading
_PAGE = {"body", "html"}


def empty_fold_signs(tree: LexborHTMLParser, boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield each fold beside the rows whose list is put in when a reader opens it.

    It names where its list is, and has a heading at the most. What is in the page's head, foot
    or margin, or is called otherwise (a map, a video, sharing), is no part of the list.
    """
    for node in tree.css("details"):
        summary = node.css_first("summary")
        is_bare = summary is not None and squashed(node.text()) == squashed(summary.text())
        if is_bare and node.css_first("a, img") is None and not _is_other(node, boxes):
            yield Sign(
                f"a part of its list is not put in yet: {quoted(node.text())}", is_part=True
            )
    for node in tree.css(_FOLDS):
        given = node.attributes
        may_be_fold = bool(given) and _names_list(given) and not boxes.holds_rows(node)
        if may_be_fold and _is_empty(node) and not _is_other(node, boxes):
            yield Sign(f"a part of its list is not put in yet: {opening_tag(node)}", is_part=True)


def _names_list(given: Mapping[str, str | None]) -> bool:
    values = (value.strip() for name, value in given.items() if value and _SOURCE.fullmatch(name))
    return any(_ADDRESS.fullmatch(value) and not _NO_LIST.search(value) for value in values)


def _is_empty(node: LexborNode) -> bool:
    links = node.css_first("a[href]:not([href^='#']):not([href^='javascript:'])")
    return links is None and len(squashed(node.text())) <= _HEADING


def _is_other(node: LexborNode, boxes: PagerBoxes) -> bool:
    """Return whether a fold is of another part of the page, by what it is called."""
    for each in with_ancestors(node):
        if each.tag in _PAGE or boxes.holds_rows(each):
            break
        if any(map(_OTHERS.search, names_of(each))):
            return True
    return is_aside(node)
