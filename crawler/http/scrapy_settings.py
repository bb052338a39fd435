"""Scrapy's settings for one crawl: whom it may ask, how politely, and nobody else."""

from collections.abc import Mapping
from typing import Any

from crawler.http.proxies import choose_proxies
from crawler.job import Politeness, Source

REDIRECTS = 5  # followed for one page, within the site (RFC 9309, 2.3.1.2 asks for as many)


def settings(source: Source, variables: Mapping[str, str]) -> dict[str, Any]:
    """Return Scrapy's settings for a crawl of `source`; `variables` may name a proxy.

    Raises InvalidProxyError for one that can't be used.
    """
    politeness = source.politeness
    return {
        "FUHAN_LISTING": source.listing,
        "FUHAN_PROXIES": choose_proxies(politeness.proxy, source.listing, variables),
        "FUHAN_CA": politeness.ca,
        "FUHAN_TLS": politeness.tls,
        **_politeness(politeness),
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_HANDLERS": _HANDLERS,
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",  # knows IPv6
        "REDIRECT_MAX_TIMES": REDIRECTS,
        "URLLENGTH_LIMIT": 0,  # a longer URL would be dropped without an error
        "HTTPERROR_ALLOW_ALL": True,  # every answer is evidence
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524, 408],
        "CONCURRENT_ITEMS": 1,  # the spider yields none; the default starts 100 tasks an answer
        # Scrapy imports what it has of its own even where it is switched off: all is named here.
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": _MIDDLEWARES
        | {"crawler.http.robots.Robots": 100 if politeness.obey_robots else None},
        "SPIDER_MIDDLEWARES_BASE": {},  # they look through what a spider yields: ours yields none
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the plan
        "EXTENSIONS_BASE": {},  # two of them run code for whoever reaches their port
        "LOG_ENABLED": False,
        "LOG_VERSIONS": [],
        "LOG_INSTALL_ROOT_HANDLER": False,
    }


def _politeness(politeness: Politeness) -> dict[str, Any]:
    headers = {name.title(): value for name, value in politeness.headers.items()}
    return {
        "USER_AGENT": politeness.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN",
            **headers,
        },
        "DOWNLOAD_DELAY": politeness.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # the pause that is promised is the least one
        "CONCURRENT_REQUESTS_PER_DOMAIN": politeness.concurrency,
        "CONCURRENT_REQUESTS": politeness.concurrency,
        "DOWNLOAD_TIMEOUT": politeness.timeout,
        "RETRY_TIMES": politeness.retries,
        "DOWNLOAD_MAXSIZE": politeness.max_page,
    }


_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawler.http.downloader.Downloader"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # no way to a page of a site
}
_MIDDLEWARES = {
    "crawler.http.same_site.SameSite": 60,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "crawler.http.malformed.Decompression": 590,
    "crawler.http.malformed.Redirects": 599,
    "crawler.http.circuit_breaker.CircuitBreakerMiddleware": 600,  # each attempt counts
    "crawler.http.cookies.SiteCookies": 700,
    "crawler.http.downloader.ProxyMiddleware": 740,  # before Scrapy's, which drops the password
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "crawler.http.traffic_counts.TrafficCounts": 850,
    "crawler.http.request_time.RequestTime": 990,  # the last before the request leaves
}
