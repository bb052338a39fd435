"""What a directory counts of its pages and rows for its own scripts: in them, in attributes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What a pager is called by class or id, however its parts are joined.
_NAMED = re.compile(
    r"(?:ul|m|my|list|news|common|js|j|layui|lay|el|com|cms|box|the|table|sys|pb)?[-_]?"
    r"(?:pages?|pager|paging|pagination|paginator|fen?ye|fanye|pag)"
    r"(?:[-_]?(?:bar|nav|navi|list|box|div|num|number|wrap|wrapper|con|content|dec|code|html|area|"
    r"links?|info|common|view|main|inner|container|ul|\d+))*",
    re.IGNORECASE,
)
# No call of a pager, though its name says page: visitors are counted, home pages set.
_CALL = re.compile(
    r"(?<![\w$])(?P<name>(?:[\w$]+\.|\$\([^)]{0,60}\)\.)*[\w$]*"
    r"(?:pagi(?:ng|nat)\w*|pager\w*|laypage(?:\.render)?|fen?ye\w*|fanye\w*|pagebar\w*|pagenav\w*(?:\.\w+)?|"
    r"pagecode\w*|pagehtml\w*|pageutil\w*(?:\.\w+)?|pagelist\w*|easypage|createpage\w*|writepag\w*|"
    r"showpag\w*|initpag\w*|makepag\w*|gene?r?pag\w*|drawpag\w*|setpag(?:e|er|ing)\w*|page))\s*\(",
    re.IGNORECASE,
)
_NO_PAGER = re.compile(
    r"(?:^|\.)(?:get|on|set|add|is|go|to|log|track|print|home|open|load|turn|jump|change)?"
    r"(?:home|web|cur|current|this|first|user|landing|login|search)?page(?:view|url|size|title|no|index)\w*$"
    r"|homepage|webpage|setpagesize",
    re.IGNORECASE,
)
_SURE_CALL = re.compile(r"pag(?:i|er)|laypage|createpage|fen?ye|fanye", re.IGNORECASE)
_DEFINED = re.compile(r"(?:function\s+|function\s*\*\s*)$")
_ARGUMENTS = 400  # characters of a call that are read
_PAGES = (
    r"(?:max|total|all|sum|last|end)_?pages?(?:_?(?:num|number|no|count|size|index))?"
    r"|pages?_?(?:count|total|sum|all|max)|(?:count|num|number)_?(?:of_?)?pages?|n_?pagecount|zys"
)
_COUNTED = re.compile(
    rf"(?<![\w$])(?:[\"']?(?:{_PAGES})[\"']?\s*(?:=(?!=)|:|\.val\(|\.html\()|pages\s*=(?!=))"
    r"\s*[\"']?(?P<value>\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\{[^{}]{1,400}\}")
_CURRENT_KEY = re.compile(
    r"cur(?:rent)?(?:_?page)?|page_?(?:no|num|index)?|now_?page", re.IGNORECASE
)
# What an answer in the page says of the pages behind it.
_GOES_ON = re.compile(
    r"[\"']?has_?(?:next|more)(?:_?page)?[\"']?\s*[:=]\s*[\"']?true"
    r"|[\"']?(?:is_?)?last(?:_?page)?[\"']?\s*[:=]\s*[\"']?false"
    r"|[\"']?next_?(?:cursor|token|page_?(?:url|token)?|url)[\"']?\s*[:=]\s*[\"'][^\"'\s]+",
    re.IGNORECASE,
)
# What adds rows to a list when the reader scrolls, or as soon as the page is there.
_ADDS_ROWS = re.compile(
    r"flow\.load\s*\(|infinite_?scroll|mescroll|dropload|pull_?up_?refresh"
    r"|(?:\$\.(?:get|post|ajax|getJSON)|fetch|axios(?:\.\w+)?|XMLHttpRequest)\b(?=[\s\S]{0,600}"
    r"(?:\.append\(|\.appendTo\(|insertAdjacentHTML|appendChild))"
    r"(?=[\s\S]{0,600}(?:<li|list|rows?\b|<tr|<a ))",
    re.IGNORECASE,
)
_STORED = re.compile(r"<(total_?(?:page|record)s?)>\s*(?:<!\[CDATA\[)?\s*(\d{1,9})", re.IGNORECASE)
# A total by a plain name is one of rows where the script sets the size of a page too.
_TOTAL = re.compile(
    r"(?<![\w$.])(?:total|totals|total_?(?:num|rows?|number|size)|(?:all|row|rows|data)_?count)"
    r"\s*=\s*[\"']?(\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:page_?size|per_?page|page_?rows|pre_?page)\s*=\s*[\"']?\d", re.IGNORECASE)
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*[:=]\s*[\"']?(\d{1,9})(?![\w.])")
_PAGE_KEY = re.compile(rf"{_PAGES}|pages|num", re.IGNORECASE)
_RECORD_KEY = re.compile(
    r"counts?|totals?|total_?(?:count|records?|rows?|num|data|number|items?|size)|records?|rows?_?count"
    r"|record_?(?:count|total|num)|data_?(?:count|total)|all_?(?:count|num)|items?_?(?:count)?|sum|zs",
    re.IGNORECASE,
)
_TOTAL_KEY = re.compile(
    r"(?:total|record|all|row|sum)s?_?(?:count|num|records?|rows?)", re.IGNORECASE
)
_SIZE_KEY = re.compile(
    r"limit|per_?page|page_?size|pre_?page|items_?per_?page|page_?rows|rows_?(?:per_?page)?|size|"
    r"one_?page|show_?(?:data|num|count)|num_?per_?page|page_?limit|each_?page|psize",
    re.IGNORECASE,
)
_DIGITS = 10  # of no number of pages or rows
_QUOTED = 60  # characters of a sign that are quoted


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on a page of a directory that tells, or shows, how many pages there are."""

    words: str  # in words, with a quote of the page
    pages: int | None = None  # how many there are; None: it gives no number
    records: int | None = None  # how many rows there are; None: it gives no number
    is_count: bool = False  # the page counts its pages or rows; else it only shows a pager's part


