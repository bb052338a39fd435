"""The proxy of requests: the configured one, else the environment's, else none."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

_PORTS = {"http": 80, "https": 443, "socks5": 1080}
_SOCKS = "socks5"
SCHEMES = ("http", "https")  # of the requests


class InvalidProxyError(ValueError):
    """Raised for a proxy that can't be used; its text names no user and no password."""


def choose_proxies(
    configured: str | None, listing: str, variables: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the proxy for each scheme of requests to the site of `listing`; None: no proxy.

    A `configured` one serves all; NO_PROXY concerns those of the environment alone. Raises
    InvalidProxyError for one that can't be used: it is never passed over.
    """
    if configured is not None:
        return dict.fromkeys(SCHEMES, normalize_proxy(configured))
    return {scheme: _from_environment(scheme, listing, variables) for scheme in SCHEMES}


def normalize_proxy(url: str) -> str:
    """Return the URL of a proxy with its port; raise InvalidProxyError for what is none.

    >>> normalize_proxy("socks5h://127.0.0.1")
    'socks5://127.0.0.1:1080'
    """
    parts = _split(url)
    # socks5h asks the proxy to resolve names; ours always does.
    scheme = _SOCKS if parts.scheme == f"{_SOCKS}h" else parts.scheme
    user, _, host = parts.netloc.rpartition("@")
    host = host if parts.port else f"{host.rstrip(':')}:{_PORTS[scheme]}"
    return f"{scheme}://{user}{'@' * bool(user)}{host}"


def is_tunnelled(proxy: str | None, scheme: str) -> bool:
    """Return whether requests of a scheme need a tunnel; the proxy itself fetches all others."""
    return proxy is not None and (scheme == "https" or proxy.startswith(f"{_SOCKS}:"))


def _split(url: str) -> SplitResult:
    expected = "expected http://, https:// or socks5:// and a host"
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        without_password = f"{parts.scheme}://{parts.hostname}"
        usable = parts.port != 0 and bool(parts.hostname) and parts.path in {"", "/"}
    except ValueError:
        raise InvalidProxyError(f"{expected}, found what is no URL") from None
    if parts.scheme not in {*_PORTS, f"{_SOCKS}h"} or "@" in parts.path + parts.query:
        raise InvalidProxyError(f"{expected}, found a proxy of another kind")
    if not usable or parts.query or parts.fragment or re.search(r"\s", url):
        raise InvalidProxyError(f"{expected}, found {without_password!r}")
    return parts


def _from_environment(scheme: str, listing: str, variables: Mapping[str, str]) -> str | None:
    site = urlsplit(listing)
    names = (site.netloc, site.hostname or "")  # with brackets and port, and without
    exempt = variables.get("no_proxy") or variables.get("NO_PROXY") or ""
    bypassed = any(proxy_bypass_environment(name, {"no": exempt}) for name in names)
    for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"):
        if (url := variables.get(name)) and not bypassed:
            try:
                return normalize_proxy(url)
            except InvalidProxyError as error:
                raise InvalidProxyError(f"{name}: {error}") from None
    return None
