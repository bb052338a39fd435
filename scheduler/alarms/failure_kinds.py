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


def failure_kind(reason: str) -> AlarmKind:
    """Return the kind of alarm of a source whose directory could not be read.

    >>> failure_kind("timed out").value, failure_kind("HTTP 403").value
    ('unreachable', 'blocked')
    """
    if _ON_THE_WAY.sub("", reason).startswith(_UNREACHED):
        return AlarmKind.UNREACHABLE
    return AlarmKind.BLOCKED if is_refusal(reason) else AlarmKind.UNREADABLE


def is_refusal(reason: str) -> bool:
    """Return whether a page got no verdict as the site keeps readers out."""
    return bool(_REFUSAL.search(reason))
