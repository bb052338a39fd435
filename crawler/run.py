"""Runs one crawl in this process: Scrapy on the asyncio reactor, once."""

import asyncio
import gc
import logging
import os
from collections.abc import Callable

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.http.proxies import InvalidProxyError
from crawler.http.scrapy_settings import settings
from crawler.http.tls import TrustError, tls_context
from crawler.job import CrawlJob
from crawler.record.recorder import Recorder
from crawler.spider import LettersSpider
from letters.crawl_record import Crawl


class CrawlStoppedError(Exception):
    """Raised when a crawl ended before its time: storage failed, or a bug was met."""


def run(
    job: CrawlJob,
    begin: Callable[[], Recorder],
    on_progress: Callable[[dict[str, int]], None],
) -> Crawl:
    """Crawl as `job` says and return the crawl as it was recorded.

    `begin` is called once the job is known to be possible: from then on a crawl is on record.
    Raises CrawlStoppedError when storage failed or a bug was met; what was committed
    stays. The reactor cannot be started twice: one call a process.
    """
    try:
        scrapy_settings = settings(job.source, os.environ)
        if ca := job.source.politeness.ca:
            tls_context(ca)
    except (InvalidProxyError, TrustError) as error:
        raise CrawlStoppedError(f"crawl of {job.source.name}: {error}") from error
    recorder = begin()
    process = AsyncCrawlerProcess(scrapy_settings)
    # Scrapy sets its own logger to DEBUG, where it formats every letter: personal data, and slow.
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    for reported_by_the_crawl in ("scrapy.core.downloader", "scrapy.downloadermiddlewares"):
        logging.getLogger(reported_by_the_crawl).setLevel(logging.CRITICAL)
    crawler = process.create_crawler(LettersSpider)
    fault = _Fault(crawler)
    gc.freeze()  # what was imported stays; looking through it again and again costs a tenth
    process.crawl(crawler, job=job, recorder=recorder, on_progress=on_progress)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if fault.error or not isinstance(spider, LettersSpider) or not spider.is_done:
        raise CrawlStoppedError(f"crawl of {job.source.name}: {fault}") from fault.error
    stats = crawler.stats.get_stats()
    recorder.crawl.tally.counts["requests"] = stats.get("downloader/request_count", 0)
    recorder.crawl.tally.counts["bytes"] = stats.get("downloader/response_bytes", 0)
    return recorder.close(failed=spider.failed)


class _Fault(logging.Handler):
    """The first error that Scrapy met in our own code: it logs these and would go on."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(logging.ERROR)
        self._crawler = crawler
        self.error: BaseException | None = None
        self._closing: asyncio.Task[None] | None = None
        for name in ("scrapy.core.engine", "scrapy.core.scraper"):
            logger = logging.getLogger(name)
            logger.addHandler(self)
            logger.propagate = False  # it tells the whole look, page and persons included

    def __str__(self) -> str:
        """Return the error in one line."""
        first_line = str(self.error).partition("\n")[0]
        return f"{type(self.error).__name__}: {first_line}" if self.error else "it was stopped"

    def emit(self, record: logging.LogRecord) -> None:
        """Take the first error and end the crawl."""
        if self.error or not record.exc_info or record.exc_info[1] is None:
            return
        self.error = record.exc_info[1]
        closing = self._crawler.engine.close_spider_async(reason="fault")
        self._closing = asyncio.get_running_loop().create_task(closing)
