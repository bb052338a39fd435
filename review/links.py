"""Queries that lead on from a page: to other rows, to the same with other letters, to a feed."""

from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request

from review.query_parameters import Slice, asked_baseline

FILTERS = ("source", "kind", "significance", "since", "until", "baseline", "lang")
_NOT_TO_BE_SHOWN = "token"


def filters(request: Request) -> dict[str, str]:
    """Return by what a request filters changes, in an order that is always the same."""
    asked = {**request.query_params, "baseline": "1" if asked_baseline(request) else ""}
    return {name: asked[name] for name in FILTERS if asked.get(name)}


def written(query: dict[str, str]) -> str:
    """Return a query as it stands in an address."""
    return urlencode(query, quote_via=quote)


def in_language(request: Request, language: str) -> str:
    """Return the query for the same page in another language."""
    url = request.url.remove_query_params(_NOT_TO_BE_SHOWN)
    return url.include_query_params(lang=language).query


def pager(request: Request, part: Slice, total: int) -> dict[str, Any]:
    """Return what is shown of how many, and the queries of the rows before and after."""
    after, before = part.offset + part.limit, max(part.offset - part.limit, 0)
    url = request.url.remove_query_params(_NOT_TO_BE_SHOWN)
    return {
        "first": min(part.offset + 1, total),
        "last": min(after, total),
        "total": total,
        "older": url.include_query_params(offset=after).query if after < total else None,
        "newer": url.include_query_params(offset=before).query if part.offset else None,
    }


def next_rows(request: Request, part: Slice) -> str:
    """Return the address of the rows after those that were asked for."""
    url = request.url.remove_query_params(_NOT_TO_BE_SHOWN)
    return str(url.include_query_params(limit=part.limit, offset=part.offset + part.limit))


def with_baseline(request: Request, *, baseline: bool) -> str:
    """Return the query for the same changes with the letters of first crawls, or without."""
    url = request.url.remove_query_params([_NOT_TO_BE_SHOWN, "offset", "baseline"])
    return (url.include_query_params(baseline=1) if baseline else url).query
