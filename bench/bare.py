"""The yardstick: a bare Scrapy spider that reads title and body of the same pages, and keeps nothing.

It does so with as little as Scrapy allows: two selectors a page.
"""

import re
import sys
from collections.abc import Iterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import TextResponse


class Bare(Spider):
    """Reads title and body of every letter of a directory."""

    name = "bare"
    read = 0

    def parse(self, response: TextResponse) -> Iterator[Request]:
        """Follow every row of a page of the directory, and from the first page the others."""
        for link in response.css("a::attr(href)").getall():
            if re.search(r"/t\d{8}_\d+\.html$", link):
                yield response.follow(link, self.parse_letter)
        pages = re.search(r"createPage(?:HTML)?\((\d+), ?0", response.text)
        for number in range(1, int(pages[1]) if pages else 1):
            yield response.follow(f"index_{number}.html", self.parse)

    def parse_letter(self, response: TextResponse) -> None:
        """Read a letter's title and its words."""
        title = response.css("title::text").get()
        body = "".join(response.css(".zwxl-article ::text").getall())
        self.read += bool(title and body)

    def closed(self, reason: str) -> None:
        """Say how many letters were read."""
        print(self.read, reason)


if __name__ == "__main__":
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        }
    )
    process.crawl(Bare, start_urls=[sys.argv[1]])
    process.start()
