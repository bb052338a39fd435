"""Buttons that do nothing by themselves, but by a script elsewhere: <a href="#">下一页."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.directory.pager_words import LAST, NEXT
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import (
    ShortElement,
    click_script,
    is_disabled,
    is_own_page,
    leads_nowhere,
)
from crawler.directory.signs_of_more.sign import Sign, quoted
from crawler.elements import names_of, with_ancestors
from letters.text import squashed

_MORE = re.compile(
    r"(?:点击|查看|浏览|显示)?(?:更多|全部|所有)(?:\d+[条篇件])?(?:数据|内容|信息|提案|建议|答复|复函)*[.…>»+]*|换一[批换组页]|继续(?:浏览|查看|加载|阅读)|(?:数据)?正在(?:加载|载入)\W*|(?:加载|载入)中\W*|(?:view|show|see|load)?more[.…>»+]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_LONGEST = 16  # code points of a button's words
_LEVELS = 2  # elements around a button that may be greyed with it, or show its page's number
_GREY_NAME = re.compile(
    r"gr[ae]y|unable|invalid|inactive|forbid|(?:^|[-_])(?:last|end|off|no|none|dis|hui|d)(?:$|[-_])",
    re.IGNORECASE,
)
_GREY_STYLE = re.compile(
    r"not-allowed|pointer-events:none|(?<![\w-])color:(?:#[9a-e]{3}\b|#([9a-e][0-9a-f])\1\1\b|gr[ae]y|silver)"
)
_HOOK = re.compile(r"next|last|more|pa?ge?(?![a-z])", re.IGNORECASE)
# What 更多 is more of, by the classes and ids of its element and of its box.
_OTHERS = re.compile(
    r"share|bds|jiathis|weixin|sns|social|menu|nav(?!i?gation)|tool|header|foot", re.IGNORECASE
)
_ARROW = re.compile("[>»›→▶►]+")
_NEXT_NAME = re.compile(r"(?:^|[-_])(?:next|page)(?:$|[-_])", re.IGNORECASE)
_SHOW = re.compile(r"swip|slid|focus|banner|carousel|pic|photo|img|lunbo|gallery", re.IGNORECASE)
_ONE_PAGE = re.compile(r"(?<!\d)1[/／]共?1(?!\d)")


def bare_button_signs(short: Iterable[ShortElement], boxes: PagerBoxes) -> Iterator[Sign]:
    """Yield each 下一页, 尾页 and 更多 that does nothing, and is not shown as switched off.

    更多 is another part's, where it is not alone beside the rows. On the last page of a chain
    下一页 is such a button too.
    """
    for each, said in short:
        text = said if _WORD.search(said) else _label_of(each, said, boxes)
        if not 0 < len(text) <= _LONGEST:
            continue
        turns, is_more = NEXT.fullmatch(text) or LAST.fullmatch(text), _MORE.fullmatch(text)
        node = each.parent if each.tag == "img" and each.parent is not None else each
        if not (turns or is_more) or (turns and click_script(node) is not None):
            continue
        if LAST.fullmatch(text) and is_own_page(node):
            continue
        may_act = _is_hooked(node) if turns else _may_load(node, boxes)
        if may_act and not (_is_greyed(node) or is_disabled(node) or _is_of_one_page(node)):
            words = f"its pager is a script that the page does not show: {quoted(text)}"
            yield Sign(words, may_be_end=bool(turns))


def _label_of(node: LexborNode, said: str, boxes: PagerBoxes) -> str:
    """Return what a link that shows an arrow or nothing is called for readers who can't see."""
    given = node.attributes if node.tag in {"a", "button"} else {}
    label = squashed(given.get("aria-label") or given.get("title") or "")
    is_next = given.get("rel") == "next" or (given and _is_arrow_at_rows(node, said, boxes))
    return "next" if is_next else label


def _is_arrow_at_rows(node: LexborNode, said: str, boxes: PagerBoxes) -> bool:
    """Return whether an arrow beside the rows is called next, and shows no pictures."""
    box = boxes.box_of(node) if _ARROW.fullmatch(said) and boxes.is_part(node) else None
    if box is None or box.css_first("img") is not None:
        return False
    names = [*names_of(node), *names_of(box)]
    return any(map(_NEXT_NAME.search, names)) and not any(map(_SHOW.search, names))


def _is_hooked(node: LexborNode) -> bool:
    """Return whether a script may find an element: a link to nowhere, or one with a name."""
    given = node.attributes
    if node.tag == "a" and "href" in given:
        return leads_nowhere((given["href"] or "").strip())
    is_named = node.tag == "a" and bool(names_of(node))
    return is_named or bool(_HOOK.search(given.get("id") or "") and _is_unlinked(node))


def _may_load(node: LexborNode, boxes: PagerBoxes) -> bool:
    """Return whether 更多 may be of more rows: it has no link, and is beside them alone."""
    if not (_is_unlinked(node) and boxes.is_part(node)):
        return False
    named = (*node.css("*"), *islice(with_ancestors(node), _LEVELS))
    names = (name for each in named if not boxes.holds_rows(each) for name in names_of(each))
    return not any(map(_OTHERS.search, names))


def _is_unlinked(node: LexborNode) -> bool:
    linked = node.css_first("a[href]"), *islice(with_ancestors(node), _LEVELS + 1)
    hrefs = (each.attributes.get("href") for each in linked if each is not None)
    return all(leads_nowhere((href or "").strip()) for href in hrefs)


def _is_greyed(node: LexborNode) -> bool:
    """Return whether an element, or what is around it, looks switched off."""
    for level, each in enumerate(islice(with_ancestors(node), _LEVELS)):
        given = each.attributes
        style = squashed(given.get("style") or "").lower()
        is_named = any(map(_GREY_NAME.search, names_of(each))) and not (
            level == 0 and LAST.fullmatch(squashed(node.text()))
        )
        if is_named or given.get("aria-disabled") == "true" or _GREY_STYLE.search(style):
            return True
    return False


def _is_of_one_page(node: LexborNode) -> bool:
    """Return whether the pager of a button shows one page: a 1 and no other number, or 1/1."""
    for around in islice(with_ancestors(node), 1, _LEVELS + 1):
        text = squashed(around.text())
        if _ONE_PAGE.search(text):
            return True
        if re.findall(r"\d+", text) == ["1"]:
            parts = around.css("a, span, li, em, b, i, strong, div, font")
            return any(squashed(part.text()) == "1" for part in parts)
    return False
