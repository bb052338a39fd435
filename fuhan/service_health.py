"""Asks a service that runs on this machine how it is.

Where the archive can't be written, nobody else knows it: others may have other rights.
"""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

_PATIENCE = 3.0  # seconds
_LONGEST = 1000  # bytes


def service_trouble(host: str, port: int) -> str | None:
    """Return why the service that listens there is not well, in English.

    None: it is, or can't be asked from here, as it runs elsewhere.
    """
    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = answer.read(_LONGEST).decode("utf-8", "replace")
    except (HTTPException, OSError):
        return None
    finally:
        connection.close()
    is_ours = answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    return " ".join(said.split()) if is_ours else None
