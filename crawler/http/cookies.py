"""Cookies of the source's own site, sent back to it: some sites serve nobody without."""

from http.cookiejar import CookieJar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.cookies import WrappedRequest, WrappedResponse


class SiteCookies:
    """Downloader middleware: keeps what the site sets, for as long as the crawl lasts.

    Takes the place of Scrapy's own, which checks each domain against the list of public suffixes
    and fetches that list from two foreign hosts. That is not needed: no request leaves the site
    of the source, so that a cookie reaches nobody but the site that set it.
    """

    def __init__(self, configured: bytes | None) -> None:
        self._jar = CookieJar()
        self._is_empty = True  # most sites set none
        self._configured = configured  # cookies of the configuration, sent with each request

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteCookies":
        """Return the middleware of one crawl."""
        return cls(Headers(crawler.settings["DEFAULT_REQUEST_HEADERS"]).get("Cookie"))

    def process_request(self, request: Request) -> None:
        """Set the cookies of a request; one that is sent again gets no old ones."""
        request.headers.pop("Cookie", None)
        if not self._is_empty:
            self._jar.add_cookie_header(WrappedRequest(request))  # type: ignore[arg-type]
        cookies = [self._configured, request.headers.get("Cookie")]
        if joined := b"; ".join(filter(None, cookies)):
            request.headers["Cookie"] = joined

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the cookies that an answer sets."""
        if "Set-Cookie" not in response.headers and "Set-Cookie2" not in response.headers:
            return response
        self._is_empty = False
        self._jar.extract_cookies(
            WrappedResponse(response),  # type: ignore[arg-type]
            WrappedRequest(request),  # type: ignore[arg-type]
        )
        return response
