"""Tabs that show other letters by a script: 建议 beside 提案, 主办 beside 协办, 市林业局."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.link_targets import target_of
from crawler.directory.list_names import is_aside, is_share
from crawler.directory.row_parts import list_of
from crawler.directory.signs_of_more.pager_elements import click_script, leads_nowhere
from crawler.elements import names_of
from letters.addresses import DirectoryRow
from letters.text import squashed

_OF = r"(?:答复|回复|复函|办理|公开|情况|结果|选登|件|[（(]?\d{0,5}[件条]?[）)]?)*"
_KIND = re.compile(
    r"(?:全国|省|市|区|县|州|自治区|人大|政协|代表|委员|人民代表大会)*(?P<kind>提案|建议|议案)"
    + _OF
)
# What else letters are divided by: who leads, what came of them, the office that answers.
_CHOICES = (
    re.compile(rf"(?:主办|协办|会办|分办|独办|单办|合办|联办|承办|牵头办?理?){_OF}"),
    re.compile(r"[ABCD]类?.{0,12}"),
    re.compile(
        r"(?:已|正在|暂|尚|未|基本|部分)?(?:解决|采纳|落实|列入|办结|办理|留作|纳入).{0,8}"
    ),
    re.compile(r".{2,12}(?:局|委|委员会|办公室|中心|支队|大队|处|科|站|镇|乡|街道|区|县|厅|院)"),
    re.compile(
        r"(?:经济|民生|社会|文化|教育|科技|农业|城建|生态|政法|医疗|交通|环保|统战|党建).{0,8}类?"
    ),
)
_ALL = re.compile("全部|所有|不限")
_CHOSEN = re.compile(
    r"^(?:on|cur|current|active|selected|hover|this|now|act|layui-this)$|-?(?:active|selected)$"
)
BOXES = "ul, ol, div, p, nav, dl, dd, section, header, td, select[onchange]"
_ADDRESS = re.compile(r"[/.]")
_MOST = 24  # tabs side by side
_SEVERAL = 2
_LONGEST = 20  # code points of a tab's words


def kind_tabs(tree: LexborHTMLParser, base: str, rows: Sequence[LexborNode]) -> tuple[str, ...]:
    """Return the words of tabs whose letters are not on the page as it is served; none for none.

    `rows` are the links of the rows. Each tab has its list in the page where there are as many
    lists; a tab with an address leads to a channel of its own.
    """
    lists = len({list_of(row) for row in rows})
    for box in tree.css(BOXES):
        first = next((each for each in box.iter() if each.tag != "br"), None)
        if first is None or not 0 < len(squashed(first.text())) <= _LONGEST:
            continue
        children = list(islice((each for each in box.iter() if each.tag != "br"), _MOST + 1))
        if not _SEVERAL <= len(children) <= _MOST or any(
            _leads_on(each, base) for each in children
        ):
            continue
        words = tuple(squashed(each.text()) for each in children)
        named = tuple(dict.fromkeys(each for each in words if not is_of_all(each)))
        is_choice = lists < len(named) >= _SEVERAL and are_of_one_sort(named)
        if is_choice and _is_clicked(children) and not is_aside(box):
            return named
    return ()


def unlisted_tab(tabs: Sequence[str], rows: Iterable[DirectoryRow]) -> str | None:
    """Return in words which letters a tab may show that are not listed, or None.

    Tabs of kinds show nothing more where letters of each kind are listed.
    """
    kinds = [each["kind"] for each in map(_KIND.fullmatch, tabs) if each]
    titles = [row.title for row in rows]
    if not tabs or (kinds and all(any(kind in title for title in titles) for kind in kinds)):
        return None
    return f"a script shows other letters behind its tabs: {' | '.join(tabs)}"


def is_of_all(words: str) -> bool:
    """Return whether a tab shows the letters of all the others."""
    return bool(_ALL.fullmatch(words))


def are_of_one_sort(words: Iterable[str]) -> bool:
    """Return whether tabs divide letters in one way: by kind, by who leads, by what came of it."""
    words = [each for each in words if 0 < len(each) <= _LONGEST] if all(words) else []
    sorts = (_KIND, *_CHOICES)
    is_sort = any(all(map(sort.fullmatch, words)) for sort in sorts)
    return bool(words) and (is_sort or all(map(is_share, words)))


def _leads_on(child: LexborNode, base: str) -> bool:
    """Return whether a tab leads to another page, or to a place in its own."""
    if child.tag == "option" and _ADDRESS.search(child.attributes.get("value") or ""):
        return True
    for each in (child, *child.css("a")):
        href = (each.attributes.get("href") or "").strip()
        if target_of(each, base) is not None or (href.startswith("#") and len(href) > 1):
            return True
    return False


def _is_clicked(tabs: Iterable[LexborNode]) -> bool:
    """Return whether a click on one of several tabs may do something: one of them is chosen."""
    return any(_acts(each) for tab in tabs for each in _within(tab))


def _within(tab: LexborNode) -> Iterator[LexborNode]:
    yield tab
    yield from tab.css("a, button, span, li, label, input")


def _acts(node: LexborNode) -> bool:
    given = node.attributes
    is_link = node.tag == "a" and leads_nowhere((given.get("href") or "").strip())
    is_named = any(name.startswith("data-") for name in given) or given.get("role") == "tab"
    is_button = node.tag in {"button", "option"} or click_script(node) is not None
    return is_link or is_named or is_button or any(map(_CHOSEN.search, names_of(node)))
