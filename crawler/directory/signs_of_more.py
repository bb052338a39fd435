"""Signs that a directory has more pages: what it counts, its buttons, numbers and links."""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.page_counts import (
    Sign,
    counts_in_attributes,
    counts_in_scripts,
    is_pager_name,
    opening_of,
    quoted,
)
from crawler.web_url import resolve
from letters.text import squashed
from letters.urls import is_same_site

NEXT = re.compile(
    r"(?:下一?[页頁]|后一?[页頁]|next(?:page)?)[>»›→]*|[>»›→]{1,2}"
    r"|[下后]\d{1,3}[页頁条篇件]|更早的?.{0,6}|查看(?:后面|更早|以往)的?.{0,6}",
    re.IGNORECASE,
)
LAST = re.compile(r"(?:[尾末][页頁]|最[后後末]一?[页頁]|last(?:page)?)[>»›→]*", re.IGNORECASE)
_LOAD_MORE = re.compile(
    r"(?:点击|上拉|下拉|滑动|继续)?(?:加载|显示|载入)(?:查看)?(?:更多|下一?页)?(?:数据|内容|信息)?[.…>»]*"
    r"|(?:点击|继续|上拉|下拉)(?:查看|浏览|加载)?更多(?:数据|内容|信息)?[.…>»]*|loadmore"
)
_NUMBERED = re.compile(r"[\[［(（]?第?(\d{1,4})[页頁]?[\]］)）]?")
_SPELT = "[一二两三四五六七八九十百千]{1,7}"
_ROWS = re.compile(rf"共(?:有|计)?({_SPELT})[条篇件]")
_PRINTED = re.compile(
    rf"(?:共|分|总计|合计)(?:有|计|为)?[：:]?(?P<all>\d{{1,6}}|{_SPELT})[页頁]"
    r"|第?\d*[/／]共?(?P<of>\d{1,6})[页頁]|总[页頁]数?[：:]?(?P<total>\d{1,6})"
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
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TURNS = re.compile(r"pag|fenye|turn|go(?:to)?\b|postback", re.IGNORECASE)
_MORE = re.compile(r"更多|more", re.IGNORECASE)
_LOADS = re.compile(
    r"infinite|load-?_?more|more-?_?load|dropload|mescroll|jscroll|scroll-?load|pull-?up",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?:\./)?[^/:?#]+\.(?:s?html?|jsp|php|aspx?)\b[^/]*", re.IGNORECASE)
_OF_LIST = re.compile(r"pag|fenye|list|more", re.IGNORECASE)
_INCLUDED = re.compile(r"<!--\s*#include[^>]{0,200}>")
_SHORT = 120  # characters; a pager's own words are no more
_DEAD = re.compile(r"(?:javascript:)?\s*(?:void\(?0\)?|return false|#)?[;\s]*", re.IGNORECASE)
_OFF = re.compile(r"disable|no-?drop|not-?allow", re.IGNORECASE)


def read_signs(
    tree: LexborHTMLParser, html: str, script: str, around_rows: set[int], base: str
) -> tuple[Sign, ...]:
    """Return what tells how many pages there are, each sign once.

    Read from the page's scripts without their remarks and a tree without them. `around_rows`
    are the ids of the elements that hold the directory's rows: no pager's part holds one.
    `base` is what links are relative to.
    """
    short = list(_short_elements(tree, around_rows))
    signs = (
        *counts_in_scripts(script),
        *counts_in_attributes(tree),
        *_of_words(short),
        *_of_buttons(short),
        *_of_numbers(short),
        *_of_dead_ends(short, base),
        *_of_hidden_links(tree),
        *_of_empty_elements(tree),
        *_of_other_parts(tree, html),
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
        script = _script(node)
        turns = NEXT.fullmatch(text) or LAST.fullmatch(text) or _turns_to(text, script)
        loads = _LOAD_MORE.fullmatch(text) or (_MORE.fullmatch(text) and _is_loader(node))
        if not (turns or loads) or _is_off(node):
            continue
        if script is None and not ((loads or _is_button(node)) and _is_alive(node)):
            continue
        numbers = [int(each) for each in re.findall(r"(?<![\w.])\d{1,6}", script or "")]
        pages = max(numbers, default=0) if turns else 0
        if not (LAST.fullmatch(text) and pages == 1):  # the last page is this one
            words = f"its pager is a script: {quoted(' '.join((text, script or '')))}"
            yield Sign(words, pages if pages > 1 else None)


def _of_dead_ends(short: Iterable[tuple[LexborNode, str]], base: str) -> Iterator[Sign]:
    """Yield each 下一页 or 尾页 whose link leads to another site, or is none that can be read."""
    for node, text in short:
        href = (node.attributes.get("href") or "").strip()
        is_link = node.tag == "a" and not _stays_here(href)
        if not (is_link and (NEXT.fullmatch(text) or LAST.fullmatch(text))) or _script(node):
            continue
        url = resolve(href, base)
        if url is None or not is_same_site(url, base):
            yield Sign(f"its pager leads where it can't be followed: {quoted(href)}")


def _turns_to(text: str, script: str | None) -> bool:
    """Return whether a number is that of a further page, to which a script turns."""
    number = _NUMBERED.fullmatch(text)
    return bool(number and int(number[1]) > 1 and script and _TURNS.search(script))


def _is_button(node: LexborNode) -> bool:
    return node.tag in {"button", "input"} or node.attributes.get("role") == "button"


def _is_loader(node: LexborNode) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(_LOADS.search(names))


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
    return _script(node) is not None or not _stays_here(href)


def _stays_here(href: str) -> bool:
    """Return whether a link leads nowhere, or to a place on its own page."""
    return bool(_DEAD.fullmatch(href)) or href.startswith("#")


def _run(numbers: set[int]) -> int:
    last = 0
    while last + 1 in numbers:
        last += 1
    return last


def _of_words(short: Iterable[tuple[LexborNode, str]]) -> Iterator[Sign]:
    """Yield what visible words say of the number of pages: 第1页 共12页."""
    for _, text in short:
        for found in _PRINTED.finditer(text):
            pages = _number(found[str(found.lastgroup)])
            yield Sign(f"it says {found[0]}", pages, is_count=True)
        for spelt in _ROWS.finditer(text):
            yield Sign(f"it says {spelt[0]}", None, _number(spelt[1]), is_count=True)


def _number(text: str) -> int:
    """Return a number in digits, or spelt below ten thousand.

    >>> _number("13"), _number("十二"), _number("一百八十九")
    (13, 12, 189)
    """
    if text.isdecimal():
        return int(text)
    whole = digit = 0
    for char in text:
        if char in _UNITS:
            whole, digit = whole + (digit or 1) * _UNITS[char], 0
        else:
            digit = "〇一二三四五六七八九".find(char.replace("两", "二"))
    return whole + digit


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
    """Yield each pager's element that a script has still to fill, and each that loads more."""
    for node in tree.css("[class], [id]"):
        if _is_loader(node) and not _is_off(node):
            yield Sign(f"it loads more rows: {opening_of(node)}")
    for node in tree.css("div[class], div[id], ul[class], ul[id], nav, td[id], span[id]"):
        if is_pager_name(node) and not squashed(node.text()) and node.css_first("a, img") is None:
            yield Sign(f"its pager is not understood: {opening_of(node)}")


def _of_other_parts(tree: LexborHTMLParser, html: str) -> Iterator[Sign]:
    """Yield what of the page stands in other files: frames beside it, includes left undone."""
    for node in tree.css("iframe[src], frame[src], object[data], embed[src]"):
        where = node.attributes.get("src") or node.attributes.get("data") or ""
        of_list = "//" not in where and _OF_LIST.search(where.rpartition("/")[2])
        if _FILE.fullmatch(where) or of_list:
            yield Sign(f"a part of it stands in a frame: {quoted(where)}")
    for found in _INCLUDED.finditer(html):
        yield Sign(f"a part of it was not put in: {quoted(found[0])}")
