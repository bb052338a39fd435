"""Captures as a web archive replays them: the address and the moment are in the replay's URL."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# https://web.archive.org/web/20210105010203id_/http://…, and pywb's and OpenWayback's like it.
_REPLAYED = re.compile(
    r"https?://[^/]+/(?:[\w.-]+/){0,4}(\d{1,14})\*?([a-z]{2}_)?/(https?:/{1,2}.+)", re.IGNORECASE
)
_MOMENT = 14  # digits of one to the second; a shorter one stands for any moment of its year or day
_FORM = "%Y%m%d%H%M%S"
_SCHEME = re.compile(r"^(https?):/{1,2}", re.IGNORECASE)

# What an archive writes into a page that it does not replay as it was served (without id_).
_MARKS = ("WAYBACK TOOLBAR INSERT", "Wayback Rewrite JS Include", "FILE ARCHIVED ON")
_INSERTED = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->"
    r"|(?<=<head>)\s*<script(?:(?!<head).)*?<!-- End Wayback Rewrite JS Include -->"
    r"|<!--\s*FILE ARCHIVED ON .*?-->",
    re.DOTALL,
)
_REWRITTEN = re.compile(
    r"(?:(?:https?:)?//web\.archive\.org)?/web/\d{1,14}(?:[a-z]{2}_)?/(?=https?://|//)"
)


@dataclass(frozen=True, slots=True)
class ReplayedAddress:
    """What the URL of a replayed capture says."""

    url: str  # of the page that was captured
    at: datetime | None  # UTC, when it was captured; None where the URL names no one moment


def replayed_address(url: str) -> ReplayedAddress | None:
    """Return the address that a replay's URL names; None for any other URL.

    >>> replayed_address("https://web.archive.org/web/20210105010203id_/http://gov.example/1.html")
    ReplayedAddress(url='http://gov.example/1.html', at=datetime.datetime(2021, 1, 5, 1, 2, 3, \
tzinfo=datetime.timezone.utc))
    >>> replayed_address("http://gov.example/2021/1.html")
    """
    found = _REPLAYED.fullmatch(url)
    if found is None:
        return None
    digits, _, original = found.groups()
    return ReplayedAddress(_SCHEME.sub(r"\1://", original), _moment(digits))


def memento_moment(header: str) -> datetime | None:
    """Return when a page was captured, as the archive's Memento-Datetime says (RFC 7089)."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def without_replay(html: str) -> str:
    """Return a page without what an archive wrote into it to replay it."""
    if not any(mark in html for mark in _MARKS):
        return html
    return _REWRITTEN.sub("", _INSERTED.sub("", html))


def _moment(digits: str) -> datetime | None:
    if len(digits) < _MOMENT:
        return None
    try:
        return datetime.strptime(digits, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
