"""The yardstick: a bare Scrapy spider that fetches and parses the same pages and keeps nothing."""

import re
import sys
from collections.abc import Iterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import TextResponse


class Bare(Spider):
    """Reads title, date and paragraphs of every letter of a directory."""

    name = "bare"
    read = 0

    def parse(self, response: TextResponse) -> Iterator[Request]:
        """Follow every row of a page of the directory, and from the first page the others."""
        for row in response.css("a[href]"):
            if re.search(r"/t\d{8}_\d+\.html$", row.attrib["href"]):
                yield response.follow(row.attrib["href"], self.parse_letter)
        pages = re.search(r"createPage(?:HTML)?\((\d+), ?0", response.text)
        for number in range(1, int(pages[1]) if pages else 1):
            yield response.follow(f"index_{number}.html", self.parse)

    def parse_letter(self, response: TextResponse) -> None:
        """Parse what any reader of the page would need."""
        response.css('meta[name="ArticleTitle"]::attr(content)').get()
        response.css('meta[name="PubDate"]::attr(content)').get()
        for paragraph in response.css(".zwxl-article p"):
            "".join(paragraph.css("::text").getall()).strip()
        self.read += 1

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
