"""The one pipeline: each look is recorded, in one transaction, as it comes."""

from scrapy.crawler import Crawler

from crawler.spider import LettersSpider
from crawler.visit import Visit


class RecordPipeline:
    """Hands each look to the crawl's recorder."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RecordPipeline":
        """Return the pipeline of one crawl."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """Record one look; a storage error is not caught here, it stops the crawl."""
        spider = self._crawler.spider
        if isinstance(spider, LettersSpider):
            spider.recorder.record(item)
        return item
