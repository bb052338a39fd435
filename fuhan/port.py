"""The port on which the service listens."""

import socket
from errno import EACCES, EADDRINUSE

from fuhan.errors import PortUnavailableError

_OF_THE_PORT = (EADDRINUSE, EACCES)  # else it is the host at which nothing can listen


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raise PortUnavailableError, in one line, where that can't be.

    The port is taken before anything else begins, so that a service that nobody
    can reach does not crawl either. Port 0 takes any that is free.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        key = "review.port" if error.errno in _OF_THE_PORT else "review.host"
        problem = f"{key}: can't listen on {host}:{port}: {_reason(error)}"
        raise PortUnavailableError(problem) from None


def host_problem(host: str) -> str | None:
    """Return why nothing on this machine can listen at `host`, or None.

    Whether a port is taken is not tried: that may be otherwise in a moment.
    """
    try:
        _bound(host, 0).close()
    except OSError as error:
        return _reason(error)
    except UnicodeError:
        return "no name of a host"
    return None


def address(listener: socket.socket) -> str:
    """Return the URL of the service for a browser on this machine."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _reason(error: OSError) -> str:
    """Return why, without the address that Python adds: whoever is told has it already."""
    return (error.strerror or str(error)).partition(" (while ")[0]


def _bound(host: str, port: int) -> socket.socket:
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family)
