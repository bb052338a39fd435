"""The rules of robots.txt (RFC 9309): what may be fetched, how slowly. Read once a crawl."""

import asyncio
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urljoin

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.http.fetch import NETWORK_ERRORS, reason_of

LONGEST_PAUSE = 300.0  # seconds of Crawl-delay that are kept; a crawl that asks for more fails
PARSED = 500 * 1024  # bytes of the file that are read: as many must be (RFC 9309, 2.5)
_LARGEST = 8 * 1024 * 1024  # bytes of a file that is taken at all
SLOWED = "fuhan/slowed"  # a count of Scrapy's: seconds that requests waited by such a pause
_FOR_NOW = "disallowed for now (RFC 9309)"
_IS_ROBOTS = "is_robots"  # key of a request's meta
_TOO_MANY_REQUESTS = 429
_SUCCESS, _NOT_THERE = 2, 4  # first digits of a status


class DisallowedError(IgnoreRequest):
    """Raised in place of a request that robots.txt does not let us send."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one robots.txt says; `refusal` where nothing of its host may be fetched."""

    parsed: Protego = field(default_factory=Protego)
    refusal: str | None = None
    slower: int = 0  # whole seconds that it adds to the pause between two requests


class Robots:
    """Downloader middleware: lets requests pass that robots.txt allows, at the pace that it sets.

    Takes the place of Scrapy's own, to which a file that can't be had allows everything.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[_Rules]] = {}  # by the URL of the file

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Robots":
        """Return the middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise DisallowedError."""
        if _IS_ROBOTS in request.meta:
            return
        url, agent = urljoin(request.url, "/robots.txt"), self._agent(request)
        if url not in self._rules:
            self._rules[url] = asyncio.ensure_future(self._fetch_rules(url, agent))
        asked = self._rules[url]
        rules = asked.result() if asked.done() else await asyncio.shield(asked)  # others wait too
        if rules.refusal:
            raise DisallowedError(rules.refusal)
        if not rules.parsed.can_fetch(request.url, agent):
            raise DisallowedError("forbidden by robots.txt")
        self._crawler.stats.inc_value(SLOWED, rules.slower)

    def _agent(self, request: Request) -> str:
        given = self._crawler.settings["DEFAULT_REQUEST_HEADERS"].get("User-Agent")
        own = request.headers.get("User-Agent") or given or self._crawler.settings["USER_AGENT"]
        return own.decode("latin-1") if isinstance(own, bytes) else str(own)

    async def _fetch_rules(self, url: str, agent: str) -> _Rules:
        """Return what the file at `url` says, or that it could not be had."""
        largest = max(self._crawler.settings.getint("DOWNLOAD_MAXSIZE"), _LARGEST)
        request = Request(url, meta={_IS_ROBOTS: True, "download_maxsize": largest})
        try:
            response = await self._crawler.engine.download_async(request)
        except NETWORK_ERRORS as error:
            return _Rules(refusal=f"robots.txt: {reason_of(error)}: {_FOR_NOW}")
        rules = read_rules(response)
        pause = rules.parsed.crawl_delay(agent) or 0.0
        if pause > LONGEST_PAUSE:
            wish = f"robots.txt asks for {pause:.0f} s between two requests"
            return _Rules(refusal=f"{wish}, of which {LONGEST_PAUSE:.0f} s are kept at most")
        slower = pause - self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        if slower > 0:
            self._slow_down(request, pause)
        return replace(rules, slower=max(ceil(slower), 0))

    def _slow_down(self, request: Request, pause: float) -> None:
        """Keep `pause` seconds between two requests to the host from now on."""
        downloader = self._crawler.engine.downloader
        host = downloader.get_slot_key(request)
        slot = downloader.slots[host]
        slot.delay = max(slot.delay, pause)  # http and https may ask for different ones
        downloader.per_slot_settings[host] = {
            "delay": slot.delay
        }  # a slot that rests is forgotten


def read_rules(response: Response) -> _Rules:
    """Return what an answer in robots.txt's place means.

    A status of 4xx says that there is none, and all is allowed; but 429 says that requests come
    too often. Everything else that is no success says that nobody knows: nothing is allowed.
    """
    status, kind = response.status, response.status // 100
    if status == _TOO_MANY_REQUESTS or kind not in {_SUCCESS, _NOT_THERE}:
        return _Rules(refusal=f"robots.txt answered HTTP {status}: {_FOR_NOW}")
    if kind == _NOT_THERE:
        return _Rules()
    lines = response.body[:PARSED].splitlines()
    whole = lines[:-1] if len(response.body) > PARSED else lines  # half a rule is another rule
    return _Rules(Protego.parse(b"\n".join(whole).decode("utf-8-sig", "replace")))
