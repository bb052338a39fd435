"""Parts of a directory that its page does not hold: hidden links, empty pagers, frames."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.signs_of_more.pager_elements import is_disabled, is_loader, is_pager_name
from crawler.directory.signs_of_more.sign import Sign, opening_tag, quoted
from crawler.elements import names_of
from crawler.page.unfilled_template import server_error
from letters.text import squashed

IN_FRAME = "a part of it stands in a frame"
_NUMBERED = re.compile(r"(.*?[_-])\d{1,5}(\.\w+)")
_FILE = re.compile(r"(?:\./)?[^/:?#]+\.(?:s?html?|jsp|php|aspx?)\b[^/]*", re.IGNORECASE)
_OF_LIST = re.compile(
    r"pag|fenye|list|more|(?:^|[\s_-])fy(?:$|[\s._-])|[?&]p(?:no|num)?=\d", re.IGNORECASE
)
_INCLUDED = re.compile(r"<!--\s*#include[^>]{0,200}>")


def hidden_link_signs(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield links without words to pages of one name: a trail for search engines."""
    named: dict[str, set[str]] = {}
    for anchor in tree.css("a[href]"):
        href = (anchor.attributes.get("href") or "").strip()
        numbered = _NUMBERED.fullmatch(href)
        if numbered and not squashed(anchor.text()) and anchor.css_first("img") is None:
            named.setdefault(numbered[1] + numbered[2], set()).add(href)
    for links in named.values():
        yield Sign(f"it links more pages: {quoted(min(links))}", len(links) + 1)


def empty_element_signs(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield each pager's element that a script has still to fill, and each that loads more."""
    for node in tree.css("[class], [id]"):
        if is_loader(node) and not is_disabled(node):
            yield Sign(f"it loads more rows: {opening_tag(node)}")
    for node in _pagers(tree):
        if not squashed(node.text()) and node.css_first("a, img") is None:
            yield _not_understood(node)


def filled_pagers(tree: LexborHTMLParser) -> frozenset[str]:
    """Return what would be said of the pagers that hold links, were they empty.

    A site that fills them itself leaves them empty on the last page of a chain.
    """
    filled = (node for node in _pagers(tree) if node.css_first("a[href]") is not None)
    return frozenset(_not_understood(node).words for node in filled)


def _pagers(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    parts = tree.css("div[class], div[id], ul[class], ul[id], nav, td[id], span[id]")
    return filter(is_pager_name, parts)


def _not_understood(pager: LexborNode) -> Sign:
    return Sign(f"its pager is not understood: {opening_tag(pager)}")


def server_error_signs(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield the error message of a server that stands on a page in place of the rest of it."""
    if error := server_error(tree.body.text() if tree.body is not None else ""):
        yield Sign(f"an error of its server stands in it: {quoted(error)}", is_part=True)


def other_part_signs(tree: LexborHTMLParser, html: str) -> Iterator[Sign]:
    """Yield what of the page is in other files: frames beside it, includes left undone."""
    for node in tree.css("iframe[src], iframe[data-src], frame[src], object[data], embed[src]"):
        given = node.attributes
        where = given.get("src") or given.get("data-src") or given.get("data") or ""
        called = " ".join((where.rpartition("/")[2], given.get("name") or "", *names_of(node)))
        of_list = "//" not in where and _OF_LIST.search(called)
        if _FILE.fullmatch(where) or of_list:
            yield Sign(f"{IN_FRAME}: {quoted(where)}")
    for include in _INCLUDED.finditer(html):
        yield Sign(f"a part of it was not put in: {quoted(include[0])}")
