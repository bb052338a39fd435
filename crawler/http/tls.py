"""The check of a site's certificate, and the oldest TLS that is spoken with it.

Twisted's own check lets a certificate without a subjectAltName stand for any host, and says of
every other refusal no more than 'certificate verify failed'.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import X509
from service_identity import CertificateError, VerificationError
from service_identity.cryptography import extract_patterns
from service_identity.hazmat import DNS_ID, IPAddress_ID, ServiceID, verify_service_identity
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

LEGACY_HINT = " (tls: legacy allows what is older)"
# By OpenSSL's number (X509_V_ERR_…).
_REFUSALS = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by itself",
    23: "was revoked",
    **dict.fromkeys((2, 19, 20, 21), "is of an authority that is not believed"),
    **dict.fromkeys((66, 67), f"has too short a key{LEGACY_HINT}"),
    68: f"is signed too weakly{LEGACY_HINT}",
}
_LEGACY_CIPHERS = b"ALL:!aNULL:!eNULL:@SECLEVEL=0"  # never one that leaves the server unproved

_Verify = Callable[[SSL.Connection, X509, int, int, int], bool]


class CertificateRefusedError(Exception):
    """Raised when a site's certificate does not prove that it is the site; says why in words."""


class TrustError(Exception):
    """Raised when certificates that are to be trusted can't be read."""


def tls_context(ca: str | None, *, legacy: bool = False) -> SSL.Context:
    """Return the context of connections: it trusts the system's certificates and the file `ca`.

    With `legacy` it also takes TLS 1.0 and 1.1, weak keys and ciphers, and the old renegotiation.
    Raises TrustError for a file that holds no certificate in PEM form.
    """
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION if legacy else SSL.TLS1_2_VERSION)
    context.set_default_verify_paths()
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except SSL.Error:
            raise TrustError(f"{ca}: no certificate in PEM form can be read there") from None
    if legacy:
        context.set_options(SSL.OP_LEGACY_SERVER_CONNECT)  # as before RFC 5746
        context.set_cipher_list(_LEGACY_CIPHERS)
    return context


@implementer(IPolicyForHTTPS)
class SitePolicy:
    """Checks every site's certificate against the same context."""

    def __init__(self, ca: str | None, *, legacy: bool) -> None:
        self._ca = ca
        self._legacy = legacy

    @cached_property
    def _context(self) -> SSL.Context:
        """The system's certificates take a while to load: only a source of https needs them."""
        return tls_context(self._ca, legacy=self._legacy)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802, ARG002
        """Return what makes connections to one host; the name is Twisted's."""
        return _Connections(self._context, hostname.decode("ascii"))


@implementer(IOpenSSLClientConnectionCreator)
class _Connections:
    def __init__(self, context: SSL.Context, host: str) -> None:
        self._context = context
        self._host = host
        self._id = _service_id(host)

    def clientConnectionForTLS(self, protocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802
        connection = SSL.Connection(self._context, None)
        if isinstance(self._id, DNS_ID):
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        connection.set_verify(SSL.VERIFY_PEER, self._verify(protocol))
        return connection

    def _verify(self, protocol: TLSMemoryBIOProtocol) -> _Verify:
        def verify(_: SSL.Connection, given: X509, error: int, depth: int, ok: int) -> bool:
            reason = self._refusal(given, depth) if ok else _REFUSALS.get(error, "")
            if ok and reason is None:
                return True
            words = reason or f"is not believed (OpenSSL's error {error})"
            refused = CertificateRefusedError(f"its certificate {words}")
            protocol.failVerification(Failure(refused))  # type: ignore[no-untyped-call]
            return False

        return verify

    def _refusal(self, given: X509, depth: int) -> str | None:
        """Return why a certificate that is believed is not the host's, or None."""
        if depth != 0:  # an authority's
            return None
        try:
            patterns = extract_patterns(given.to_cryptography())
            verify_service_identity(patterns, [self._id], [])
        except (CertificateError, VerificationError, ValueError):
            return f"is not for {self._host}"
        return None


def _service_id(host: str) -> ServiceID:
    try:
        return IPAddress_ID(host)
    except ValueError:
        pass  # it is a name
    try:
        return DNS_ID(host)
    except ValueError:
        raise CertificateRefusedError(f"no certificate can be for {host}") from None
