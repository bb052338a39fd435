"""Signs that a directory has more pages: what it counts, its buttons, numbers and links."""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.counted_pages import (
    Sign,
    counts_in_attributes,
    counts_in_scripts,
    is_pager_name,
    opening_of,
    quoted,
)
from letters.text import squashed

NEXT = re.compile(r"(?:下一?[页頁]|后一?[页頁]|next(?:page)?)[>»›→]*|[>»›→]{1,2}", re.IGNORECASE)
LAST = re.compile(r"(?:[尾末][页頁]|最[后後末]一?[页頁]|last(?:page)?)[>»›→]*", re.IGNORECASE)
_LOAD_MORE = re.compile(
    r"(?:点击|上拉|下拉|滑动|继续)?(?:加载|显示|载入)(?:查看)?(?:更多|下一?页)?(?:数据|内容|信息)?[.…>»]*"
    r"|(?:点击|继续|上拉|下拉)(?:查看|浏览|加载)?更多(?:数据|内容|信息)?[.…>»]*|loadmore"
)
_NUMBERED = re.compile(r"[\[［(（]?第?(\d{1,4})[页頁]?[\]］)）]?")
_PRINTED = re.compile(
    r"(?:共|分|总计|合计)(?:有|计|为)?[：:]?(?P<all>\d{1,6}|[一二三四五六七八九十百]{1,5})[页頁]"
    r"|第?\d+[/／](?P<of>\d{1,6})[页頁]|总[页頁]数?[：:]?(?P<total>\d{1,6})"
    r"|[页頁][次码数]?[：:]\d+[/／](?P<at>\d{1,6})|page\d+of(?P<en>\d{1,6})|total(?P<sum>\d{1,6})pages",
    re.IGNORECASE,
)
_PARTS = (
    "a, button, span, li, div, p, input, option, em, i, b, strong, td, font, img, form, center, "
    "nav, section, ul"
)
_AROUND = re.compile(
    r"[上下前后][一1]?[页頁]|首[页頁]|[尾末][页頁]|第\d+[页頁]|共\d+[页頁条]|跳转|[«»<>‹›]"
)
_SHORT = 120  # characters; a pager's own words are no more
_DEAD = re.compile(r"(?:javascript:)?\s*(?:void\(?0\)?|return false|#)?[;\s]*", re.IGNORECASE)
_OFF = re.compile(r"disable|no-?drop|not-?allow", re.IGNORECASE)


def read_signs(
    tree: LexborHTMLParser, scripts: Sequence[str], around_rows: set[int]
) -> tuple[Sign, ...]:
    """Return what tells how many pages there are, each sign once.

    Read from `scripts` without remarks and a tree without scripts. `around_rows` are the ids of
    the elements that hold the directory's rows: no pager's part holds one.
    """
    short = list(_short_elements(tree, around_rows))
    signs = (
        *counts_in_scripts("\n".join(scripts)),
        *counts_in_attributes(tree),
        *_of_words(short),
        *_of_buttons(short),
        *_of_numbers(short),
        *_of_hidden_links(tree),
        *_of_empty_elements(tree),
    )
    return tuple(dict.fromkeys(signs))


def _short_elements(
    tree: LexborHTMLParser, around_rows: set[int]
) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements of few words with these words: a pager's parts are among them."""
    for node in tree.css(_PARTS):
        if node.mem_id not in around_rows and len(text := squashed(_label(node))) <= _SHORT:
            yield node, text


def _of_buttons(short: Iterable[tuple[LexborNode, str]]) -> Iterator[Sign]:
    """Yield each 下一页, 尾页 or 加载更多 that a script answers."""
    for node, text in short:
        turns = NEXT.fullmatch(text) or LAST.fullmatch(text)
        if not (turns or _LOAD_MORE.fullmatch(text)) or _is_off(node):
            continue
        script = _script(node)
        is_button = node.tag in {"button", "input"} or not turns
        if script is None and not (is_button and _is_alive(node)):
            continue
        numbers = [int(each) for each in re.findall(r"(?<![\w.])\d{1,6}", script or "")]
        pages = max(numbers, default=0) if turns else 0
        if not (LAST.fullmatch(text) and pages == 1):  # the last page is this one
            words = f"its pager is a script: {quoted(' '.join((text, script or '')))}"
            yield Sign(words, pages if pages > 1 else None)


