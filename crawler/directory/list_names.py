"""What a list of links is called: by its classes and ids, by its heading, by its page's title."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.elements import names_of, with_ancestors
from letters.paper_titles import is_listed_as_paper
from letters.text import squashed

_CHROME = {
    *("nav", "navbar", "navigation", "menu", "submenu", "header", "footer", "foot", "crumb"),
    *("crumbs", "breadcrumb", "breadcrumbs", "friend", "friendlink", "links", "yqlj", "hot"),
    *("recommend", "related", "sidebar", "aside", "side", "sidenav", "leftnav", "subnav", "share"),
}
_NAME_PARTS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_OTHER_HEADING = re.compile(
    r"热点|热门|推荐|友情链接|相关链接|快速链接|排行|专题|要闻|新闻|工作动态|通知公告|政策解读|相关解读|导航"
)
_NAMED_LEVELS = 4  # elements around a list that are called after it; outer ones hold the page
_HEADING = 20  # code points of a heading
_OF_PAPERS = re.compile(r"提案|建议|议案")


def is_aside(container: LexborNode) -> bool:
    """Return whether a list is by its names or its heading no directory's own."""
    for level, node in enumerate(with_ancestors(container)):
        if node.tag in {"nav", "header", "footer", "aside"}:
            return True
        parts = {part.lower() for name in names_of(node) for part in _NAME_PARTS.findall(name)}
        if level < _NAMED_LEVELS and parts & _CHROME and node.tag not in {"body", "html"}:
            return True
    return bool(_OTHER_HEADING.search(heading_of(container)))


def heading_of(container: LexborNode) -> str:
    """Return the words right over a list, where they are few and no letter's title."""
    for node in (container, container.parent):
        before = node.prev if node is not None else None
        while before is not None:
            words = before.text_content or "" if before.tag == "-text" else before.text()
            if text := squashed(words):
                return "" if len(text) > _HEADING or is_listed_as_paper(text) else text
            before = before.prev
    return ""


def is_another_channel(container: LexborNode, tree: LexborHTMLParser) -> bool:
    """Return whether a list is headed as another channel of papers than its page is titled.

    >>> page = LexborHTMLParser("<title>提案公开-某市</title><h3>建议公开</h3><ul></ul>")
    >>> is_another_channel(page.css_first("ul"), page)
    True
    """
    title = tree.css_first("title")
    own, heading = squashed(title.text()) if title is not None else "", heading_of(container)
    named = [part for part in re.split(r"[-_—|｜]", own) if _OF_PAPERS.search(part)]
    if not named or not _OF_PAPERS.search(heading):
        return False
    return not any(heading in part or part in heading for part in named)
