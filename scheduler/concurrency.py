"""How many crawls run at once: a few in all, and never two on one host."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

LANES = 4  # a crawl mostly waits: for its host, and for the pause between two requests


class ConcurrencyLimits:
    """Keeps crawls apart that would be rude together: politeness is owed to each host."""

    def __init__(self, lanes: int = LANES) -> None:
        self._all = asyncio.Semaphore(lanes)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def on(self, listing: str) -> AsyncIterator[None]:
        """Wait until the host of `listing` is free and a lane is; hold both until the end."""
        async with self._hosts[urlsplit(listing).netloc], self._all:
            yield
