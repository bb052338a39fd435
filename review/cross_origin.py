"""Lets pages of other origins read the API and the feed, where it is configured (CORS)."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from review.mount_path import page_path

_READABLE = ("/api/", "/feed.atom")
_SENT = ("Authorization", "If-None-Match")
_SHOWN = ("ETag", "Link", "X-Total-Count")


class CrossOrigin:
    """ASGI middleware that names the origins whose pages may read what programs read.

    They read by GET and never with cookies: where a token is set, their requests bear it. Without
    any origin no answer has a header of it.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._readable = app
        if origins:
            self._readable = CORSMiddleware(
                app, origins, ["GET"], _SENT, allow_credentials=False, expose_headers=_SHOWN
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a browser that asks before it reads, or pass the request on."""
        is_readable = scope["type"] == "http" and page_path(scope).startswith(_READABLE)
        await (self._readable if is_readable else self._app)(scope, receive, send)
