"""Links of a page: to its other rows, to itself in another form, to the feed of its changes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from starlette.requests import Request

from letters.alarm import Alarm
from letters.crawl_record import Crawl
from letters.plain_letter_record import PlainLetterRecord
from review.cursors import LAST, PARAMETER, CursorList, cursor
from review.mount_path import page_path
from review.query_parameters import read_baseline
from storage.queries import ListedLetter, ListPage, letter_position

Row = TypeVar("Row")
Place = Callable[[Row], tuple[Any, ...]]
FILTERS = (
    "source",
    "letter",
    "kind",
    "significance",
    "state",
    "since",
    "until",
    "baseline",
    "category",
    "detail",
    "text",
    "tag",
    "lang",
)
_OF_LETTER = re.compile(r"/letters/([0-9]{1,9})(?:/|$)")
# Of which filters of a page there is a feed: who decides sees what is undecided, whatever it is.
_FED_BY = {
    "/changes": FILTERS,
    "/letters": ("source",),
    "/crawls": ("source",),
    "/review": ("source", "kind", "significance", "category", "detail", "text", "tag"),
}
_NOTHING = (None, "", "0", "false")
_HIDDEN = "token"  # not to be shown in a link


@dataclass(frozen=True, slots=True)
class Pager:
    """The links from one page of a list to the others: queries, None where there is nothing."""

    total: str | None  # how many rows the list has; None: not counted
    first: str | None
    newer: str | None
    older: str | None
    last: str | None


def feed_filters(request: Request) -> dict[str, str]:
    """Return the filters of changes in a request, in an order that is always the same."""
    parameters = {**request.query_params, "baseline": "1" if read_baseline(request) else ""}
    return {name: parameters[name] for name in FILTERS if parameters.get(name)}


def page_feed(request: Request) -> dict[str, str]:
    """Return the filters of the feed that says what a page shows; none: that of all changes.

    A page that refuses a filter has a link to its feed all the same, which refuses it, too.
    """
    page, given = page_path(request.scope), request.query_params
    if letter := _OF_LETTER.match(page):
        return {"letter": letter[1]}
    names = _FED_BY.get(page, ())
    return {name: given[name] for name in names if given.get(name) not in _NOTHING}


def encode_query(query: dict[str, str]) -> str:
    """Return a query as it is written in a URL."""
    return urlencode(query, quote_via=quote)


def query_in_language(request: Request, language: str) -> str:
    """Return the query for the same page in another language."""
    url = request.url.remove_query_params(_HIDDEN)
    return url.include_query_params(lang=language).query


def pager(
    request: Request, of: CursorList, page: ListPage[Row], place: Place[Row], total: int | None
) -> Pager:
    """Return the links between the pages of a list; `place` returns the position of a row."""
    newest = page.newer_beyond or (place(page.rows[0]) if page.rows else None)
    oldest = page.older_beyond or (place(page.rows[-1]) if page.rows else None)
    newer = older = None
    if newest and page.has_newer:
        newer = _at(request, cursor(request, of, newest, towards_newer=True))
    if oldest and page.has_older:
        older = _at(request, cursor(request, of, oldest, towards_newer=False))
    return Pager(
        total=None if total is None else str(total),
        first=_at(request, None) if page.has_newer else None,
        newer=newer,
        older=older,
        last=_at(request, LAST) if page.has_older else None,
    )


def letter_place(letter: ListedLetter | PlainLetterRecord) -> tuple[Any, ...]:
    """Return the position of a letter in lists of letters."""
    return letter_position(letter.listed_on, letter.id)


def crawl_place(crawl: Crawl) -> tuple[int]:
    """Return the position of a crawl in lists of crawls."""
    return (crawl.id,)


def alarm_place(alarm: Alarm) -> tuple[int]:
    """Return the position of an alarm in lists of alarms."""
    return (alarm.id,)


def link_header(request: Request, links: Pager) -> str:
    """Return the links of a list of the API as a Link header has them (RFC 8288)."""
    relations = {
        "next": links.older,
        "prev": links.newer,
        "first": links.first,
        "last": links.last,
    }
    return ", ".join(
        f'<{request.url.replace(query=query)}>; rel="{relation}"'
        for relation, query in relations.items()
        if query is not None
    )


def link_after(request: Request, change_id: int) -> str:
    """Return the address of the same changes after another id."""
    url = request.url.remove_query_params(_HIDDEN)
    return str(url.include_query_params(after_id=change_id))


def _at(request: Request, text: str | None) -> str:
    """Return the query for another page of the same list; with None for the first one."""
    url = request.url.remove_query_params([_HIDDEN, PARAMETER])
    return (url if text is None else url.include_query_params(**{PARAMETER: text})).query


def query_with_baseline(request: Request, *, baseline: bool) -> str:
    """Return the query for the same changes with the letters of first crawls, or without."""
    url = request.url.remove_query_params([_HIDDEN, PARAMETER, "baseline"])
    return (url.include_query_params(baseline=1) if baseline else url).query
