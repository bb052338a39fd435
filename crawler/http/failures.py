"""The reason why a request had no answer, in one plain line, whatever library raised the error."""

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

# Errors of libraries that Scrapy's downloader lets through as they are; others it wraps.
UNWRAPPED_ERRORS = (
    *(twisted.ConnectError, twisted.ConnectionClosed, SSL.Error),
    *(RequestGenerationFailed, RequestTransmissionFailed),
    *(CertificateRefusedError, ProxyError, ProxyConnectionError, ProxyTimeoutError),
)

_NO_HTTP = "its answer is no HTTP"
_TLS_REASONS = {  # by words in OpenSSL's own
    r"wrong version number|record layer|packet length|http request": "no TLS is spoken there",
    r"protocol version|unsupported protocol|legacy reneg": f"too old a TLS{LEGACY_HINT}",
    r"handshake failure|shared cipher|small|weak|insufficient": f"no TLS in common{LEGACY_HINT}",
}


def failure_reason(error: BaseException) -> str:
    """Return in words why no answer came."""
    errors = list(_with_causes(error))
    for kinds, reason in _REASONS:
        for each in errors:
            if isinstance(each, kinds):
                return reason(each) if callable(reason) else reason
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__)
    return f"no answer came: {name.lower()}"


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, the outermost first."""
    yield error
    for failure in getattr(error, "reasons", ()):  # where Twisted puts several
        yield from _with_causes(failure.value)
    if error.__cause__ is not None:
        yield from _with_causes(error.__cause__)


def _tls_reason(error: BaseException) -> str:
    parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
    words = next((str(part[-1]) for part in parts if part[-1]), "it was cut off")
    for pattern, reason in _TLS_REASONS.items():
        if re.search(pattern, words):
            return reason
    return f"TLS failed: {words}"


def _proxy_reason(error: BaseException) -> str:
    answer = " ".join(str(error).split())
    return f"it answered {answer}" if answer else "it answered nothing that makes a tunnel"


def _connection_reason(error: BaseException) -> str:
    number = getattr(error, "osError", None) or getattr(error, "errno", None)
    return f"no connection: {os.strerror(number).lower()}" if number else "no connection"


_Reason = str | Callable[[BaseException], str]
# The first kind that an error or one of its causes is of gives the reason.
_REASONS: tuple[tuple[tuple[type[BaseException], ...], _Reason], ...] = (
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
    ((SSL.Error,), _tls_reason),
    ((ProxyError,), _proxy_reason),
    ((twisted.ConnectError, ProxyConnectionError), _connection_reason),
    ((twisted.ConnectionClosed,), "the connection was closed before an answer"),
    ((RequestGenerationFailed, RequestTransmissionFailed), "the request could not be sent"),
    ((ResponseFailed,), _NO_HTTP),
)
