"""Counts of requests and bytes, which a crawl's record holds."""

from scrapy import Request
from scrapy.downloadermiddlewares.stats import DownloaderStats


class TrafficCounts(DownloaderStats):
    """Downloader middleware: counts as Scrapy's does, but not the bytes of requests.

    For these it puts each request together once more.
    """

    def process_request(  # type: ignore[override]  # its spider argument is deprecated
        self,
        request: Request,
    ) -> None:
        """Count a request."""
        del request
        self.stats.inc_value("downloader/request_count")
