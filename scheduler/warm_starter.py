"""Start each crawl by forking a process that has imported all it needs."""

import asyncio
import logging
from collections.abc import Sequence

from scheduler.crawl_starter import CrawlChild, CrawlStarter
from scheduler.fork_client import ForkClient, NotForkedError

log = logging.getLogger(__name__)

_ATTEMPTS = 2  # a server may have ended, or be older than the code on disk; its successor not

_PATIENCE = 60.0  # seconds for a server's answer; the first one waits for all imports


class WarmStarter:
    """Starts crawls from a fork server, which begins with the first of them.

    A server that ends takes no crawl along, and another one is started for the next. Where that
    forks none either, `fresh` starts the crawl.
    """

    def __init__(
        self, command: Sequence[str], fresh: CrawlStarter, patience: float = _PATIENCE
    ) -> None:
        self._command = command
        self._patience = patience
        self._fresh = fresh
        self._client: ForkClient | None = None
        self._turn = asyncio.Lock()

    async def start(self) -> CrawlChild:
        """Return a process that waits for its job; raise OSError where none can be started."""
        for _ in range(_ATTEMPTS):
            try:
                return await (await self._usable_client()).fork(self._patience)
            except NotForkedError:
                continue
        log.warning("a crawl could not be forked: its process is started afresh")
        return await self._fresh.start()

    async def _usable_client(self) -> ForkClient:
        async with self._turn:
            if not self._client or not self._client.is_usable:
                self._client = await ForkClient.start(self._command)
            return self._client

    async def close(self) -> None:
        """End the server."""
        if self._client:
            await self._client.close()
