"""Fetches pages through Scrapy's downloader: an answer becomes a Snapshot, a failure a reason."""

import re
from collections.abc import Mapping
from datetime import datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from crawler.snapshot import Snapshot

# What the network can do to a request. Anything else is a bug and stops the crawl.
NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
_WORDS: dict[type[BaseException], str] = {
    CannotResolveHostError: "host not found",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "timed out",
    ResponseDataLossError: "truncated: the connection ended before the page did",
    UnsupportedURLSchemeError: "not an HTTP address",
}


# Scrapy says it in two ways: before a body is read and while it is unpacked.
_OVERSIZED = re.compile(r"(?:max size|DOWNLOAD_MAXSIZE) \((\d+)")


ASKED_AT = "asked_at"  # key of a request's meta


class UnreachedError(Exception):
    """Raised when no answer came for a URL; says why in words."""


def why(error: BaseException | None) -> str:
    """Return in words why a request failed."""
    words = next((said for kind, said in _WORDS.items() if isinstance(error, kind)), None)
    said = " ".join(str(error).split())
    if found := _OVERSIZED.search(said):
        return f"larger than {found[1]} bytes"
    if "ConnectionDone" in said or "ConnectionLost" in said:
        return "the connection was closed before an answer"
    return words or said or type(error).__name__


def snapshot_of(response: Response, asked: str, at: datetime) -> Snapshot:
    """Return the answer as it was served."""
    return Snapshot(
        url=asked,
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


def conditional(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it is not as it was (RFC 9110, 13.1)."""
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in told.items() if value}


def _headers(response: Response) -> Mapping[str, str]:
    names = response.headers.keys()
    told = {name.decode("latin-1").lower(): response.headers.get(name) or b"" for name in names}
    return {name: value.decode("latin-1") for name, value in told.items()}
