"""Ask the database in threads, so that the loop goes on, and leave none behind in the end."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class BlockingCalls:
    """Runs calls in threads; one that is cancelled goes on, as no thread can be ended."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, call: Callable[..., Answer], *arguments: Any) -> Answer:
        """Return what `call` returns, or raise what it raises."""
        task = asyncio.create_task(asyncio.to_thread(call, *arguments))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    @asynccontextmanager
    async def entered(self, manager: AbstractContextManager[Answer]) -> AsyncIterator[Answer]:
        """Enter `manager` for the block, and leave it, each in a thread."""
        answer = await self.run(manager.__enter__)
        try:
            yield answer
        finally:
            await self.run(manager.__exit__, *sys.exc_info())

    async def finish(self) -> None:
        """Wait for the calls that nobody waits for any more."""
        await asyncio.gather(*self._running, return_exceptions=True)
