"""Scrapy's downloader with the source's own certificates and proxy, its failures in words."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.http.failures import UNWRAPPED_ERRORS, failure_reason
from crawler.http.malformed import MalformedAnswerError
from crawler.http.proxies import is_tunnelled
from crawler.http.tls import LEGACY_HINT, SitePolicy
from crawler.http.tunnels import TunnelPool

_NO_ANSWER = (
    *(CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError),
    *(DownloadTimeoutError, ResponseDataLossError),
    *UNWRAPPED_ERRORS,
)
_PROXY_AUTHENTICATION_REQUIRED = 407


class NoAnswerError(DownloadFailedError):
    """Raised when no answer came for a request; its text says why in words."""


class Downloader(HTTP11DownloadHandler):
    """The download handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._legacy = settings["FUHAN_TLS"] == "legacy"
        self._proxies: dict[str, str | None] = settings["FUHAN_PROXIES"]
        policy = SitePolicy(settings["FUHAN_CA"], legacy=self._legacy)
        self._contextFactory: Any = policy
        tunnels = {
            scheme: proxy
            for scheme, proxy in self._proxies.items()
            if proxy and is_tunnelled(proxy, scheme)
        }
        if tunnels:
            self._pool = TunnelPool(self._pool, policy, tunnels)

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request; raise NoAnswerError where none comes."""
        proxy = self._proxies[urlparse_cached(request).scheme]
        via = "through the proxy: " if proxy else ""
        try:
            response = await super().download_request(request)
        except _NO_ANSWER as error:
            reason = failure_reason(error)
            reason = reason.removesuffix(LEGACY_HINT) if self._legacy else reason
            raise NoAnswerError(f"{via}{reason}") from error
        except DownloadCancelledError as error:
            limit = request.meta.get("download_maxsize", self._default_maxsize)
            raise MalformedAnswerError(f"larger than {limit} bytes") from error
        if proxy and response.status == _PROXY_AUTHENTICATION_REQUIRED:
            raise NoAnswerError(f"{via}it answered HTTP {response.status}")
        return response


class ProxyMiddleware:
    """Downloader middleware: sets the proxy of a request, so that Scrapy does not choose one."""

    def __init__(self, proxies: dict[str, str | None]) -> None:
        self._proxies = proxies

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ProxyMiddleware":
        """Return the middleware of one crawl."""
        return cls(crawler.settings["FUHAN_PROXIES"])

    def process_request(self, request: Request) -> None:
        """Set the proxy; where a tunnel is needed, TunnelPool makes it and Scrapy gets none."""
        scheme = urlparse_cached(request).scheme
        proxy = self._proxies[scheme]
        request.meta["proxy"] = None if is_tunnelled(proxy, scheme) else proxy
