"""Apprise, known here alone. Nothing that it says is passed on, as it may name secrets.

Importing this module loads Apprise with all its services: 50 MB and a quarter of a second.
"""

import logging
import re
import warnings

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.common import OverflowMode

_KEY_HEADER = "X-Fuhan-Message"  # of mail and of webhooks
_PATIENCE = 20.0  # seconds for an answer; a message sent twice is worse than one sent late
_LIMIT = 60.0  # seconds for all of it, after which the message counts as not confirmed
_MARGIN = 100  # bytes, as some services put words around a message
_ANSWER = re.compile(r"\berror=(\d{3})\b")
_NO_CONNECTION = re.compile(r"connection error|timed? ?out", re.IGNORECASE)
# What writes addresses, tokens among them, into logs.
_TALKATIVE = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib")

for _name in _TALKATIVE:
    logging.getLogger(_name).propagate = False
    logging.getLogger(_name).addHandler(logging.NullHandler())

with warnings.catch_warnings():  # of what some of its services import; all are loaded at once
    warnings.simplefilter("ignore", DeprecationWarning)
    Apprise.instantiate("json://localhost")


def is_known(url: str) -> bool:
    """Return whether Apprise can send to `url`."""
    return len(_apprise(url)) > 0


class AppriseChannel:
    """One alert channel, by its Apprise URL."""

    def __init__(self, url: str) -> None:
        self._url = url

    def room(self) -> int:
        """Return how many bytes of UTF-8 a message may have; services count in various ways."""
        return int(_apprise(self._url)[0].body_maxlen) - _MARGIN

    def send(self, title: str, body: str, key: str) -> str | None:
        """Send a message; return None where that was confirmed, else why not, without secrets."""
        channel = _apprise(self._url)
        service = channel[0]
        service.socket_read_timeout = max(service.socket_read_timeout, _PATIENCE)
        service.overflow_mode = OverflowMode.TRUNCATE  # never two messages of one
        if isinstance(headers := getattr(service, "headers", None), dict):
            headers[_KEY_HEADER] = key
        result = channel.notify(
            body=body,
            title=title,
            body_format=NotifyFormat.TEXT,
            timeout=_LIMIT,
            log_level=logging.WARNING,
        )
        return None if result else _problem(" ".join(str(each) for each in result.logs()))


def _apprise(url: str) -> Apprise:
    asset = AppriseAsset(app_id="fuhan", app_desc="fuhan", async_mode=False, secure_logging=True)
    channel = Apprise(asset=asset)
    channel.add(url)
    return channel


def _problem(log: str) -> str:
    """Return why a message was not confirmed, in our own words."""
    if answer := _ANSWER.search(log):
        return f"answered {answer[1]}"
    return "no answer" if _NO_CONNECTION.search(log) else "not accepted"
