"""How the process of a crawl is started: as a fresh one, whatever else starts it sooner."""

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LONGEST_LINE = 64 * 2**20  # bytes; a crawl's line names each page that failed


class CrawlChild(Protocol):
    """A crawl's own process, as asyncio gives the processes that it starts."""

    @property
    def stdin(self) -> asyncio.StreamWriter | None:
        """Where its job is written; it lives as long as this is open."""

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """Where it reports."""

    @property
    def returncode(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs or where nobody knows it."""

    async def wait(self) -> int | None:
        """Wait until it has ended and return its exit code."""

    def terminate(self) -> None:
        """Send it SIGTERM; raise ProcessLookupError where it has ended."""

    def kill(self) -> None:
        """Send it SIGKILL; raise ProcessLookupError where it has ended."""


class CrawlStarter(Protocol):
    """Starts a process for each crawl. Its leaving ends what it keeps running, no crawl."""

    async def start(self) -> CrawlChild:
        """Return a process that waits for its job; raise OSError where none can be started."""

    async def close(self) -> None:
        """End what was kept for crawls to come."""


@dataclass(frozen=True, slots=True)
class FreshStarter:
    """Starts each crawl by a command that imports everything anew."""

    command: Sequence[str]

    async def start(self) -> CrawlChild:
        """Start the command in a group of its own: the keyboard's interrupt is for its parent."""
        return await asyncio.create_subprocess_exec(
            *self.command, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, process_group=0
        )

    async def close(self) -> None:
        """Do nothing: nothing is kept."""
