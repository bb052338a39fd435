"""One page: a template filled in, in the reader's language and time zone."""

from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from review.links import query_in_language
from review.mount_path import base_path, own_path, page_path
from review.query_parameters import read_language
from review.rendering import render
from review.translator import Translator

TABLE_ROWS = 50  # of one page
_YEAR = 365 * 24 * 3600


def page_response(request: Request, template: str, zone: ZoneInfo, **values: Any) -> HTMLResponse:
    """Return a page of `review/templates`, with what each page needs beside its own values."""
    language = read_language(request)
    other_language = "en" if language == "zh" else "zh"
    base = base_path(request.scope)
    text = render(
        template,
        translator=Translator(language, zone),
        base=base,
        path=own_path(request.scope),
        page=page_path(request.scope),
        query=request.query_params,
        other_language_query=query_in_language(request, other_language),
        **values,
    )
    page = HTMLResponse(text)
    if request.query_params.get("lang") == language:
        page.set_cookie(
            "lang", language, max_age=_YEAR, path=base or "/", samesite="strict", httponly=True
        )
    return page


def refusal_page(request: Request, error: HTTPException, zone: ZoneInfo) -> Response:
    """Return a page that says why a request is refused."""
    page = page_response(
        request, "error.html", zone, status_code=error.status_code, detail=error.detail
    )
    page.status_code = error.status_code
    page.headers.update(error.headers or {})
    return page
