"""Asks one site for a probe, as politely as a crawl does: Scrapy in this process, once."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.http.fetch import NETWORK_ERRORS, UnreachedError, download, reason_of
from crawler.http.proxies import InvalidProxyError
from crawler.http.robots import read_rules
from crawler.http.scrapy_settings import settings
from crawler.http.snapshot import Snapshot
from crawler.http.tls import TrustError, tls_context
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import Politeness, Source
from fuhan.errors import FuhanError, SignalError
from fuhan.probe import public_hosts
from letters.letter import Kind

LONGEST = 600.0  # seconds after which nothing more is asked for
_NOT_THERE = range(400, 500)  # statuses of a robots.txt that allows everything
# It dates requests by the clock of a crawl's recorder; a probe records nothing.
_WITHOUT = {"crawler.http.request_time.RequestTime": None}
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ProbedSite:
    """A site that is asked for one page after the other."""

    def __init__(self, crawler: Crawler, politeness: Politeness) -> None:
        self._crawler = crawler
        self._politeness = politeness
        self._ends_at = time.monotonic() + LONGEST

    async def fetch(self, url: str) -> Snapshot:
        """Return the answer at `url`; raise UnreachedError when none comes."""
        return await self.ask(InterfaceRequest("GET", url))

    async def ask(self, asked: InterfaceRequest) -> Snapshot:
        """Return the answer of a page or an interface; raise UnreachedError when none comes."""
        if time.monotonic() > self._ends_at:
            raise UnreachedError(f"not asked for: the probe's {LONGEST:.0f} s are over")
        headers, body = dict(asked.headers), asked.body.encode()
        request = Request(asked.url, None, asked.method, headers, body, dont_filter=True)
        return await download(self._crawler, request, asked.url, _now)

    async def robots(self, url: str) -> str:
        """Return in words what robots.txt says of the site of `url`, and of its pace."""
        if not self._politeness.obey_robots:
            return "robots.txt is not asked for, as the configuration says"
        try:
            request = Request(urljoin(url, "/robots.txt"), dont_filter=True)
            response = await self._crawler.engine.download_async(request)
        except NETWORK_ERRORS as error:
            return reason_of(error)
        if response.status in _NOT_THERE:
            return "there is no robots.txt: all is allowed"
        pause = read_rules(response).parsed.crawl_delay(self._politeness.user_agent)
        pace = f", at {pause:g} s between two requests" if pause else ""
        return f"robots.txt allows it{pace}"


def _now() -> datetime:
    return datetime.now(UTC)


Work = Callable[[ProbedSite], Awaitable[Any]]


class _ProbeSpider(Spider):
    """Lets the work of a probe run while Scrapy does."""

    name = "probe"

    def __init__(self, work: Work, politeness: Politeness) -> None:
        super().__init__()
        self._work = work
        self._politeness = politeness
        self.task: asyncio.Future[Any] | None = None
        self.received: list[signal.Signals] = []

    async def start(self) -> AsyncIterator[Request]:
        """Do the work; yield no request, as the work asks for its pages itself."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self._end, number)
        self.task = asyncio.ensure_future(self._work(ProbedSite(self.crawler, self._politeness)))
        await asyncio.wait([self.task])
        for request in list[Request]():
            yield request

    def _end(self, number: signal.Signals) -> None:
        """End at once: nothing is kept, and an answer may be long in coming."""
        self.received.append(number)
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # of tasks that never end
        asyncio.get_running_loop().stop()


def ask_site(
    listing: str, politeness: Politeness, work: Work, known: Sequence[str] | None = None
) -> Any:
    """Return what `work` returns, which is called with the site of `listing`.

    Of hosts other than the `known` ones public addresses alone are asked; None: any is.
    Raises FuhanError where the site can't be asked at all, SignalError where a signal ends it.
    The reactor can't be started twice: one call a process.
    """
    source = Source("probe", "", Kind.PROPOSAL, listing, politeness=politeness)
    try:
        scrapy_settings = settings(source, os.environ)
        tls_context(politeness.ca)
    except (InvalidProxyError, TrustError) as error:
        raise FuhanError(str(error)) from error
    scrapy_settings["DOWNLOADER_MIDDLEWARES"] |= _WITHOUT
    if known is not None:
        scrapy_settings |= {**public_hosts.SETTINGS, public_hosts.KNOWN: list(known)}
        scrapy_settings["DOWNLOADER_MIDDLEWARES"] |= public_hosts.MIDDLEWARES
    log = logging.getLogger("scrapy")  # what fails is part of the result
    log.propagate = False
    process = AsyncCrawlerProcess(scrapy_settings)  # which takes all handlers away
    log.addHandler(logging.NullHandler())
    crawler = process.create_crawler(_ProbeSpider)
    process.crawl(crawler, work=work, politeness=politeness)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if not isinstance(spider, _ProbeSpider) or spider.task is None:
        raise FuhanError("the probe could not be started")
    if spider.received:
        _end_threads()
        raise SignalError(spider.received[0])
    return spider.task.result()


def _end_threads() -> None:
    """End the threads that look up hosts: a loop that was stopped leaves them, and they wait."""
    import_module("twisted.internet.reactor").getThreadPool().stop()  # the one of Scrapy
