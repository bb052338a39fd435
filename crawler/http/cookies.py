"""Cookies of the source's own site, sent back to it: some sites let nobody in without."""

from http.cookiejar import CookieJar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.cookies import WrappedRequest, WrappedResponse


class SiteCookies:
    """Downloader middleware: keeps what the site sets, for as long as the crawl lasts.

    Takes the place of Scrapy's own, which looks each domain up in the list of public suffixes
    and fetches that list from two foreign hosts. It is not needed here: no request leaves the
    site of the source, so that a cookie never reaches anybody but who set it.
    """

    def __init__(self, given: bytes | None) -> None:
        self._jar = CookieJar()
        self._given = given  # cookies that the configuration sends along

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteCookies":
        """Return the middleware of one crawl."""
        return cls(Headers(crawler.settings["DEFAULT_REQUEST_HEADERS"]).get("Cookie"))

    def process_request(self, request: Request) -> None:
        """Add the cookies that belong to a request; one sent again bears today's alone."""
        request.headers.pop("Cookie", None)
        self._jar.add_cookie_header(WrappedRequest(request))  # type: ignore[arg-type]
        cookies = [self._given, request.headers.get("Cookie")]
        if told := b"; ".join(filter(None, cookies)):
            request.headers["Cookie"] = told

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the cookies that an answer sets."""
        self._jar.extract_cookies(
            WrappedResponse(response),  # type: ignore[arg-type]
            WrappedRequest(request),  # type: ignore[arg-type]
        )
        return response
