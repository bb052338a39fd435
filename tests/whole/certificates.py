"""Certificates of an authority of our own, made for one run of the tests."""

import datetime as dt
import ssl
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)
HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Authority:
    """A folder with an authority's certificate, `ca.pem`, and those that it signs."""

    folder: Path
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def ca(self) -> str:
        return str(self.folder / "ca.pem")

    def issue(
        self,
        name: str,
        hosts: Sequence[str] = HOSTS,
        *,
        valid: tuple[int, int] = (-1, 30),
        itself: bool = False,
    ) -> ssl.SSLContext:
        """Return a server's side of TLS with a certificate for `hosts`, `valid` in days."""
        key = _key()
        signer = (None, key) if itself else (self.certificate, self.key)
        made = _sign(name, key, signer, hosts, valid)
        file = self.folder / f"{name}.pem"
        file.write_bytes(made.public_bytes(Encoding.PEM) + _pem(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def aged(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return a server's side of TLS made to speak 1.0 and 1.1 alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is what it is for
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def can_be_aged() -> bool:
    """Return whether the OpenSSL of these tests can serve what is old."""
    return ssl.HAS_TLSv1 and ssl.HAS_TLSv1_1


def without_certificate() -> ssl.SSLContext:
    """Return a server's side of TLS that proves nothing, by ciphers that ask for no proof."""
    context = aged(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    context.set_ciphers("aNULL:@SECLEVEL=0")
    return context


def authority(folder: Path, name: str = "authority") -> Authority:
    """Return an authority that nobody believes who was not told to."""
    key = _key()
    made = _sign(name, key, (None, key), (), (-1, 30), is_authority=True)
    found = Authority(folder, made, key)
    Path(found.ca).write_bytes(made.public_bytes(Encoding.PEM))
    return found


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def _sign(
    name: str,
    key: rsa.RSAPrivateKey,
    signer: tuple[x509.Certificate | None, rsa.RSAPrivateKey],
    hosts: Sequence[str],
    valid: tuple[int, int],
    *,
    is_authority: bool = False,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signing = signer
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + valid[0] * DAY)
        .not_valid_after(now + valid[1] * DAY)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if hosts:
        names = x509.SubjectAlternativeName([_name(host) for host in hosts])
        made = made.add_extension(names, critical=False)
    return made.sign(signing, hashes.SHA256())


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