def counts_in_scripts(script: str) -> Iterator[Sign]:
    """Yield what the variables and calls of a script say of pages and rows."""
    for found in _COUNTED.finditer(script):
        if int(found["value"]) > 0:
            yield Sign(
                f"it counts its pages: {quoted(found[0])}", int(found["value"]), is_count=True
            )
    for stored in _STORED.finditer(script):
        pages = int(stored[2]) if "page" in stored[1].lower() else None
        records = int(stored[2]) if pages is None else None
        yield Sign(f"it counts: {quoted(stored[0])}", pages, records, is_count=True)
    yield from _of_objects(script)
    yield from _of_loading(script)
    total, size = _TOTAL.search(script), _SIZE.search(script)
    if total and size:
        yield Sign(f"it counts: {quoted(total[0])}", None, int(total[1]), is_count=True)
    for call in _CALL.finditer(script):
        if not (_DEFINED.search(script, 0, call.start()) or _NO_PAGER.search(call["name"])):
            yield from _of_call(call["name"], script[call.end() : call.end() + _ARGUMENTS])


def _of_loading(script: str) -> Iterator[Sign]:
    for words in _GOES_ON.finditer(script):
        yield Sign(f"it says that it goes on: {quoted(words[0])}")
    for words in _ADDS_ROWS.finditer(script):
        yield Sign(f"a script may add rows: {quoted(words[0])}")


