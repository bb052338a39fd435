"""Links of a page: to its other rows, to itself in another form, to the feed of its changes."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

from review.query_parameters import Paging, read_baseline

FILTERS = ("source", "kind", "significance", "since", "until", "baseline", "lang")
_HIDDEN = "token"  # not to be shown in a link


@dataclass(frozen=True, slots=True)
class Pager:
    """Which rows of a list are shown, and the queries of the pages before and after."""

    first: int  # from 1
    last: int
    total: int | None  # None: not counted
    older: str | None  # None: there are no more rows
    newer: str | None  # None: this is the first page


def feed_filters(request: Request) -> dict[str, str]:
    """Return the filters of changes in a request, in an order that is always the same."""
    parameters = {**request.query_params, "baseline": "1" if read_baseline(request) else ""}
    return {name: parameters[name] for name in FILTERS if parameters.get(name)}


def encode_query(query: dict[str, str]) -> str:
    """Return a query as it is written in a URL."""
    return urlencode(query, quote_via=quote)


def query_in_language(request: Request, language: str) -> str:
    """Return the query for the same page in another language."""
    url = request.url.remove_query_params(_HIDDEN)
    return url.include_query_params(lang=language).query


def pager(request: Request, paging: Paging, total: int) -> Pager:
    """Return the links between the pages of a list of `total` rows."""
    after, before = paging.offset + paging.limit, max(paging.offset - paging.limit, 0)
    url = request.url.remove_query_params(_HIDDEN)
    return Pager(
        first=min(paging.offset + 1, total),
        last=min(after, total),
        total=total,
        older=url.include_query_params(offset=after).query if after < total else None,
        newer=url.include_query_params(offset=before).query if paging.offset else None,
    )


def next_rows_url(request: Request, paging: Paging) -> str:
    """Return the URL of the rows after those of `paging`."""
    url = request.url.remove_query_params(_HIDDEN)
    return str(url.include_query_params(limit=paging.limit, offset=paging.offset + paging.limit))


def query_with_baseline(request: Request, *, baseline: bool) -> str:
    """Return the query for the same changes with the letters of first crawls, or without."""
    url = request.url.remove_query_params([_HIDDEN, "offset", "baseline"])
    return (url.include_query_params(baseline=1) if baseline else url).query
