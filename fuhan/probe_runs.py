"""Probes that people ask for on a page: each in a process of its own, one at a time per person."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from crawler.job import Politeness
from review.source_desk import ProbeShown, SourceRefusedError
from scheduler.crawl_starter import CrawlChild, CrawlStarter

LONGEST = 600.0  # seconds that a probe may take
_MOST = 3  # probes at once, of all people
_GRACE = 5.0  # seconds from SIGTERM to SIGKILL


class ProbeRuns:
    """The newest probe of each person, and the processes of those that go on."""

    def __init__(self, starter: CrawlStarter, longest: float = LONGEST) -> None:
        self._starter = starter
        self._longest = longest
        self._shown: dict[str, ProbeShown] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, url: str, who: str, politeness: Politeness, known: Sequence[str]) -> None:
        """Begin a probe of `url`, in the place of the one that `who` had.

        Of hosts other than `known` public addresses alone are asked. Raises SourceRefusedError
        where too many probes go on.
        """
        self.forget(who)
        if len(self._running) >= _MOST:
            raise SourceRefusedError("other probes go on: try again in a minute")
        order = {"url": url, "politeness": asdict(politeness), "known": list(known)}
        self._shown[who] = ProbeShown(url, is_running=True)
        task = self._running[who] = asyncio.create_task(self._run(who, order))
        task.add_done_callback(lambda done: self._ended(who, done))

    def of(self, who: str) -> ProbeShown | None:
        """Return the newest probe of a person; None: there is none."""
        return self._shown.get(who)

    def forget(self, who: str) -> None:
        """End the probe of a person, and show it no more."""
        self._shown.pop(who, None)
        if task := self._running.pop(who, None):
            task.cancel()

    async def close(self) -> None:
        """End all probes, and wait until their processes are gone."""
        running = [*self._running.values()]
        for who in [*self._running]:
            self.forget(who)
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, who: str, task: asyncio.Task[None]) -> None:
        if self._running.get(who) is task:
            del self._running[who]

    async def _run(self, who: str, order: Mapping[str, Any]) -> None:
        task = asyncio.current_task()
        shown = ProbeShown(str(order["url"]), is_running=True)
        try:
            async with asyncio.timeout(self._longest):
                async for shown in self._messages(order):
                    if self._running.get(who) is task:
                        self._shown[who] = shown
        except TimeoutError:
            shown = replace(shown, is_running=False, failure="it took too long and was ended")
        except OSError as error:
            shown = replace(shown, is_running=False, failure=str(error))
        if shown.is_running:
            shown = replace(shown, is_running=False, failure="its process ended without a result")
        if self._running.get(who) is task:
            self._shown[who] = shown

    async def _messages(self, order: Mapping[str, Any]) -> Any:
        """Yield what a probe's process writes, as it is shown."""
        child = await self._starter.start()
        try:
            if child.stdin and child.stdout:
                with suppress(ConnectionError):
                    child.stdin.write(f"{json.dumps(order)}\n".encode())
                    await child.stdin.drain()
                async for line in child.stdout:
                    yield _as_shown(str(order["url"]), json.loads(line))
        finally:
            await _end(child)


def _as_shown(url: str, message: Mapping[str, Any]) -> ProbeShown:
    if "progress" in message:
        return ProbeShown(url, is_running=True, progress=message["progress"])
    if "error" in message:
        return ProbeShown(url, failure=message["error"])
    probe = message["probe"]
    return ProbeShown(
        url,
        rows=tuple(map(tuple, probe["rows"])),
        entry=probe["entry"],
        channels=tuple(map(tuple, probe["channels"])),
    )


async def _end(child: CrawlChild) -> None:
    """End a process: by SIGTERM, after a while by SIGKILL."""
    if child.stdin:
        child.stdin.close()
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.terminate()
        try:
            async with asyncio.timeout(_GRACE):
                await child.wait()
        except TimeoutError:
            child.kill()
            await child.wait()
