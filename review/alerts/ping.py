"""A dead man's switch: a URL that is asked as long as all is well, so that silence is noticed."""

import logging
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

log = logging.getLogger(__name__)

_PATIENCE = 10.0  # seconds
_ANSWERED = range(200, 400)


def ping(url: str) -> None:
    """Ask `url`; that it does not answer is logged without it, as it may hold a secret."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
        try:
            path = f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"
            connection.request("GET", path, headers={"User-Agent": "fuhan"})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (HTTPException, OSError, ValueError) as error:
        log.warning("ping: not answered: %s", type(error).__name__)
        return
    if status not in _ANSWERED:
        log.warning("ping: answered %d", status)
