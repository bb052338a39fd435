"""Crawls several sources at once in this one process: each job a line on stdin, each crawl on stdout.

A crawl has a process of its own otherwise; a test of many sources would pay for each.
"""

import json
import logging
import os
import sys
from contextlib import closing
from datetime import UTC, datetime

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.http.scrapy_settings import settings
from crawler.job import CrawlJob
from crawler.record.recorder import Recorder
from crawler.spider import LettersSpider
from storage.database.archive import open_archive


def main() -> None:
    jobs = [CrawlJob.from_line(line) for line in sys.stdin if line.strip()]
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)
    with closing(open_archive(jobs[0].database, create=True)) as archive:
        process = AsyncCrawlerProcess(settings(jobs[0].source, os.environ))
        crawls: list[tuple[Recorder, Crawler]] = []
        for job in jobs:
            recorder = Recorder(archive, job, lambda: datetime.now(UTC))
            crawler = Crawler(LettersSpider, settings(job.source, os.environ))
            crawls.append((recorder, crawler))
            process.crawl(crawler, job=job, recorder=recorder, on_progress=lambda _: None)
        process.start(install_signal_handlers=False)
        for recorder, crawler in crawls:
            spider = crawler.spider
            assert isinstance(spider, LettersSpider)
            assert spider.is_done
            crawl = recorder.close(failed=spider.failed)
            sys.stdout.write(json.dumps(crawl.as_json(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
