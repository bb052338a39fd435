"""Checks the path under which a proxy serves the pages; needs no web framework."""

import re

_CLEAN = re.compile(r"/|(/[A-Za-z0-9._~-]+)+/?")


def clean_path(prefix: str) -> str | None:
    """Return `prefix` without its last slash, the root as ""; None where it is not clean.

    It ends up in links, so that it may contain neither a host (//) nor steps upwards (..).
    """
    if not _CLEAN.fullmatch(prefix) or {".", ".."} & set(prefix.split("/")):
        return None
    return prefix.rstrip("/")