def _label(node: LexborNode) -> str:
    """Return what an element says; without words, by its attributes."""
    if node.tag not in {"input", "img"} and (own := node.text()).strip():
        return own
    named = (node.attributes.get(name) for name in ("value", "alt", "title", "aria-label"))
    return next(filter(None, named), "")


def _is_alive(node: LexborNode) -> bool:
    """Return whether a button without a script of its own may do something: it has no link."""
    href = node.attributes.get("href")
    return href is None or bool(_DEAD.fullmatch(href))


def _script(node: LexborNode) -> str | None:
    """Return the script that a click on an element runs, or None."""
    href, click = (node.attributes.get(name) or "" for name in ("href", "onclick"))
    if click and not _DEAD.fullmatch(click):
        return click
    if href.lower().startswith("javascript:") and not _DEAD.fullmatch(href):
        return href
    for name, value in node.attributes.items():
        if re.fullmatch(r"data-(?:page|url|href|num|index|p)|@click|v-on:click|ng-click", name):
            return value or ""
    return None


def _is_off(node: LexborNode) -> bool:
    parent = node.parent
    classes = [each.attributes.get("class") or "" for each in (node, parent) if each is not None]
    return "disabled" in node.attributes or any(_OFF.search(each) for each in classes)


def _of_numbers(short: Sequence[tuple[LexborNode, str]]) -> Iterator[Sign]:
    """Yield the page numbers 1, 2, 3 … that stand side by side, whatever they lead to.

    A calendar and the dots of a picture show count too: numbers are a pager's where its words
    stand beside them, or where a click on one does something.
    """
    beside: dict[int, set[int]] = {}
    pagers: set[int] = set()
    for node, text in short:
        number = _NUMBERED.fullmatch(text)
        around = [each for each in (node.parent, node.parent and node.parent.parent) if each]
        for each in around if number else ():
            beside.setdefault(each.mem_id, set()).add(int(number[1]) if number else 0)
        if _AROUND.search(text):
            pagers |= {node.mem_id, *(each.mem_id for each in around)}
        elif number and (_leads_on(node) or any(map(_is_pager, around))):
            pagers |= {each.mem_id for each in around}
    longest = max((_run(beside.get(each, set())) for each in pagers), default=0)
    if longest > 1:
        yield Sign(f"its pager shows page numbers up to {longest}", longest)


def _is_pager(node: LexborNode) -> bool:
    return is_pager_name(node) or bool(node.attributes.get("onchange"))


def _leads_on(node: LexborNode) -> bool:
    href = (node.attributes.get("href") or "").strip()
    return _script(node) is not None or not (_DEAD.fullmatch(href) or href.startswith("#"))


def _run(numbers: set[int]) -> int:
    last = 0
    while last + 1 in numbers:
        last += 1
    return last


def _of_words(short: Iterable[tuple[LexborNode, str]]) -> Iterator[Sign]:
    """Yield what visible words say of the number of pages: 第1页 共12页."""
    for _, text in short:
        for found in _PRINTED.finditer(text):
            told = found[str(found.lastgroup)]
            pages = int(told) if told.isdecimal() else 1 if told == "一" else None
            yield Sign(f"it says {found[0]}", pages, is_count=True)


def _of_hidden_links(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield links without words to pages of one name: a trail for search engines."""
    named: dict[str, set[str]] = {}
    for anchor in tree.css("a[href]"):
        href = (anchor.attributes.get("href") or "").strip()
        found = re.fullmatch(r"(.*?[_-])\d{1,5}(\.\w+)", href)
        if found and not squashed(anchor.text()) and anchor.css_first("img") is None:
            named.setdefault(found[1] + found[2], set()).add(href)
    for links in named.values():
        yield Sign(f"it links more pages: {quoted(min(links))}", len(links) + 1)


def _of_empty_elements(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield each pager's element that a script has still to fill."""
    for node in tree.css("div[class], div[id], ul[class], ul[id], nav, td[id], span[id]"):
        if is_pager_name(node) and not squashed(node.text()) and node.css_first("a, img") is None:
            yield Sign(f"its pager is not understood: {opening_of(node)}")
