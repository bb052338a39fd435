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
# What a share of a directory is called: who leads, which lot, which class; and what is around it.
_SHARES = (
    re.compile(r"(?:主|协|会|分|独|单|合|联|承|领)办|牵头|单独办理|会同办理|参与办理"),
    re.compile(r"第?[一二三四五六七八九十\d]{1,3}[批期组辑]"),
    re.compile(r"[ABCD]类?|已解决|正在解决|已采纳|列入计划|留作参考|暂难解决"),
)
# A quick test: one of these is in all that shares are called.
_MAY_BE_SHARE = re.compile("[办头批期组辑ABCD决纳入作]")
_SHARE_OF = re.compile(
    r"^[\W_]*[一二三四五\d]*[、.．]?(?:我[局委厅]|本[局委单位]{1,2})?|(?:的|政协|人大|代表|委员|提案|建议|议案|答复|复函|办理|公开|情况|结果|类?件|目录|列表)*"
    r"(?:[（(].{0,8}[）)])?[：:\W_]*$"
)
_SEE = re.compile("^(?:点击|查看|浏览)+")  # 查看第二批
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
    text = _words_over(container)
    return "" if is_listed_as_paper(text) else text


def _words_over(container: LexborNode) -> str:
    """Return the words right over a list, where they are few."""
    for node in (container, container.parent):
        before = node.prev if node is not None else None
        while before is not None:
            words = before.text_content or "" if before.tag == "-text" else before.text()
            if text := squashed(words):
                return "" if len(text) > _HEADING else text
            before = before.prev
    return ""


def are_shares(one: LexborNode, other: LexborNode) -> bool:
    """Return whether two lists are headed as shares of one directory, as 主办件 and 协办件.

    >>> page = LexborHTMLParser("<h3>主办</h3><ul></ul><h3>协办提案</h3><table></table>")
    >>> are_shares(page.css_first("ul"), page.css_first("table"))
    True
    """
    names = {_SHARE_OF.sub("", _words_over(each)) for each in (one, other)}
    forms = [each for each in _SHARES if all(map(each.fullmatch, names))]
    return len(names) > 1 and bool(forms)


def is_share(words: str) -> bool:
    """Return whether words are what a share of a directory is called: 协办件, 第二批.

    >>> is_share("协办提案"), is_share("第二批"), is_share("第二页")
    (True, True, False)
    """
    if len(words) > _HEADING or not _MAY_BE_SHARE.search(words):
        return False
    name = _SHARE_OF.sub("", _SEE.sub("", words))
    return any(form.fullmatch(name) for form in _SHARES)


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
