"""How many rows the scripts of a directory say it has: var recordNum = 240, "total": 240."""

import re
from collections.abc import Iterator
from itertools import chain

from crawler.directory.signs_of_more.sign import Sign, quoted
from letters.text import HAN

# Totals of rows by their names: var recordNum = 240.
_ROWS_NAMED = re.compile(
    r"(?<![\w$.])(?:m_)?[ni]?(?:total_?(?:rows?|records?|num(?:ber)?|count|items?)"
    r"|record_?(?:num(?:ber)?|total|count|size)|rows?_?count|data_?count)"
    r"\s*=\s*[\"']?(\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
# A total by a plain name is one of rows where the script sets the size of a page too.
_TOTAL = re.compile(
    r"(?<![\w$.])(?:totals?|total_?size|all_?count|[ni]?(?:rec)?count)"
    r"\s*=\s*[\"']?(\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?:page_?size|per_?page|page_?rows|pre_?page|psize|page_?limit)\s*=\s*[\"']?\d",
    re.IGNORECASE,
)
# The total of an answer in the page: "total": 240, or total: 240 beside its list.
_QUOTED_TOTAL = re.compile(
    r"[\"'](?:numberOfItems|total(?:_?(?:count|num(?:ber)?|rows?|records?|elements|items|hits))?)[\"']"
    r"\s*:\s*[\"']?(\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
_TOTAL_KEY = re.compile(
    r"(?<![\w$.])[\"']?(?:total|count|total_?count|record_?count|row_?count)[\"']?\s*:\s*(\d{1,9})(?![\w.])",
    re.IGNORECASE,
)
_LIST_KEY = re.compile(
    r"(?<![\w$])[\"']?(?:\w*list|rows|records|items|content|results?|articles|docs|data)[\"']?\s*:\s*\[",
    re.IGNORECASE,
)
_NEAR = 400  # characters between a list and its total, on either side
# What a script puts into the page: html('共' + 7 + '页').
_SAID = re.compile(rf"(?<![{HAN}》）”])共(?:有|计)?[\s\"'`+]*(\d{{1,6}})[\s\"'`+]*([页頁条篇件])")
# Words in lower case, one of which is in all that the forms of a total match.
_HINTS = ("total", "count", "record", "numberofitems")


def totals_in_scripts(script: str) -> Iterator[Sign]:
    """Yield totals of rows by their names, by the size of a page or the list beside them."""
    script = script.replace('\\"', '"')  # JSON in a string
    lowered = script.lower()
    if any(hint in lowered for hint in _HINTS):
        for total in _totals(script):
            yield Sign(f"it counts: {quoted(total[0])}", None, int(total[1]), is_count=True)
    for said in _SAID.finditer(script) if "共" in script else ():
        number, of_pages = int(said[1]), said[2] in "页頁"
        pages, rows = (number, None) if of_pages else (None, number)
        yield Sign(f"a script says {quoted(said[0])}", pages, rows, is_count=True)


def _totals(script: str) -> Iterator[re.Match[str]]:
    lists = [match.start() for match in _LIST_KEY.finditer(script)]
    near = (
        key
        for key in (_TOTAL_KEY.finditer(script) if lists else ())
        if any(abs(key.start() - at) < _NEAR for at in lists)
    )
    named = chain(_ROWS_NAMED.finditer(script), _QUOTED_TOTAL.finditer(script))
    yield from chain(near, named, _TOTAL.finditer(script) if _SIZE.search(script) else ())
