"""Checks host and sender of each request, and sets security headers on each answer."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.admission import Admission
from review.mount_path import HEADER
from review.settings import ReviewSettings

_VARY = f"Accept-Language, Cookie, {HEADER}"  # what an answer depends on beside its URL
_LONGEST_PATH = 1000  # characters; Python reads no number of more than 4,300 digits
POLICY = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Of pages with a script of ours, which sends their forms.
SCRIPT_POLICY = f"{_POLICY}; script-src 'self'; connect-src 'self'"
_HEADERS = {
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
        self._hosts = {host.lower() for host in (settings.host, *settings.hosts)}
        self._admission = Admission(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on; either answer gets the security headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)  # a page may have a policy of its own
                headers.setdefault(POLICY, _POLICY)
                headers.add_vary_header(_VARY)
            await send(message)

        refusal = await self._refusal(scope, receive)
        await (refusal or self._app)(scope, receive, send_guarded)

    async def _refusal(self, scope: Scope, receive: Receive) -> Response | None:
        if not self._is_our_host(Headers(scope=scope).get("host", "")):
            return PlainTextResponse("421: this host is not served here\n", 421)
        if len(scope["path"]) > _LONGEST_PATH:
            return PlainTextResponse("414: no path is that long\n", 414)
        return await self._admission.refusal(scope, receive)

    def _is_our_host(self, header: str) -> bool:
        try:
            name = (urlsplit(f"//{header}").hostname or "").lower()
        except ValueError:
            return False
        return name in self._hosts or name == "localhost" or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
