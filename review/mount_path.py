"""The path under which a proxy serves the pages, so that every link leads there."""

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from review.path_prefix import clean_path

HEADER = "X-Forwarded-Prefix"


def base_path(scope: Scope) -> str:
    """Return the path that precedes those of the pages: "" or, for instance, /fuhan."""
    # A mounted application (/static) has a root of its own; app_root_path keeps ours.
    base: str = scope.get("app_root_path", scope.get("root_path", ""))
    return base


def page_path(scope: Scope) -> str:
    """Return the requested path without the base path."""
    path: str = scope["path"]
    return path.removeprefix(base_path(scope))


def own_path(scope: Scope) -> str:
    """Return the requested path as a link; two slashes at its start would name a host."""
    return f"{base_path(scope)}/{quote(page_path(scope).lstrip('/'))}"


class MountPath:
    """ASGI middleware that sets `root_path` to the base path.

    A proxy may strip the base path before it passes a request on, or leave it.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._base = clean_path(base) or ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its base path."""
        if scope["type"] == "http":
            scope = self._with_base(scope)
        await self._app(scope, receive, send)

    def _with_base(self, scope: Scope) -> Scope:
        prefix = clean_path(Headers(scope=scope).get(HEADER, ""))
        base = self._base if prefix is None else prefix
        path = scope["path"]
        if path != base and not path.startswith(f"{base}/"):
            path = base + path
        return {**scope, "root_path": base, "path": path}
