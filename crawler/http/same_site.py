"""The rule that no request leaves the source's own site."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from letters.urls import is_same_site, is_web_address


class OtherSiteError(IgnoreRequest):
    """Raised before a request would leave the source's own site."""


class SameSite:
    """Downloader middleware: no request leaves the site of the source, redirects included."""

    def __init__(self, listing: str) -> None:
        self._listing = listing
        parts = urlsplit(listing)
        # Nearly all requests: with what is before the path as the directory has it.
        self._usual = f"{parts.scheme}://{parts.netloc}/" if _is_plain(listing) else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SameSite":
        """Return the middleware of one crawl."""
        return cls(crawler.settings["FUHAN_LISTING"])

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise OtherSiteError."""
        if self._usual and request.url.startswith(self._usual):
            return
        parts = urlsplit(request.url)
        if not _is_plain(request.url):
            raise OtherSiteError(f"not an HTTP address of a page: {request.url}")
        if not is_same_site(request.url, self._listing):
            if "redirect_times" in request.meta:
                raise OtherSiteError(f"redirected to another site: {parts.netloc}")
            raise OtherSiteError(f"of another site than the directory: {parts.netloc}")


def _is_plain(url: str) -> bool:
    """Return whether `url` is an HTTP address without a user's name."""
    return is_web_address(url) and urlsplit(url).username is None
