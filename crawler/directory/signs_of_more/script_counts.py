"""What the scripts of a directory count: pages and rows in variables, objects and calls."""

import re
from collections.abc import Iterator
from itertools import chain
from math import ceil

from crawler.directory.signs_of_more.named_numbers import (
    PAGES_NAME,
    PAIR,
    is_of_paging,
    page_size,
    pages_and_rows,
)
from crawler.directory.signs_of_more.sign import Sign, quoted

# The name of a function that makes a pager.
_CALL = re.compile(
    r"(?<![\w$])(?P<name>(?:[\w$]+\.|\$\([^)]{0,60}\)\.)*[\w$]*"
    r"(?:pagi(?:ng|nat)\w*|pager\w*|laypage(?:\.render)?|fen?ye\w*|fanye\w*|pagebar\w*|pagenav\w*(?:\.\w+)?|"
    r"pagecode\w*|pagehtml\w*|pageutil\w*(?:\.\w+)?|pagelist\w*|easypage|createpage\w*|writepag\w*|"
    r"showpag\w*|\w*page\.(?:init|render|show|create|draw)|initpag\w*|makepag\w*|gene?r?pag\w*|drawpag\w*|setpag(?:e|er|ing)\w*|page))\s*\(",
    re.IGNORECASE,
)
# No call of a pager, though its name says page: visitors are counted, home pages set.
_NO_PAGER = re.compile(
    r"(?:^|\.)(?:get|on|set|add|is|go|to|log|track|print|home|open|load|turn|jump|change)?"
    r"(?:home|web|cur|current|this|first|user|landing|login|search)?page(?:view|url|size|title|no|index)\w*$"
    r"|homepage|webpage|setpagesize",
    re.IGNORECASE,
)
_SURE_CALL = re.compile(r"pag(?:i|er)|laypage|createpage|fen?ye|fanye", re.IGNORECASE)
# Each of these names holds one of these, behind the names and $(…) that it is called on.
_PAGER_WORD = re.compile(r"pag|f(?:en?|an)ye", re.IGNORECASE)
_CALLED_ON = re.compile(r"(?:[\w$]++|\.\)[^)]{0,60}\(\$|\.)*+")  # from behind
_NAME_BEGINS = re.compile(r"(?<![\w$])[\w$]")
# The first argument of a call, or the second of setPage(element, 7, 1).
_FIRST = re.compile(r"\s*(\d{1,9})\s*(?:,|$)")
_SECOND = re.compile(
    r"\s*(?:[\w.$]+|[\"'][\w.# -]*[\"'])(?:\([^()]*\))?\s*,\s*(\d{1,9})\s*,\s*\d{1,9}"
)
_ARGUMENTS = 400  # characters of a call that are read
_COUNTED = re.compile(
    rf"(?:(?<![\w$])|(?<=\bm_n)|(?<=\bm_)|(?<=\b_n)|(?<=\b_))(?:[\"']?(?:{PAGES_NAME})[\"']?\s*(?:=(?!=)|:|\.val\(|\.html\()|pages\s*=(?!=))"
    r"\s*(?:parseInt\(|Number\()?\s*[\"']?(?P<value>\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
# function getTotalPage() { return 16; }
_RETURNED = re.compile(
    rf"function\s+(?:get)?(?:{PAGES_NAME})\s*\(\s*\)\s*\{{\s*return\s+[\"']?(?P<value>\d{{1,9}})",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\{[^{}]{1,400}\}")
_STORED = re.compile(r"<(total_?(?:page|record)s?)>\s*(?:<!\[CDATA\[)?\s*(\d{1,9})", re.IGNORECASE)


def counts_in_scripts(script: str) -> Iterator[Sign]:
    """Yield what the variables and calls of a script say of pages and rows."""
    for count in chain(_COUNTED.finditer(script), _RETURNED.finditer(script)):
        if int(count["value"]) > 0:
            words = f"it counts its pages: {quoted(count[0])}"
            yield Sign(words, int(count["value"]), is_count=True)
    for stored in _STORED.finditer(script):
        pages = int(stored[2]) if "page" in stored[1].lower() else None
        rows = int(stored[2]) if pages is None else None
        yield Sign(f"it counts: {quoted(stored[0])}", pages, rows, is_count=True)
    yield from _signs_of_objects(script)
    for call in _calls(script):
        if not (_is_defined(script[: call.start()]) or _NO_PAGER.search(call["name"])):
            yield from _signs_of_call(call["name"], script[call.end() : call.end() + _ARGUMENTS])


def _calls(script: str) -> Iterator[re.Match[str]]:
    """Yield the calls of pagers: their form is tried only where a name holds a pager's word.

    Anywhere else it would be tried at each cut of each name in the script.
    """
    backwards, length = script[::-1], len(script)
    starts: set[int] = set()
    for word in _PAGER_WORD.finditer(script):
        before = _CALLED_ON.match(backwards, length - word.start())
        begins = length - before.end() if before else 0
        names = _NAME_BEGINS.finditer(script, begins, word.start() + 1)
        starts.update(each.start() for each in names)
    reached = 0
    for start in sorted(starts):
        if start >= reached and (call := _CALL.match(script, start)):
            yield call
            reached = call.end()


def _is_defined(before: str) -> bool:
    """Return whether a name behind `before` is that of a function which is being defined."""
    bare = before.rstrip()
    is_apart = bare.endswith("function") and bare != before
    return is_apart or (bare.endswith("*") and bare[:-1].rstrip().endswith("function"))


def _signs_of_objects(script: str) -> Iterator[Sign]:
    """Yield the totals of a list that a script has: {"current":1,"size":15,"total":189}."""
    for literal in _OBJECT.finditer(script):
        pairs = PAIR.findall(literal[0])
        pages, rows = _totals(pairs)
        if (rows or pages) is not None and any(is_of_paging(name) for name, _ in pairs):
            yield Sign(f"it counts: {quoted(literal[0])}", pages, rows, is_count=True)


def _totals(pairs: list[tuple[str, str]]) -> tuple[int | None, int | None]:
    """Return the number of pages, where it is named so and no rows are counted, and of rows."""
    _, rows = pages_and_rows(pairs)
    named = [pair for pair in pairs if pair[0].lower() != "num"]
    return (pages_and_rows(named)[0] if rows is None else None), rows


def _signs_of_call(name: str, behind: str) -> Iterator[Sign]:
    """Yield what the arguments of a pager's call say, by their names or as the first of them."""
    arguments = _within_brackets(behind)
    pairs = PAIR.findall(arguments)
    pages, rows = pages_and_rows(pairs)
    first = _FIRST.match(arguments) or _SECOND.match(arguments)
    if pages is None and rows is None and first:
        pages, rows = _by_first_argument(int(first[1]), page_size(pairs))
    is_count = pages is not None or rows is not None
    if is_count or _SURE_CALL.search(name):
        words = f"its pager is not understood: {quoted(f'{name}({arguments})')}"
        yield Sign(words, pages, rows, is_count)


def _by_first_argument(number: int, size: int | None) -> tuple[int | None, int | None]:
    """Return pages and rows; createPage(34, …) counts pages, as all do that name no size."""
    return (number, None) if size is None else (ceil(number / size), number)


def _within_brackets(text: str) -> str:
    depth = 1
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[:at]
    return text
