"""Lets in who sends a token that is known, names the person, and asks all others for one."""

import re
from urllib.parse import quote

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope

from review.api import refusal_response
from review.form_body import first, read_form
from review.mount_path import base_path, own_path, page_path
from review.pages.page import page_response
from review.people import COOKIE, People, sent_token, token_in_query
from review.refusals import refusal_line
from review.settings import ReviewSettings
from review.wrong_tokens import WrongTokens

SIGN_IN, SIGN_OUT = "/login", "/logout"
# What needs no token: monitors have none, and the page that asks for one looks as all others do.
_OPEN = ("/healthz", "/static/")
_OF_PROGRAMS = ("/api/", "/feed", "/metrics")
_READING = ("GET", "HEAD")
_LONGEST_FORM = 8192  # bytes
_OWN_LINK = re.compile(r"/(?!/)[!-\[\]-~]*")  # ASCII; a browser takes \ for /, and // for a host


class Admission:
    """Decides for each request whether it goes on, and in whose name."""

    def __init__(self, settings: ReviewSettings) -> None:
        self._zone = settings.timezone
        self._people = People(settings)
        self._wrong_tokens = WrongTokens()

    async def refusal(self, scope: Scope, receive: Receive) -> Response | None:
        """Return the answer to a request that goes no further.

        None lets it go on: `scope["person"]` is then who sends it, None where nobody is asked.
        """
        path = page_path(scope)
        if path == SIGN_IN and scope["method"] == "POST":
            return await self._sign_in(Request(scope, receive))
        if path.startswith(_OPEN):
            return None
        try:
            scope["person"] = name = self._person(scope)
        except HTTPException as error:
            return self._refuse(scope, error)
        if name is None and self._people.have_tokens:
            return self._refuse(scope, HTTPException(401, "a token is asked for", _CHALLENGE))
        return self._onward(scope)

    def _person(self, scope: Scope) -> str | None:
        if name := self._people.named_by_proxy(scope):
            return name
        token = sent_token(scope)
        return self._owner(scope, token) if token and self._people.have_tokens else None

    def _owner(self, scope: Scope, token: bytes) -> str | None:
        """Return whose token it is, None for nobody's; raise a 429 after too many wrong ones."""
        address = scope["client"][0] if scope.get("client") else ""
        if wait := self._wrong_tokens.seconds_to_wait(address):
            reason = f"too many wrong tokens were tried: try again in {wait} s"
            raise HTTPException(429, reason, {"Retry-After": str(wait)})
        name = self._people.name_of(token)
        if name is None:
            self._wrong_tokens.add_wrong(address, token)
        else:
            self._wrong_tokens.add_right(address)
        return name

    def _onward(self, scope: Scope) -> Response | None:
        """Return where a page goes on whose link carries a token, or that asks for a known one.

        The token becomes a cookie and leaves the link, which browsers keep and people send on.
        """
        path = page_path(scope)
        token = token_in_query(scope)
        if path == SIGN_IN and scope["method"] not in _READING:
            wrong = HTTPException(405, "Method Not Allowed", {"Allow": "GET, HEAD, POST"})
            return self._refuse(scope, wrong)
        if path == SIGN_IN:
            return RedirectResponse(f"{base_path(scope)}/", 303)
        is_page = scope["method"] == "GET" and not path.startswith(_OF_PROGRAMS)
        if not (is_page and token and self._people.name_of(token.encode())):
            return None
        return _remembering(scope, _own_link(scope), token)

    async def _sign_in(self, request: Request) -> Response:
        scope = request.scope
        try:
            _refuse_other_sites(request)
            form = await read_form(request, _LONGEST_FORM)
            token = first(form, "token").strip()
            name = self._owner(scope, token.encode()) if token else None
        except HTTPException as error:
            return self._refuse(scope, error)
        next_link = _checked_link(first(form, "next"), base_path(scope))
        if name is None:
            wrong = HTTPException(401, "the token is wrong", _CHALLENGE)
            return self._refuse(scope, wrong, next_link, is_wrong=True)
        return _remembering(scope, next_link, token)

    def _refuse(
        self,
        scope: Scope,
        error: HTTPException,
        next_link: str | None = None,
        *,
        is_wrong: bool = False,
    ) -> Response:
        """Return the page that asks for a token; to programs a line, in the API as JSON."""
        headers = {"Cache-Control": "no-store", **(error.headers or {})}
        if page_path(scope).startswith("/api/"):
            answer = refusal_response(Request(scope), error)
            answer.headers.update(headers)
            return answer
        if page_path(scope).startswith(_OF_PROGRAMS):
            line = f"{error.status_code}: {refusal_line(Request(scope), error)}\n"
            return PlainTextResponse(line, error.status_code, headers)
        page = page_response(
            Request(scope),
            "token.html",
            self._zone,
            next_link=next_link or _own_link(scope),
            wait=headers.get("Retry-After"),
            is_wrong=is_wrong,
            refused=None if error.status_code in (401, 429) else error,
        )
        page.status_code = error.status_code
        page.headers.update(headers)
        return page


_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def signed_out(request: Request) -> Response:
    """Return the answer after which a browser has no token any more."""
    answer = RedirectResponse(f"{base_path(request.scope)}/", 303)
    answer.delete_cookie(COOKIE, path=base_path(request.scope) or "/")
    return answer


def _refuse_other_sites(request: Request) -> None:
    """Raise a 403 where a browser says that another site sends a form.

    It could sign somebody in as another person. `Origin` can't tell, as our policy on referrers
    empties it.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "the form of another site is not taken")


def _own_link(scope: Scope) -> str:
    """Return path and query of a request without a token, where a link can have them."""
    if scope["method"] not in _READING or page_path(scope) in (SIGN_IN, SIGN_OUT):
        return f"{base_path(scope)}/"
    query = URL(scope=scope).remove_query_params("token").query
    return own_path(scope) + (f"?{query}" if query else "")


def _checked_link(written: str, base: str) -> str:
    """Return `written` where it is path and query of one of our pages, else the first page."""
    is_ours = _OWN_LINK.fullmatch(written) and written.startswith(f"{base}/")
    return written if is_ours else f"{base}/"


def _remembering(scope: Scope, link: str, token: str) -> Response:
    answer = RedirectResponse(link, 303, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        COOKIE,
        quote(token, safe=""),
        path=base_path(scope) or "/",
        secure=scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )
    return answer
