"""What the network did to a request, in plain words: one line, whatever library met it."""

import os
import re
from collections.abc import Callable, Iterator
from socket import gaierror

from OpenSSL import SSL
from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet import error as twisted
from twisted.web.client import (
    RequestGenerationFailed,
    RequestTransmissionFailed,
    ResponseFailed,
)

from crawler.http.tls import LEGACY_HINT, CertificateRefusedError

# What comes out of Scrapy's downloader under its own name; all else comes under Scrapy's.
UNNAMED = (
    *(twisted.ConnectError, twisted.ConnectionClosed, SSL.Error),
    *(RequestGenerationFailed, RequestTransmissionFailed),
    *(CertificateRefusedError, ProxyError, ProxyConnectionError, ProxyTimeoutError),
)

_NO_HTTP = "its answer is no HTTP"
_TLS = {  # what OpenSSL says: what it means
    r"wrong version number|record layer|packet length|http request": "no TLS is spoken there",
    r"protocol version|unsupported protocol|legacy reneg": f"too old a TLS{LEGACY_HINT}",
    r"handshake failure|shared cipher|small|weak|insufficient": f"no TLS in common{LEGACY_HINT}",
}


def words(error: BaseException) -> str:
    """Return in words why no answer came."""
    met = list(_met(error))
    for kinds, said in _SAID:
        for each in met:
            if isinstance(each, kinds):
                return said(each) if callable(said) else said
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__)
    return f"no answer came: {name.lower()}"


def _met(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, the outermost first."""
    yield error
    for failure in getattr(error, "reasons", ()):  # Twisted's way to tell several
        yield from _met(failure.value)
    if error.__cause__ is not None:
        yield from _met(error.__cause__)


def _of_tls(error: BaseException) -> str:
    parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
    reason = next((str(part[-1]) for part in parts if part[-1]), "it was cut off")
    for pattern, meaning in _TLS.items():
        if re.search(pattern, reason):
            return meaning
    return f"TLS failed: {reason}"


def _of_proxy(error: BaseException) -> str:
    said = " ".join(str(error).split())
    return f"it answered {said}" if said else "it answered nothing that makes a tunnel"


def _of_connecting(error: BaseException) -> str:
    number = getattr(error, "osError", None) or getattr(error, "errno", None)
    return f"no connection: {os.strerror(number).lower()}" if number else "no connection"


_Words = str | Callable[[BaseException], str]
# The first kind that is met anywhere says why.
_SAID: tuple[tuple[tuple[type[BaseException], ...], _Words], ...] = (
    ((CertificateRefusedError,), str),
    (
        (DownloadTimeoutError, twisted.TimeoutError, twisted.TCPTimedOutError, ProxyTimeoutError),
        "timed out",
    ),
    ((ResponseDataLossError,), "truncated: the connection ended before the page did"),
    (
        (DownloadConnectionRefusedError, twisted.ConnectionRefusedError, ConnectionRefusedError),
        "connection refused",
    ),
    ((CannotResolveHostError, twisted.UnknownHostError, gaierror), "host not found"),
    ((SSL.Error,), _of_tls),
    ((ProxyError,), _of_proxy),
    ((twisted.ConnectError, ProxyConnectionError), _of_connecting),
    ((twisted.ConnectionClosed,), "the connection was closed before an answer"),
    ((RequestGenerationFailed, RequestTransmissionFailed), "the request could not be sent"),
    ((ResponseFailed,), _NO_HTTP),
)
