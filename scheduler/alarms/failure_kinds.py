"""Which alarm a failed crawl stands for, by the reason that it recorded."""

import re

from letters.alarm import AlarmKind

# Reasons that say that the host gave no answer at all.
_UNREACHED = (
    *("timed out", "connection refused", "host not found", "no connection", "no answer"),
    *("the connection was closed", "TLS failed", "truncated"),
)
_ON_THE_WAY = re.compile(r"^(?:robots\.txt: |through the proxy: )+")  # what was asked for first
# With what a site keeps readers out: statuses as crawler/page/classify.py has them, pages, rules.
_REFUSAL = re.compile(
    r"HTTP (?:202|401|403|405|407|412|418|429|521)\b|challenge|firewall|\ba login\b"
    r"|forbidden by robots\.txt|robots\.txt asks"
)
# With what a host answers all alike that it is to be left alone for a while.
_LATER = re.compile(r"(?:robots\.txt answered )?HTTP (?:429|503)\b")


def failure_kind(reason: str) -> AlarmKind:
    """Return the kind of alarm of a source whose directory could not be read.

    >>> failure_kind("timed out").value, failure_kind("HTTP 403").value
    ('unreachable', 'blocked')
    """
    if _is_unreached(reason):
        return AlarmKind.UNREACHABLE
    return AlarmKind.BLOCKED if is_refusal(reason) else AlarmKind.UNREADABLE


def is_refusal(reason: str) -> bool:
    """Return whether a page got no verdict as the site keeps readers out."""
    return bool(_REFUSAL.search(reason))


def is_unanswered(reason: str) -> bool:
    """Return whether a directory was not read as its whole host gives no answer now.

    Then all sources of the host wait; an answer such as 404 or 500 is of one directory.

    >>> is_unanswered("host not found"), is_unanswered("HTTP 503"), is_unanswered("HTTP 500")
    (True, True, False)
    """
    return not reason or _is_unreached(reason) or bool(_LATER.match(_on_arrival(reason)))


def _is_unreached(reason: str) -> bool:
    return _on_arrival(reason).startswith(_UNREACHED)


def _on_arrival(reason: str) -> str:
    return _ON_THE_WAY.sub("", reason)
