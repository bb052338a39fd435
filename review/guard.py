"""Checks the host and the token of each request, and sets security headers on each answer."""

import hmac
import ipaddress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, unquote_to_bytes, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.mount_path import HEADER, base_path, own_path, page_path
from review.query_parameters import read_language
from review.rendering import render
from review.settings import ReviewSettings
from review.translator import Translator

COOKIE = "fuhan-token"
HEALTH_PATH = "/healthz"  # requested by monitors that have no token
_VARY = f"Accept-Language, Cookie, {HEADER}"  # what an answer depends on beside its URL
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware that refuses requests with a foreign host or without the token."""

    def __init__(self, app: ASGIApp, settings: ReviewSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on; either answer gets the security headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = _token(scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.add_vary_header(_VARY)
                if token and self._is_right(token) and _token_in_query(scope):
                    path = base_path(scope) or "/"
                    cookie = f"{COOKIE}={quote(token)}; HttpOnly; SameSite=Strict; Path={path}"
                    headers.append("Set-Cookie", cookie)
            await send(message)

        refusal = self._refusal(scope, token)
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope, token: bytes | None) -> Response | None:
        if not self._is_our_host(Headers(scope=scope).get("host", "")):
            return PlainTextResponse("421: this host is not served here\n", 421)
        if (
            self._settings.token is None
            or page_path(scope) == HEALTH_PATH
            or self._is_right(token or b"")
        ):
            return None
        challenge = {"WWW-Authenticate": "Bearer"}
        if page_path(scope).startswith(("/api/", "/feed", "/metrics", "/static/")):
            return PlainTextResponse("401: a token is asked for\n", 401, challenge)
        translator = Translator(read_language(Request(scope)), self._settings.timezone)
        page = render("token.html", translator=translator, path=own_path(scope))
        return HTMLResponse(page, 401, challenge)

    def _is_right(self, token: bytes) -> bool:
        return hmac.compare_digest(token, (self._settings.token or "").encode())

    def _is_our_host(self, header: str) -> bool:
        try:
            name = (urlsplit(f"//{header}").hostname or "").lower()
        except ValueError:
            return False
        hosts = {host.lower() for host in (self._settings.host, *self._settings.hosts)}
        return name in hosts or name == "localhost" or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _token(scope: Scope) -> bytes | None:
    """Return the token in a request: in its header, its query or its cookie."""
    headers = Headers(scope=scope)
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer.strip().encode("latin-1")  # as Starlette decoded the header
    if token := _token_in_query(scope):
        return token.encode()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return unquote_to_bytes(cookie.value) if cookie else None


def _token_in_query(scope: Scope) -> str | None:
    query: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return query["token"][0] if "token" in query else None
