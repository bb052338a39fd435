"""Keeps a probe that somebody asks for on a page away from addresses that are not public.

Whoever may ask could otherwise read, through the service, what only the service's machine reaches:
its own ports, its network, a cloud's metadata. Each request is checked by the addresses that its
host has when it is asked, redirects and later pages included.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

KNOWN = "FUHAN_KNOWN_HOSTS"  # a setting: hosts that may be asked wherever they are
SETTINGS = {"TWISTED_DNS_RESOLVER": "fuhan.probe.public_hosts.PublicResolver"}
REFUSED = "refused: its address is private or reserved, not of the public network"
MIDDLEWARES = {"fuhan.probe.public_hosts.PublicHosts": 980}  # each attempt and each redirect

# Hosts with an address that was refused: of this process, as the reactor and its resolver are.
_with_private: set[str] = set()


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public network.

    >>> [is_public(each) for each in ("1.2.4.8", "127.0.0.1", "::ffff:10.0.0.1", "169.254.1.1")]
    [True, False, False, False]
    """
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def is_refused(host: str, known: Collection[str]) -> bool:
    """Return whether `host` is an address that is not public, and not among the hosts known."""
    if host in known:
        return False
    try:
        return not is_public(host)
    except ValueError:
        return False  # a name, whose addresses are checked when it is looked up


class PublicHosts:
    """Refuses requests to addresses that are not public."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return it with the hosts that the settings name."""
        return cls(frozenset(crawler.settings.getlist(KNOWN)))

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest where the host is an address that is not public."""
        if is_refused(urlsplit(request.url).hostname or "", self._known):
            raise IgnoreRequest(REFUSED)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say that an address was refused where the host was not found for want of another."""
        is_not_found = isinstance(exception.__cause__, CannotResolveHostError)
        if is_not_found and urlsplit(request.url).hostname in _with_private:
            raise IgnoreRequest(REFUSED) from exception


@implementer(IHostnameResolver)
class PublicResolver:
    """Finds the public addresses of a host alone; a host known has all of its own."""

    def __init__(self, crawler: Crawler, reactor: Any) -> None:
        self._known = frozenset(crawler.settings.getlist(KNOWN))
        self._reactor = reactor
        self._resolver = CachingHostnameResolver.from_crawler(crawler, reactor)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Return it with the hosts that the settings name."""
        return cls(crawler, reactor)

    def install_on_reactor(self) -> None:
        """Have all names looked up here."""
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, host: str, *rest: Any, **named: Any) -> Any:  # noqa: N802 - as Twisted calls it
        """Have the receiver told public addresses alone."""
        public: Any = receiver if host in self._known else _PublicReceiver(receiver, host)
        return self._resolver.resolveHostName(public, host, *rest, **named)


class _PublicReceiver:
    """Passes on addresses that are public; with none the host counts as not found."""

    def __init__(self, receiver: Any, host: str) -> None:
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete
        self._receiver = receiver
        self._host = host

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - as Twisted calls it
        """Pass on an address that is public."""
        if is_public(address.host):
            self._receiver.addressResolved(address)
        else:
            _with_private.add(self._host.lower())
