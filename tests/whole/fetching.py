"""Fetches pages of any site by the crawl's own downloader and says what became of each.

Reads one JSON object from stdin: `urls` by name, and the `politeness`. Writes one, by name: the
status of an answer or, in words, why none came.
"""

import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.http.fetch import NETWORK_ERRORS, reason_of
from crawler.http.scrapy_settings import settings
from crawler.job import Politeness, Source
from letters.letter import Kind


class Fetcher(Spider):
    """Asks for one page after the other."""

    name = "fetcher"

    def __init__(self, urls: dict[str, str], said: dict[str, Any]) -> None:
        super().__init__()
        self.urls, self.said = urls, said

    async def start(self) -> AsyncIterator[Request]:
        for name, url in self.urls.items():
            try:
                answer = await self.crawler.engine.download_async(Request(url, dont_filter=True))
            except NETWORK_ERRORS as error:
                self.said[name] = reason_of(error)
            else:
                self.said[name] = answer.status
        return
        yield  # nothing is left to Scrapy's scheduler


def main() -> None:
    told = json.load(sys.stdin)
    politeness = Politeness(**told["politeness"])
    listing = next(iter(told["urls"].values()))
    source = Source("any", "any", Kind.PROPOSAL, listing, politeness=politeness)
    config = settings(source, os.environ)
    for ours in (
        "same_site.SameSite",
        "request_time.RequestTime",
        "robots.Robots",
        "circuit_breaker.CircuitBreakerMiddleware",
    ):
        config["DOWNLOADER_MIDDLEWARES"] |= {f"crawler.http.{ours}": None}
    said: dict[str, Any] = {}
    process = AsyncCrawlerProcess(config | {"ITEM_PIPELINES": {}})
    process.crawl(Fetcher, urls=told["urls"], said=said)
    process.start(install_signal_handlers=False)
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