def _of_objects(script: str) -> Iterator[Sign]:
    """Yield the totals of what a script holds of a list: {"current":1,"size":15,"total":189}."""
    for found in _OBJECT.finditer(script):
        pairs = _PAIR.findall(found[0])
        _, records = _counts(pairs)
        is_paged = any(_SIZE_KEY.fullmatch(key) or _CURRENT_KEY.fullmatch(key) for key, _ in pairs)
        if records is not None and is_paged:
            yield Sign(f"it counts: {quoted(found[0])}", None, records, is_count=True)


def _of_call(name: str, behind: str) -> Iterator[Sign]:
    """Yield what the arguments of a pager's call say, by their names or as the first of them."""
    given = _within_brackets(behind)
    pages, records = _counts(_PAIR.findall(given))
    first = re.match(r"\s*(\d{1,9})\s*(?:,|$)", given)
    if pages is None and records is None and first:
        records, size = int(first[1]), _counts_size(_PAIR.findall(given))
        pages = ceil(records / size) if size else None
        if size is None:  # createPage(34, …) counts pages, as all do that name no size
            pages, records = records, None
    is_count = pages is not None or records is not None
    if is_count or _SURE_CALL.search(name):
        words = f"its pager is not understood: {quoted(f'{name}({given})')}"
        yield Sign(words, pages, records, is_count)


def _within_brackets(text: str) -> str:
    depth = 1
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[:at]
    return text


def _counts(pairs: Iterable[tuple[str, str]]) -> tuple[int | None, int | None]:
    """Return the numbers of pages and of rows that named values give."""
    named = [(key, int(value)) for key, value in pairs]
    pages = [value for key, value in named if _PAGE_KEY.fullmatch(key)]
    records = [value for key, value in named if _RECORD_KEY.fullmatch(key)]
    size = _counts_size(pairs)
    if not pages and records and size:
        pages = [max(ceil(max(records) / size), 1)]
    return max(pages, default=None), max(records, default=None)


def _counts_size(pairs: Iterable[tuple[str, str]]) -> int | None:
    sizes = [int(value) for key, value in pairs if _SIZE_KEY.fullmatch(key)]
    return next((size for size in sizes if size), None)


def counts_in_attributes(tree: LexborHTMLParser) -> Iterator[Sign]:
    """Yield what elements count in their attributes: <div class="pagination" count="146">.

    A total counts rows where it is a pager's, or stands beside the size of a page.
    """
    for node in tree.css("*"):
        given = node.attributes
        numbers = [(key, value) for key, value in given.items() if value and value.isdecimal()]
        if not numbers:
            continue
        if node.tag == "input":
            numbers = [(given.get("id") or given.get("name") or "", given.get("value") or "")]
        counts = (each for each in numbers if each[1].isdecimal() and len(each[1]) < _DIGITS)
        pairs = [(_plain_key(key), value) for key, value in counts]
        pages, records = _counts(pairs)
        # An input is named for what it holds; another element's count may be of anything.
        of_input = node.tag == "input" and _TOTAL_KEY.fullmatch(pairs[0][0]) if pairs else None
        of_pager = is_pager_name(node) or _counts_size(pairs) or of_input
        if pages is not None or (records is not None and of_pager):
            yield Sign(f"its pager counts: {opening_of(node)}", pages, records, is_count=True)


def _plain_key(name: str) -> str:
    """Return what an attribute is called without data-, v-bind: and what joins its words."""
    return re.sub(r"^(?:data-|v-bind:|:)|[-_]", "", name.lower())


def is_pager_name(node: LexborNode) -> bool:
    """Return whether an element is called a pager by its class or id."""
    names = f"{node.tag} {node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return any(_NAMED.fullmatch(name) for name in names.split())


def opening_of(node: LexborNode) -> str:
    """Return the tag that opens an element, shortened."""
    told = " ".join(f'{name}="{value or ""}"' for name, value in node.attributes.items())
    return quoted(f"<{node.tag} {told}>")


def quoted(text: str) -> str:
    """Return the beginning of a text, in one line."""
    return " ".join(text.split())[:_QUOTED]
