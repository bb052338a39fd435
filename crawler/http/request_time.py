"""The time at which each request leaves: its answer was made after it."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.http.fetch import ASKED_AT


class RequestTime:
    """Downloader middleware: sets when a request leaves, after which its answer is made."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RequestTime":
        """Return the middleware of one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set the time; a request that is tried again leaves again."""
        request.meta[ASKED_AT] = self._crawler.spider.recorder.now()  # type: ignore[union-attr]
