"""Who sends a request: by a token, or by the header of a proxy that asked for a name itself."""

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, unquote_to_bytes

from starlette.datastructures import Headers
from starlette.types import Scope

from review.settings import ReviewSettings

COOKIE = "fuhan-token"
SOLE_REVIEWER = "reviewer"  # who decides with the one token that has no name of its own
_LONGEST = 100  # characters of a name that a proxy sends


class People:
    """The people who may read and decide."""

    def __init__(self, settings: ReviewSettings) -> None:
        self._header = settings.trusted_header
        self._names = {token: name for name, token in settings.people.items()}
        if settings.token is not None:
            self._names.setdefault(settings.token, SOLE_REVIEWER)

    @property
    def have_tokens(self) -> bool:
        """Whether a token is asked for."""
        return bool(self._names)

    def name_of(self, token: bytes) -> str | None:
        """Return whose token it is, None for nobody's; that takes as long for any token."""
        names = [
            name
            for known, name in self._names.items()
            if hmac.compare_digest(token, known.encode())
        ]
        return names[0] if names else None

    def named_by_proxy(self, scope: Scope) -> str | None:
        """Return the person whom the proxy's header names; None where it does not name just one.

        A proxy that adds its header to one that its client sent is not believed.
        """
        values = Headers(scope=scope).getlist(self._header) if self._header else []
        if len(values) != 1:
            return None
        name = _as_sent(values[0]).strip()
        return name if name.isprintable() and 0 < len(name) <= _LONGEST else None


def form_token(settings: ReviewSettings, name: str) -> str:
    """Return what a form of this person carries, so that no other site can send one for them."""
    return hmac.digest(settings.secret, name.encode(), "sha256").hex()


def sent_token(scope: Scope) -> bytes | None:
    """Return the token of a request: that of its header, else of its query, else its cookie."""
    headers = Headers(scope=scope)
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer.strip().encode("latin-1")  # as Starlette decoded the header
    if token := token_in_query(scope):
        return token.encode()
    cookie = _cookie(headers.get("cookie", ""))
    return unquote_to_bytes(cookie) if cookie else None


def token_in_query(scope: Scope) -> str | None:
    """Return the token in the query of a request, or None."""
    query: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return query["token"][0] if "token" in query else None


def _cookie(header: str) -> str | None:
    try:
        cookie = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie else None


def _as_sent(value: str) -> str:
    """Return a header as UTF-8, which Starlette decoded as Latin-1."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeDecodeError:
        return value
