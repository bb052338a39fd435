"""Numbers that a script or an attribute names: which count pages, rows, the size of a page."""

import re
from collections.abc import Iterable
from math import ceil

# What a number of pages is called, as a form.
PAGES_NAME = (
    r"(?:max|total|all|sum|last|end)_?pages?(?:_?(?:num|number|no|count|size|index))?"
    r"|pages?_?(?:count|total|sum|all|max)|(?:count|num|number)_?(?:of_?)?pages?|n_?pagecount|zys"
    r"|zong_?ye_?(?:shu)?|ye_?shu"
)
# A name and a number: "pageSize":15, total = 80.
PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*[:=]\s*[\"']?(\d{1,9})(?![\w.])")
_PAGES_KEY = re.compile(rf"{PAGES_NAME}|pages|num", re.IGNORECASE)
_ROWS_KEY = re.compile(
    r"counts?|totals?|total_?(?:count|records?|rows?|num|data|number|items?|size)|records?|rows?_?count"
    r"|record_?(?:count|total|num)|data_?(?:count|total)|all_?(?:count|num)|items?_?(?:count)?|number_?of_?items|sum|zs",
    re.IGNORECASE,
)
PAGE_SIZE_NAME = re.compile(
    r"limit|per_?page|page_?size|pre_?page|items_?per_?page|page_?rows|rows_?(?:per_?page)?|size|"
    r"one_?page|show_?(?:data|num|count)|num_?per_?page|page_?limit|each_?page|psize",
    re.IGNORECASE,
)

_CURRENT_NAME = re.compile(
    r"cur(?:rent)?(?:_?page)?|page_?(?:no|num|index)?|now_?page", re.IGNORECASE
)


def is_of_paging(name: str) -> bool:
    """Return whether a number is called the size of a page, or which page this is."""
    return bool(PAGE_SIZE_NAME.fullmatch(name) or _CURRENT_NAME.fullmatch(name))


def pages_and_rows(pairs: Iterable[tuple[str, str]]) -> tuple[int | None, int | None]:
    """Return the numbers of pages and of rows that named numbers give, None for one not given.

    >>> pages_and_rows([("total", "80"), ("pageSize", "15")])
    (6, 80)
    """
    named = [(name, int(value)) for name, value in pairs]
    if not named:
        return None, None
    pages = [value for name, value in named if _PAGES_KEY.fullmatch(name)]
    rows = [value for name, value in named if _ROWS_KEY.fullmatch(name)]
    size = page_size(pairs)
    if not pages and rows and size:
        pages = [max(ceil(max(rows) / size), 1)]
    return max(pages, default=None), max(rows, default=None)


def page_size(pairs: Iterable[tuple[str, str]]) -> int | None:
    """Return how many rows a page has by the first of the named numbers that says so, or None."""
    sizes = (int(value) for name, value in pairs if PAGE_SIZE_NAME.fullmatch(name))
    return next(filter(None, sizes), None)
