"""Buttons of a pager: 下一页, 尾页 and 加载更多 that a script answers, or that lead astray."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.pager_words import LAST, NEXT
from crawler.directory.signs_of_more.page_numbers import page_number
from crawler.directory.signs_of_more.pager_elements import (
    ShortElement,
    click_script,
    is_disabled,
    is_loader,
    is_pager_name,
    leads_nowhere,
    may_act,
)
from crawler.directory.signs_of_more.sign import Sign, quoted
from crawler.elements import ancestors, names_of, with_ancestors
from crawler.web_url import resolve
from letters.urls import is_same_site

_OF = r"(?:(?:的|数据|内容|信息|提案|建议|答复|复函)*)"
_LOAD_MORE = re.compile(
    rf"(?:点击|上拉|下拉|滑动|继续)?(?:加载|显示|载入)(?:查看)?(?:更多|下一?页)?{_OF}[.…>»]*"
    rf"|(?:点击|继续|上拉|下拉)(?:查看|浏览|加载)?更多{_OF}[.…>»]*|loadmore|继续(?:浏览|查看|加载)|展开(?:全部|更多)"
    rf"|(?:点击|查看|浏览|加载|显示|展开)+第[一二三四五六七八九十\d]{{1,3}}[批组辑]{_OF}"
    rf"|(?:显示|查看|展开)(?:全部|所有)(?:\d+[条篇件])?{_OF}",
    re.IGNORECASE,
)
_SEE_MORE = re.compile(rf"(?:查看|浏览)更多{_OF}[.…>»]*")
_NAMED_NEXT = re.compile(r"(?:^|[-_])(?:next-?_?pa?ge?|pa?ge?-?_?next)(?:$|[-_])", re.IGNORECASE)
_CALLED_NEXT = re.compile(r"(?:[\w$]+\.)*(?:go_?|to_?)?next_?page\w*\s*\(", re.IGNORECASE)
_LONGEST = 16  # code points of a button's words
_JUMP = re.compile(r"go|跳转到?|转到?|确定|跳页", re.IGNORECASE)
_TURNS = re.compile(r"pag|fenye|turn|go(?:to)?\b|postback", re.IGNORECASE)
_PAGER_LEVELS = 2  # elements between a pager's and its arrow
_LINK_LEVELS = 3  # elements in which the words of a link may be
_MORE = re.compile(r"更多|more", re.IGNORECASE)


def button_signs(short: Iterable[ShortElement]) -> Iterator[Sign]:
    """Yield each 下一页, 尾页 or 加载更多 that a script answers."""
    for node, text in short:
        if len(text) > _LONGEST:
            continue
        leads_on, loads = _is_next_or_last(text), _loads_more(node, text)
        if not (leads_on or loads or page_number(text) or _JUMP.fullmatch(text)):
            continue
        script = click_script(node)
        turns = leads_on or _turns_to_page(text, script)
        if not (turns or loads) or is_disabled(node):
            continue
        if script is None and not ((loads or _is_button(node)) and may_act(node)):
            continue
        pages = _largest_number(script or "") if turns else 0
        if not (LAST.fullmatch(text) and pages == 1):  # the last page is this one
            words = f"its pager is a script: {quoted(' '.join((text, script or '')))}"
            yield Sign(words, pages if pages > 1 else None)


def _loads_more(node: LexborNode, text: str) -> bool:
    if _SEE_MORE.fullmatch(text):
        linked = node.css_first("a[href]"), *islice(with_ancestors(node), _LINK_LEVELS)
        return not any(each is not None and each.attributes.get("href") for each in linked)
    if not text and node.tag == "img":
        script = (click_script(node) or "").removeprefix("javascript:").strip()
        return bool(_CALLED_NEXT.match(script))
    if not text and node.tag in {"a", "button", "span", "i", "li"}:
        names, around = names_of(node), islice(ancestors(node), _PAGER_LEVELS)
        is_next = "next" in names and any(map(is_pager_name, around))
        return is_next or any(_NAMED_NEXT.search(name) for name in names)
    return bool(_LOAD_MORE.fullmatch(text) or (_MORE.fullmatch(text) and is_loader(node)))


def dead_end_signs(short: Iterable[ShortElement], base: str) -> Iterator[Sign]:
    """Yield each 下一页 or 尾页 whose link leads to another site, or is none that can be read."""
    for node, text in short:
        href = (node.attributes.get("href") or "").strip()
        is_link = node.tag == "a" and not leads_nowhere(href)
        if not (is_link and _is_next_or_last(text)) or click_script(node):
            continue
        url = resolve(href, base)
        if url is None or not is_same_site(url, base):
            yield Sign(f"its pager leads where it can't be followed: {quoted(href)}")


def _is_next_or_last(text: str) -> bool:
    return bool(NEXT.fullmatch(text) or LAST.fullmatch(text))


def _turns_to_page(text: str, script: str | None) -> bool:
    """Return whether a script turns to a further page: by its number, or by 跳转 of several."""
    if script is None or not _TURNS.search(script):
        return False
    if _JUMP.fullmatch(text):
        return _largest_number(script) > 1
    return (page_number(text) or 0) > 1


def _largest_number(script: str) -> int:
    return max(map(int, re.findall(r"(?<![\w.])\d{1,6}", script)), default=0)


def _is_button(node: LexborNode) -> bool:
    return node.tag in {"button", "input"} or node.attributes.get("role") == "button"
