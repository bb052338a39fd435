"""Under which path a proxy serves the pages, so that every link leads there."""

import re
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "X-Forwarded-Prefix"
_CLEAN = re.compile(r"/|(/[A-Za-z0-9._~-]+)+/?")


def clean_path(told: str) -> str | None:
    """Return `told` without a slash at its end, the root as nothing; None where it is not clean.

    It ends up in links: neither a host (//) nor steps upwards may stand in it.
    """
    if not _CLEAN.fullmatch(told) or {".", ".."} & set(told.split("/")):
        return None
    return told.rstrip("/")


def base_path(scope: Scope) -> str:
    """Return the path that stands before those of the pages: nothing, or such as /fuhan."""
    # A mounted application has a root of its own; what it is mounted in keeps ours.
    told: str = scope.get("app_root_path", scope.get("root_path", ""))
    return told


def page_path(scope: Scope) -> str:
    """Return the path that is asked for, without what a proxy puts before it."""
    asked: str = scope["path"]
    return asked.removeprefix(base_path(scope))


def own_path(scope: Scope) -> str:
    """Return the path that leads back to what is asked for; two slashes would name a host."""
    return f"{base_path(scope)}/{quote(page_path(scope).lstrip('/'))}"


class Placed:
    """ASGI middleware that tells the application its place, as ASGI means `root_path`.

    A proxy may take the path off before it hands a request on, or leave it.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._base = clean_path(base) or ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its place."""
        if scope["type"] == "http":
            scope = self._placed(scope)
        await self._app(scope, receive, send)

    def _placed(self, scope: Scope) -> Scope:
        told = clean_path(Headers(scope=scope).get(HEADER, ""))
        base = self._base if told is None else told
        path = scope["path"]
        if path != base and not path.startswith(f"{base}/"):
            path = base + path
        return {**scope, "root_path": base, "path": path}
