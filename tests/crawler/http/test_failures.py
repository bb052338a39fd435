from typing import Any

import pytest
from OpenSSL import SSL
from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from scrapy.exceptions import DownloadFailedError, ResponseDataLossError
from twisted.internet import error as twisted
from twisted.python.failure import Failure
from twisted.web.client import RequestTransmissionFailed, ResponseFailed, ResponseNeverReceived

from crawler.http.failures import failure_reason
from crawler.http.tls import CertificateRefusedError

CLOSED = "the connection was closed before an answer"


def tls(reason: str) -> SSL.Error:
    return SSL.Error([("SSL routines", "", reason)])


def within(kind: Any, *reasons: Exception) -> Exception:
    """Return an error as Scrapy raises it: one of its own, from Twisted's, from its reasons."""
    error = DownloadFailedError("[<twisted.python.failure.Failure x>]")
    error.__cause__ = kind([Failure(reason) for reason in reasons])
    return error


CASES = [
    pytest.param(twisted.NoRouteError(101, "x"), "no connection: network is unreachable"),
    pytest.param(twisted.ConnectError(113, "x"), "no connection: no route to host"),
    pytest.param(twisted.ConnectError(), "no connection"),
    pytest.param(twisted.TCPTimedOutError(110, "x"), "timed out"),
    pytest.param(twisted.ConnectionRefusedError(111, "x"), "connection refused"),
    pytest.param(twisted.UnknownHostError(-2, "x"), "host not found"),
    pytest.param(twisted.ConnectionLost(), CLOSED),
    pytest.param(twisted.ConnectionAborted(), CLOSED),
    pytest.param(within(ResponseNeverReceived, twisted.ConnectionDone()), CLOSED),
    pytest.param(within(ResponseFailed, ValueError("x")), "its answer is no HTTP"),
    pytest.param(within(ResponseFailed, KeyError(b"x")), "its answer is no HTTP"),
    pytest.param(within(ResponseFailed), "its answer is no HTTP"),
    pytest.param(
        within(RequestTransmissionFailed, RuntimeError("x")), "the request could not be sent"
    ),
    pytest.param(
        within(ResponseNeverReceived, CertificateRefusedError("its certificate has expired")),
        "its certificate has expired",
    ),
    pytest.param(ResponseDataLossError(), "truncated: the connection ended before the page did"),
    pytest.param(tls("wrong version number"), "no TLS is spoken there"),
    pytest.param(
        tls("unsafe legacy renegotiation disabled"),
        "too old a TLS (tls: legacy allows what is older)",
    ),
    pytest.param(
        within(ResponseNeverReceived, tls("dh key too small")),
        "no TLS in common (tls: legacy allows what is older)",
    ),
    pytest.param(tls("tlsv1 alert internal error"), "TLS failed: tlsv1 alert internal error"),
    pytest.param(SSL.SysCallError(-1, "Unexpected EOF"), "TLS failed: it was cut off"),
    pytest.param(SSL.Error(), "TLS failed: it was cut off"),
    pytest.param(ProxyError("Host unreachable"), "it answered Host unreachable"),
    pytest.param(ProxyError(""), "it answered nothing that makes a tunnel"),
    pytest.param(ProxyTimeoutError("x"), "timed out"),
    pytest.param(ProxyConnectionError(113, "x"), "no connection: no route to host"),
    pytest.param(RuntimeError("<class 'x'>\n[Failure]"), "no answer came: runtime error"),
]


@pytest.mark.parametrize(
    ("error", "said"), CASES, ids=lambda each: each if isinstance(each, str) else ""
)
def test_an_error_of_a_library_is_told_in_words(error: Exception, said: str) -> None:
    assert failure_reason(error) == said
