"""Decides on sources in the names of people who do so on a page of the running service."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from fuhan.added_sources import add_to_archive, pause, resume
from fuhan.alert_wiring import now
from fuhan.config.rules import web_address
from fuhan.crawl_jobs import politeness
from fuhan.errors import UsageError
from fuhan.probe_runs import ProbeRuns
from fuhan.running_service import RunningService
from letters.watching import WatchDecision
from review.source_desk import ProbeShown, SourceRefusedError
from storage.database.archive import Archive

_LONGEST_URL = 2000  # characters


class RunningSourceDesk:
    """The desk of the running service; see `review.source_desk.SourceDesk`."""

    def __init__(self, running: RunningService, probes: ProbeRuns) -> None:
        self._running = running
        self._probes = probes

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return the counts of each crawl under way, by source; none yet where it waits."""
        return self._running.parts.service.progress()

    def crawl_now(self, name: str) -> None:
        """Have a source that is watched crawled at once; raise SourceRefusedError."""
        if name not in {each.name for each in self._running.plan.scheduled}:
            raise SourceRefusedError(f"source {name!r} is not watched")
        self._running.parts.service.crawl_now(name)

    async def pause(self, name: str, who: str) -> None:
        """Have a source crawled no more; raise SourceRefusedError."""
        await self._decide(
            lambda archive: pause(archive, self._running.plan.listed, name, who, now())
        )

    async def resume(self, name: str, who: str) -> None:
        """Have a source crawled again; raise SourceRefusedError."""
        await self._decide(
            lambda archive: resume(archive, self._running.plan.listed, name, who, now())
        )

    async def add(self, entry: Mapping[str, str], who: str) -> None:
        """Have a source watched from now on; raise SourceRefusedError."""
        config = self._running.plan.config
        await self._decide(lambda archive: add_to_archive(archive, config, entry, who, now()))

    def start_probe(self, url: str, who: str) -> None:
        """Begin a probe, in the place of the one that the person had; raise SourceRefusedError."""
        if len(url) > _LONGEST_URL:
            raise SourceRefusedError(f"expected a URL of at most {_LONGEST_URL} characters")
        try:
            web_address(url)
        except ValueError as error:
            raise SourceRefusedError(str(error)) from error
        config = self._running.plan.config
        known = hosts_of([each.listing for each in config.sources])
        self._probes.start(url, who, politeness(config.crawl), known)

    def probe_of(self, who: str) -> ProbeShown | None:
        """Return the newest probe of a person; None: there is none."""
        return self._probes.of(who)

    def forget_probe(self, who: str) -> None:
        """End the probe of a person, and show it no more."""
        self._probes.forget(who)

    async def _decide(self, record: Callable[[Archive], WatchDecision | None]) -> None:
        """Record a decision and take it up; what can't be decided is a SourceRefusedError."""
        try:
            await asyncio.to_thread(record, self._running.parts.archive)
        except UsageError as error:
            raise SourceRefusedError(str(error)) from error
        await self._running.take_up()


def hosts_of(listings: Sequence[str]) -> list[str]:
    """Return the hosts of directories, which a probe may ask wherever they are.

    To be called with those of the configuration's file alone: who writes it may ask anything.
    """
    return sorted({urlsplit(each).hostname or "" for each in listings})
