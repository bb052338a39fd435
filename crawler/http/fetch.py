"""Answers of Scrapy's downloader as snapshots, its failures as reasons in words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.http import Response

from crawler.http.snapshot import Snapshot

# What the network can do to a request. Anything else is a bug and stops the crawl.
NETWORK_ERRORS = (DownloadFailedError, IgnoreRequest)
_TOO_MUCH = re.compile(r"DOWNLOAD_MAXSIZE \((\d+)")  # Scrapy's words while it unpacks a body
_TOO_OFTEN = "max redirections reached"

ASKED_AT = "asked_at"  # key of a request's meta: when it left


class UnreachedError(Exception):
    """Raised when no answer came for a URL; says why in words."""


def reason_of(error: BaseException | None) -> str:
    """Return in words why a request failed."""
    message = " ".join(str(error).split())
    if too_much := _TOO_MUCH.search(message):
        return f"larger than {too_much[1]} bytes"
    if message == _TOO_OFTEN:
        return "redirected too often"
    return message or "no answer came"


async def download(
    crawler: Crawler, request: Request, url: str, now: Callable[[], datetime]
) -> Snapshot:
    """Return the answer to a request for `url`; raise UnreachedError when none comes."""
    try:
        response = await crawler.engine.download_async(request)
    except NETWORK_ERRORS as error:
        raise UnreachedError(reason_of(error)) from error
    return snapshot_of(response, url, now())


def snapshot_of(response: Response, requested_url: str, at: datetime) -> Snapshot:
    """Return the answer as it was served; it had come `at` that time, in UTC."""
    return Snapshot(
        url=requested_url,
        final_url=response.url,
        status=response.status,
        headers=_headers(response),
        body=response.body,
        fetched_at=at,
        asked_at=response.meta.get(ASKED_AT),
        was_conditional=_is_conditional(response),
    )


def _is_conditional(response: Response) -> bool:
    """Return whether the answer is to a request that carried a validator."""
    headers = response.request.headers if response.request else {}
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def conditional_headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it is not as it was (RFC 9110, 13.1)."""
    validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in validators.items() if value}


def _headers(response: Response) -> Mapping[str, str]:
    names = response.headers.keys()
    values = (
        (name.decode("latin-1").lower(), response.headers.get(name) or b"") for name in names
    )
    return {name: value.decode("latin-1") for name, value in values}
