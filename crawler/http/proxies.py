"""Through which proxy requests leave: the one given, else the environment's, else none."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

_PORTS = {"http": 80, "https": 443, "socks5": 1080}
_SOCKS = "socks5"
SCHEMES = ("http", "https")  # of the requests


class ProxyError(ValueError):
    """Raised for a proxy that can't be used; its text names no user and no password."""


def choose_proxies(
    given: str | None, listing: str, variables: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the proxy for each scheme of requests to the site of `listing`.

    One that is `given` is for all; NO_PROXY speaks of the environment's alone. Raises
    ProxyError for one that can't be used: it is never passed over.
    """
    if given is not None:
        proxies: dict[str, str | None] = dict.fromkeys(SCHEMES, read_proxy(given))
    else:
        proxies = {scheme: _from_environment(scheme, listing, variables) for scheme in SCHEMES}
    return proxies


def read_proxy(url: str) -> str:
    """Return the address of a proxy with its port; raise ProxyError for what is none.

    >>> read_proxy("socks5h://127.0.0.1")
    'socks5://127.0.0.1:1080'
    """
    parts = _split(url)
    scheme = _SOCKS if parts.scheme == f"{_SOCKS}h" else parts.scheme  # it looks names up always
    place, _, host = parts.netloc.rpartition("@")
    host = host if parts.port else f"{host.rstrip(':')}:{_PORTS[scheme]}"
    return f"{scheme}://{place}{'@' * bool(place)}{host}"


def is_tunnelled(proxy: str | None, scheme: str) -> bool:
    """Return whether requests of a scheme take a tunnel; what does not is asked of the proxy."""
    return proxy is not None and (scheme == "https" or proxy.startswith(f"{_SOCKS}:"))


def _split(url: str) -> SplitResult:
    expected = "expected http://, https:// or socks5:// and a host"
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        found = f"{parts.scheme}://{parts.hostname}"  # the rest may hold a password
        usable = parts.port != 0 and bool(parts.hostname) and parts.path in {"", "/"}
    except ValueError:
        raise ProxyError(f"{expected}, found what is no URL") from None
    if parts.scheme not in {*_PORTS, f"{_SOCKS}h"} or "@" in parts.path + parts.query:
        raise ProxyError(f"{expected}, found a proxy of another kind")
    if not usable or parts.query or parts.fragment or re.search(r"\s", url):
        raise ProxyError(f"{expected}, found {found!r}")
    return parts


def _from_environment(scheme: str, listing: str, variables: Mapping[str, str]) -> str | None:
    site = urlsplit(listing)
    names = (site.netloc, site.hostname or "")  # with brackets and port, and without
    off = variables.get("no_proxy") or variables.get("NO_PROXY") or ""
    bypassed = any(proxy_bypass_environment(name, {"no": off}) for name in names)
    for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"):
        if (url := variables.get(name)) and not bypassed:
            try:
                return read_proxy(url)
            except ProxyError as error:
                raise ProxyError(f"{name}: {error}") from None
    return None
