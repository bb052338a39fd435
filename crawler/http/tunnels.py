"""Connections through a proxy: by SOCKS 5, or by CONNECT, to the proxy over TLS too.

Scrapy's downloader knows neither the first nor the last; and waits for good for a proxy that
answers to CONNECT with something else than HTTP.
"""

import asyncio
import re
from base64 import b64encode
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from python_socks import ProxyError
from python_socks.async_.asyncio import Proxy
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer

from crawler.http.tls import SitePolicy

_END = b"\r\n\r\n"
_LONGEST_ANSWER = 64 * 1024  # bytes of a proxy, before the tunnel is there


class TunnelPool(HTTPConnectionPool):
    """Scrapy's pool of connections; those of some schemes go through a proxy."""

    def __init__(
        self, pool: HTTPConnectionPool, policy: SitePolicy, proxies: dict[str, str]
    ) -> None:
        super().__init__(pool._reactor)  # type: ignore[no-untyped-call]  # noqa: SLF001
        self.maxPersistentPerHost = pool.maxPersistentPerHost
        self._factory = pool._factory  # noqa: SLF001 - Scrapy's, which takes sloppy headers
        self._policy = policy
        self._proxies = proxies

    def getConnection(self, key: Any, endpoint: Any) -> Any:  # noqa: N802 - Twisted's name
        """Return a connection to the host that `key` names, after its scheme."""
        scheme, host, port = key[:3]
        if proxy := self._proxies.get(scheme.decode()):
            endpoint = self._tunnel(proxy, host.decode(), port)
            if scheme == b"https":
                endpoint = wrapClientTLS(self._policy.creatorForNetloc(host, port), endpoint)
        return super().getConnection(key, endpoint)

    def _tunnel(self, proxy: str, host: str, port: int) -> Any:
        parts = urlsplit(proxy)
        if parts.scheme == "socks5":
            return _SocksEndpoint(self._reactor, proxy, host, port)
        name, proxy_port = parts.hostname or "", parts.port or 0
        endpoint: Any = HostnameEndpoint(self._reactor, name, proxy_port)
        if parts.scheme == "https":
            creator = self._policy.creatorForNetloc(name.encode("ascii"), proxy_port)
            endpoint = wrapClientTLS(creator, endpoint)
        return _ConnectEndpoint(endpoint, _request(parts, host, port))


@implementer(IStreamClientEndpoint)
class _SocksEndpoint:
    def __init__(self, reactor: Any, proxy: str, host: str, port: int) -> None:
        self._reactor = reactor
        self._proxy = proxy
        self._host, self._port = host, port

    def connect(self, factory: Factory) -> Deferred[Any]:
        return Deferred.fromFuture(asyncio.ensure_future(self._connected(factory)))

    async def _connected(self, factory: Factory) -> Any:
        existing = _ExistingConnection(factory)
        proxy = Proxy.from_url(self._proxy, rdns=True)  # rdns: the proxy resolves the name
        with await proxy.connect(self._host, self._port) as connected:
            # The reactor takes a copy of the descriptor.
            self._reactor.adoptStreamConnection(connected.fileno(), connected.family, existing)
        return existing.built


class _ExistingConnection(Factory):
    """Keeps the protocol that a factory builds for a connection that is there already."""

    built: Any

    def __init__(self, factory: Factory) -> None:
        self._factory = factory

    def buildProtocol(self, address: Any) -> Any:  # noqa: N802 - Twisted's name
        self.built = self._factory.buildProtocol(address)
        return self.built


@implementer(IStreamClientEndpoint)
class _ConnectEndpoint:
    def __init__(self, proxy: Any, request: bytes) -> None:
        self._proxy = proxy
        self._request = request

    def connect(self, factory: Factory) -> Deferred[Any]:
        return Deferred.fromCoroutine(self._connected(factory))

    async def _connected(self, factory: Factory) -> Any:
        handshake = await self._proxy.connect(Factory.forProtocol(_ConnectHandshake))
        await handshake.send(self._request)
        return handshake.hand_over(factory)


class _ConnectHandshake(Protocol):
    """Asks a proxy for a tunnel; once that is there, all data goes to another protocol."""

    def __init__(self) -> None:
        self._received = b""
        self._next: Any = None
        self._answered: Deferred[None] = Deferred(lambda _: self._transport.abortConnection())

    @property
    def _transport(self) -> Any:
        return self.transport

    def send(self, request: bytes) -> Deferred[None]:
        """Send `request` and return what fires once the tunnel is there."""
        self._transport.write(request)
        return self._answered

    def hand_over(self, factory: Factory) -> Any:
        """Return the protocol that has the connection from now on."""
        self._next = factory.buildProtocol(self._transport.getPeer())
        self._next.makeConnection(self._transport)
        return self._next

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._next is not None:
            self._next.dataReceived(data)
            return
        self._received += data
        if _END in self._received or len(self._received) > _LONGEST_ANSWER:
            self._answer(_refusal(self._received))

    def connectionLost(self, reason: Any = None) -> None:  # noqa: N802 - Twisted's name
        if self._next is not None:
            self._next.connectionLost(reason)
        else:
            self._answer(_refusal(self._received) or ProxyError(""))

    def _answer(self, refusal: ProxyError | None) -> None:
        if self._answered.called:
            return
        if refusal is None:
            self._answered.callback(None)
        else:
            self._answered.errback(Failure(refusal))  # type: ignore[no-untyped-call]
            self._transport.abortConnection()


def _request(proxy: SplitResult, host: str, port: int) -> bytes:
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.username is not None:
        secret = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {b64encode(secret).decode()}")
    return "\r\n".join([*lines, "", ""]).encode()


def _refusal(answer: bytes) -> ProxyError | None:
    """Return why the answer of a proxy makes no tunnel, or None."""
    status = re.match(rb"HTTP/1\.\d (\d{3})\b", answer)
    if status is None:
        return ProxyError("")
    return None if status[1].startswith(b"2") else ProxyError(f"HTTP {status[1].decode()}")
