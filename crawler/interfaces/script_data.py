"""Rows that a page holds as data of its own script, and draws from there: nothing is asked.

`var list = [{title: …, url: …}]`, a script of type application/json, `__NEXT_DATA__`,
`window.__INITIAL_STATE__`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.interfaces.answer_values import date_of, first_count, link_of, text_of
from crawler.interfaces.interface import (
    Interface,
    InterfaceRequest,
    InterfaceRow,
    InterfaceRows,
    Parameters,
)
from crawler.interfaces.page_scripts import parse_page
from crawler.interfaces.script_values import ScriptValue, script_values
from letters.paper_titles import is_listed_as_paper

_MOST_LEVELS, _MOST_NODES = 12, 100_000  # of a value that are looked through
_ENOUGH = 0.5  # share of rows whose titles read as letters' do, from which on it is such a list
_KIND = r"(?:doc|article|info|news|content|page|detail|pub(?:lish)?|static|html|link|show|f|s)?"
_TITLE = re.compile(rf"{_KIND}(?:title|name|subject|biaoti)", re.IGNORECASE)
_URL = re.compile(rf"{_KIND}(?:url|link|href|path)", re.IGNORECASE)
_DATE = re.compile(r"(?!.*(?:update|modif|edit))\w*(?:date|time)|(?:fb)?(?:rq|sj)", re.IGNORECASE)
_PUBLISHED = re.compile(r"pub|rel|fb|^date$|^time$", re.IGNORECASE)
_TOTAL = re.compile(
    r"total(?:count|num(?:ber)?|records?|elements|rows?|size)?|(?:record|row)(?:count|s?total)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"total_?pages?|page_?(?:count|total|nums?)|pages", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DataList:
    """A list of objects within a value of a script, and the objects around it."""

    name: str  # of the value and of what leads to the list: window.__DATA__.list
    items: Sequence[Mapping[str, Any]]
    around: tuple[Mapping[str, Any], ...] = ()  # the innermost first

    @property
    def share_of_papers(self) -> float:
        """Share of the items whose titles read as letters' do."""
        papers = [is_listed_as_paper(_title_of(each)) for each in self.items]
        return sum(papers) / len(papers) if papers else 0.0


def data_lists(html: str) -> tuple[DataList, ...]:
    """Return the lists of letters in the data of a page's scripts, the longest first.

    Each of its objects has a title; one that has no URL leads to no page.
    """
    lists = (each for value in script_values(parse_page(html)) for each in _lists_in(value))
    papers = [each for each in lists if each.share_of_papers >= _ENOUGH]
    return tuple(sorted(papers, key=lambda each: -len(each.items)))


def unread_data(html: str) -> str | None:
    """Return in words which value of a page's scripts may hold rows and is no plain data."""
    for each in script_values(parse_page(html)):
        titles = re.findall(r"[\"']?\b(\w*title)[\"']?\s*:", each.source, re.IGNORECASE)
        if each.value is None and titles:
            return f"{each.name}, which is computed, no plain data"
    return None


def parameters_of(data: DataList, page_url: str) -> Parameters:
    """Return the list as an interface that answered it with the page."""
    keys = {"items": list(data.items), "around": [_counts_in(each) for each in data.around]}
    batch = json.dumps(keys, ensure_ascii=False)
    size = len(data.items) + 1  # more than there are: nothing is behind them
    return Parameters(page_url, data.name, page_url, (), size, first_batch=batch)


def _lists_in(value: ScriptValue) -> Iterator[DataList]:
    """Yield the lists of objects with titles within a value, outer ones first."""
    level: list[tuple[str, Any, tuple[Mapping[str, Any], ...]]] = [(value.name, value.value, ())]
    nodes = 0
    for _ in range(_MOST_LEVELS):
        inner = []
        for name, node, around in level:
            nodes += 1
            if nodes > _MOST_NODES:
                return
            if isinstance(node, dict):
                inner += [(f"{name}.{key}", each, (node, *around)) for key, each in node.items()]
            elif isinstance(node, list) and node and all(map(_is_titled, node)):
                yield DataList(name, node, around)
            elif isinstance(node, list):
                inner += [(f"{name}[]", each, around) for each in node]
        level = [each for each in inner if isinstance(each[1], dict | list)]


def _is_titled(item: Any) -> bool:
    return isinstance(item, dict) and bool(_title_of(item))


def _title_of(item: Mapping[str, Any]) -> str:
    titles = (text_of(value) for key, value in item.items() if _TITLE.fullmatch(_plain(key)))
    return max(titles, key=is_listed_as_paper, default="")


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "")


def _counts_in(around: Mapping[str, Any]) -> dict[str, Any]:
    counts = (_TOTAL, _PAGES)
    return {
        key: value
        for key, value in around.items()
        if isinstance(value, int | str) and any(form.fullmatch(_plain(key)) for form in counts)
    }


def _candidates(html: str, page_url: str) -> tuple[Parameters, ...]:
    return tuple(parameters_of(each, page_url) for each in data_lists(html))


def _request(parameters: Parameters, _number: int) -> InterfaceRequest:
    """Return the request for the page itself, which holds all."""
    return InterfaceRequest("GET", parameters.page_url)


def _read(text: str, parameters: Parameters) -> InterfaceRows:
    batch = json.loads(text)
    counts = [pair for around in batch["around"] for pair in around.items()]
    totals = [value for key, value in counts if _TOTAL.fullmatch(_plain(key))]
    pages = [value for key, value in counts if _PAGES.fullmatch(_plain(key))]
    rows = tuple(_row(each, parameters.page_url) for each in batch["items"])
    return InterfaceRows(rows, total=first_count(*totals), pages=first_count(*pages) or 1)


def _row(item: Mapping[str, Any], page_url: str) -> InterfaceRow:
    urls = (link_of(each, page_url) for key, each in item.items() if _URL.fullmatch(_plain(key)))
    dates = sorted(key for key in item if _DATE.fullmatch(_plain(key)))
    published = sorted(dates, key=lambda key: not _PUBLISHED.search(key))
    listed_on = date_of(*(item[key] for key in published))
    return InterfaceRow(_title_of(item), next(filter(None, urls), None), listed_on)


SCRIPT_DATA = Interface("script-data", (), _candidates, _request, _read, first_request=2)
