"""Crawls in child processes of the service itself."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from letters.crawl_record import Crawl
from scheduler.child_process import GRACE, run_crawl
from scheduler.concurrency import ConcurrencyLimits
from scheduler.crawl_log import log_beginning
from scheduler.crawl_order import MakeOrder
from scheduler.crawl_starter import CrawlStarter
from scheduler.crawl_turns import CrawlTurn


class LocalCrawls:
    """Runs crawls on this machine: a few at once, never two on one host."""

    outlive_service = False

    def __init__(self, starter: CrawlStarter, grace: timedelta = GRACE) -> None:
        self._starter = starter
        self._grace = grace
        self._limits = ConcurrencyLimits()
        self._progress: dict[str, Mapping[str, int]] = {}  # of crawls under way, by source

    def start(self) -> None:
        """Do nothing: a crawl is a process of its own."""

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        """Wait for a slot, then run the crawl; raise CrawlError where it has no outcome."""
        async with self._limits.slot(turn):
            if (order := make_order()) is None:
                return None
            log_beginning(turn.source, full=order.job.full)
            show = partial(self._progress.__setitem__, turn.source)
            try:
                return await run_crawl(self._starter, order.job, order.deadline, show, self._grace)
            finally:
                self._progress.pop(turn.source, None)

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return the counts of crawls under way, by source."""
        return dict(self._progress)

    def withdraw(self, source: str) -> None:
        """Do nothing: a crawl makes sure that it is wanted when it has its slot."""

    def trouble(self) -> str | None:
        """Return None: only a crawl itself can say that it can't be started."""
        return None

    def queue_state(self) -> None:
        """Return None: there is no queue."""

    async def close(self) -> None:
        """End what was kept for crawls to come."""
        await self._starter.close()
