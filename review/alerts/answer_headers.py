"""Who answered, and for how long it asks to be left alone (Retry-After: RFC 9110, 10.2.3).

Apprise doesn't pass answers on, so they are heard where Requests has them.
"""

from datetime import timedelta
from threading import local
from typing import Any
from urllib.parse import urlsplit

from requests import Response, sessions
from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

_LATER = (429, 503)

_heard = local()  # a message is sent in a thread of its own


def forget_answers() -> None:
    """Forget what was heard in this thread."""
    _heard.retry_after = _heard.host = None


def answering_host() -> str | None:
    """Return the host that answered last; None: none did."""
    host: str | None = getattr(_heard, "host", None)
    return host


def retry_after() -> timedelta | None:
    """Return for how long the last answer that asked for it wants to be left alone."""
    heard: timedelta | None = getattr(_heard, "retry_after", None)
    return heard


def _hear(response: Response, *_args: Any, **_more: Any) -> None:
    _heard.host = urlsplit(response.url).hostname
    if response.status_code in _LATER:
        try:
            seconds = Retry().get_retry_after(response.raw)
        except (InvalidHeader, ValueError, OverflowError):
            return
        if seconds is not None:
            _heard.retry_after = timedelta(seconds=seconds)


# With this every session of Requests begins.
sessions.default_hooks = lambda: {"response": [_hear]}  # type: ignore[attr-defined]
