"""Slots for crawls that run at once in children of this process, each taken in its turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from scheduler.crawl_turns import LONG, CrawlTurn, CrawlTurns
from scheduler.scheduled_source import utc_now

MAX_CRAWLS = 4  # a crawl mostly waits: for its host, and for the pause between two requests

_GROWN = LONG.total_seconds() + 1.0  # seconds after which a crawl surely counts as a long one


class ConcurrencyLimits:
    """Hands out slots to crawls, as CrawlTurns says."""

    def __init__(
        self, max_crawls: int = MAX_CRAWLS, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._turns = CrawlTurns(max_crawls)
        self._now = now
        self._waiting: dict[CrawlTurn, asyncio.Event] = {}

    @asynccontextmanager
    async def slot(self, turn: CrawlTurn) -> AsyncIterator[None]:
        """Wait until it is the turn of a crawl, and keep its slot until the end."""
        begins = self._waiting[turn] = asyncio.Event()
        self._turns.want(turn)
        self._begin()
        try:
            await begins.wait()
            # What takes long leaves its place to another.
            growing = asyncio.get_running_loop().call_later(_GROWN, self._begin)
            try:
                yield
            finally:
                growing.cancel()
        finally:
            self._waiting.pop(turn, None)
            self._turns.leave(turn)
            self._begin()

    def _begin(self) -> None:
        while turn := self._turns.begin(self._now()):
            self._waiting.pop(turn).set()
