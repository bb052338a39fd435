"""Limits on crawls that run at once: a few in all, and never two on one host."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MAX_CRAWLS = 4  # a crawl mostly waits: for its host, and for the pause between two requests


class ConcurrencyLimits:
    """Hands out slots to crawls: `max_crawls` in all, one for each host."""

    def __init__(self, max_crawls: int = MAX_CRAWLS) -> None:
        self._crawls = asyncio.Semaphore(max_crawls)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[None]:
        """Wait for a slot on `host`, and keep it until the end."""
        async with self._hosts[host], self._crawls:
            yield
