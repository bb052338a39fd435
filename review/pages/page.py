"""One page: a template filled in, in the reader's language and time zone."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from letters.review import ReviewState
from review.desk_links import FILTERS
from review.links import encode_query, page_feed, query_in_language
from review.mount_path import base_path, own_path, page_path
from review.query_parameters import read_language
from review.rendering import render
from review.translator import Translator

TABLE_ROWS = 50  # of one page
_YEAR = 365 * 24 * 3600
# The pages whose path the API has, too.
_WITH_TWIN = re.compile(
    r"/(letters|changes|crawls|alarms|sources|(letters|changes)/[0-9]+"
    r"|letters/[0-9]+/(versions/-?[0-9]+|diff/-?[0-9]+\.\.-?[0-9]+))"
)


def page_response(request: Request, template: str, zone: ZoneInfo, **values: Any) -> HTMLResponse:
    """Return a page of `review/templates`, with what each page needs beside its own values."""
    return html_response(request, page_html(request, template, zone, **values))


def page_html(request: Request, template: str, zone: ZoneInfo, **values: Any) -> bytes:
    """Return the HTML of such a page; of `request` it has what `page_key` names."""
    language = read_language(request)
    other_language = "en" if language == "zh" else "zh"
    common = {
        "translator": Translator(language, zone),
        "base": base_path(request.scope),
        "path": own_path(request.scope),
        "page": page_path(request.scope),
        "json_twin": _json_twin(request),
        "query": request.query_params,
        "feed_query": encode_query(page_feed(request)),
        "other_language_query": query_in_language(request, other_language),
    }
    text = render(template, **{**common, **values})
    return text.encode()


def page_key(request: Request) -> tuple[str, ...]:
    """Return all of a request that is in the HTML of its page."""
    scope = request.scope
    query = scope["query_string"].decode("latin-1")
    return read_language(request), base_path(scope), scope["path"], query


def html_response(request: Request, html: bytes) -> HTMLResponse:
    """Return a page; a language that is asked for is kept for the pages to come."""
    page, language = HTMLResponse(html), read_language(request)
    if request.query_params.get("lang") == language:
        at = base_path(request.scope) or "/"
        page.set_cookie("lang", language, max_age=_YEAR, path=at, samesite="strict", httponly=True)
    return page


def refusal_page(request: Request, error: HTTPException, zone: ZoneInfo) -> Response:
    """Return a page that says why a request is refused."""
    page = page_response(request, "error.html", zone, status_code=error.status_code, refusal=error)
    page.status_code = error.status_code
    page.headers.update(error.headers or {})
    return page


def _json_twin(request: Request) -> str | None:
    """Return where the API says the same, with the page's filters; None where it doesn't."""
    page = page_path(request.scope).removesuffix("/served")
    url = request.url.remove_query_params(["lang", "view", "token", "part", "at", "after"])
    if page == "/review":
        given = {
            name: request.query_params[name] for name in FILTERS if name in request.query_params
        }
        url = url.replace_query_params(**{"state": ReviewState.OPEN.value, **given})
    elif page != "/" and not _WITH_TWIN.fullmatch(page):
        return None
    at = "/changes" if page in ("/", "/review") else page
    return f"{base_path(request.scope)}/api{at}{f'?{url.query}' if url.query else ''}"
