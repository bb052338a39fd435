"""The elements of a pager: their names, their words, and the script that a click on one runs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import names_of
from letters.text import squashed

# What a pager is called by class or id, however its parts are joined.
_PAGER_NAME = re.compile(
    r"(?:ul|m|my|list|news|common|js|j|layui|lay|el|com|cms|box|the|table|sys|pb|turn|ewb|fy|uk|ant|am|"
    r"mui|ui|default|tcd|zx|default_pg)?[-_]?"
    r"(?:pages?|pager|paging|pagination|paginator|fen?ye|fanye|pag)"
    r"(?:[-_]?(?:bar|nav|navi|list|box|div|num|number|wrap|wrapper|con|content|dec|code|html|area|"
    r"links?|info|page|panel|item|common|view|main|inner|container|ul|\d+))*",
    re.IGNORECASE,
)
_PARTS = (
    "a, button, span, li, div, p, input, option, em, i, b, strong, td, font, img, form, center, "
    "nav, section, ul, caption, [onclick]"
)
_LOADER_NAME = re.compile(
    r"infinite|load-?_?more|more-?_?load|dropload|mescroll|jscroll|scroll-?load|pull-?up"
    r"|easyui-(?:data(?:grid|list)|pagination)",
    re.IGNORECASE,
)
_SHORT = 120  # characters; a pager's own words are no more
# A link that does nothing.
_NO_ACTION = re.compile(r"(?:javascript:)?\s*(?:void\(?0\)?|return false|#)?[;\s]*", re.IGNORECASE)
_DISABLED = re.compile(r"disable|no-?drop|not-?allow", re.IGNORECASE)

# Where frameworks write what a click does.
_ACTION = re.compile(
    r"data-(?:page|url|href|num|index|p|next|remote|action|target-page)|(?:data-)?hx-(?:get|post)"
    r"|(?:@|v-on:|wire:|x-on:)click[\w.]*|\(click\)|ng-click|up-href"
)

_NAMES = 1024  # of elements; those of a template are on each page of a site

ShortElement = tuple[LexborNode, str]  # an element of few words, and these words


def short_elements(tree: LexborHTMLParser, around_rows: set[int]) -> Iterator[ShortElement]:
    """Yield the elements of few words with these words: a pager's parts are among them.

    `around_rows` are the ids of the elements that hold rows: of them only what is beside their
    other elements is a pager's.
    """
    for node in tree.css(_PARTS):
        if node.mem_id not in around_rows and len(text := squashed(_label(node))) <= _SHORT:
            yield node, text
    for node in tree.css("body, div, section, td, form, center, li"):
        if (
            node.mem_id in around_rows
            and 0 < len(text := squashed(node.text(deep=False))) <= _SHORT
        ):
            yield node, text


def _label(node: LexborNode) -> str:
    """Return what an element says; without words, by its attributes."""
    if node.tag not in {"input", "img"} and (own := node.text()).strip():
        return own
    given = node.attributes
    labels = (given.get(name) for name in ("value", "alt", "title", "aria-label"))
    return next(filter(None, labels), "")


def is_pager_name(node: LexborNode) -> bool:
    """Return whether an element is called a pager by its tag, class or id."""
    return any(map(_names_pager, (node.tag or "", *names_of(node))))


@lru_cache(_NAMES)
def _names_pager(name: str) -> bool:
    return bool(_PAGER_NAME.fullmatch(name))


def is_loader(node: LexborNode) -> bool:
    """Return whether an element is called, by class or id, what loads more rows."""
    return any(_LOADER_NAME.search(name) for name in names_of(node))


def click_script(node: LexborNode) -> str | None:
    """Return the script that a click on an element runs, or None."""
    given = node.attributes
    href, click = (given.get(name) or "" for name in ("href", "onclick"))
    if click and not _NO_ACTION.fullmatch(click):
        return click
    if href.lower().startswith("javascript:") and not _NO_ACTION.fullmatch(href):
        return href
    for name, value in given.items():
        if _ACTION.fullmatch(name):
            return value or ""
    return None


def is_disabled(node: LexborNode) -> bool:
    """Return whether an element, or the one around it, is marked as switched off."""
    parent = node.parent
    classes = [each.attributes.get("class") or "" for each in (node, parent) if each is not None]
    return "disabled" in node.attributes or any(_DISABLED.search(each) for each in classes)


def leads_nowhere(href: str) -> bool:
    """Return whether a link does nothing, or leads to a place on its own page."""
    return bool(_NO_ACTION.fullmatch(href)) or href.startswith("#")


def is_own_page(node: LexborNode) -> bool:
    """Return whether an element holds a link without an address: to the page that it is on."""
    link = node if node.tag == "a" else node.css_first("a")
    return (
        link is not None
        and "href" in link.attributes
        and not (link.attributes["href"] or "").strip()
    )


def may_act(node: LexborNode) -> bool:
    """Return whether a button without a script of its own may do something: it has no link."""
    href = node.attributes.get("href")
    return href is None or bool(_NO_ACTION.fullmatch(href))
