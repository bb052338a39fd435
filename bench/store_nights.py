"""The same nights over several stores, each with replicas of its own, and what was told in each.

A letter is left alone until what befell it last is told in all stores: so the same befalls all.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bench.fleet import WORKER, Fleet
from bench.fleet_host import served
from bench.night_plan import Night, Plan
from bench.stories import Stories, differences, stories
from bench.trouble import Trouble
from fuhan.context import CommandContext
from fuhan.crawl_jobs import scheduled_sources
from fuhan.queue_wiring import claimed_queue
from replica.compose import compose
from scheduler.child_process import CrawlError
from scheduler.crawl_order import CrawlOrder, Crawls, Urgency
from scheduler.crawl_starter import CrawlStarter
from scheduler.crawl_turns import CrawlTurn
from scheduler.local_crawls import LocalCrawls
from scheduler.queue.job_queue import QueuePace
from scheduler.scheduled_source import ScheduledSource, utc_now
from storage.database.archive import open_archive

WORKERS = "workers"  # the name of the store whose crawls they run
COUNT = 3  # of the workers
STORY_NIGHTS = 3
MANNERS = "delay: 0s, concurrency: 8, retries: 0, timeout: "
PACE = QueuePace(poll=0.1)
LIMIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Programs:
    """The product's own commands, or what tests run in place of them."""

    crawl: CrawlStarter | None = None  # None: as a service does
    worker: Sequence[str] = WORKER


@dataclass
class Store:
    """One store, its replicas, and what crawls them."""

    fleet: Fleet
    crawls: Crawls
    sources: Sequence[ScheduledSource]
    troubles: Sequence[Trouble]
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called here."""
        return self.fleet.folder.name

    def untold(self) -> list[set[str]]:
        """Return the paths of letters, by host, of which something is not told yet."""
        return [{each.path for each in host.checker.open} for host in self.fleet.hosts]

    async def live(
        self, night: int, drawn: Sequence["Night"], left_alone: Sequence[set[str]]
    ) -> None:
        """Live through a night: its faults, what happens before the crawl, the crawl, what amid it."""
        story, *living = self.fleet.hosts
        if night < STORY_NIGHTS:
            story.advance()
        amid = []
        for host, trouble, each, paths in zip(
            living, self.troubles, drawn, left_alone[1:], strict=True
        ):
            trouble.night()
            host.happen(each.before, paths)
            amid.append(_later(each.after, partial(host.happen, each.amid, paths)))
        # What the crawl reported is checked when all has happened: else a store whose crawl ended
        # early would have other letters to choose from.
        await asyncio.gather(*map(self._crawl, self.sources), *amid)
        self.fleet.check()

    async def crawl(self) -> None:
        """Crawl each source once, and hold what is told against what happened."""
        await asyncio.gather(*map(self._crawl, self.sources))
        self.fleet.check()

    async def come_to_rest(self, confirm: int) -> None:
        """Let all be well, and crawl until everything is told, or must have been, and once more.

        What was held for its mass is released by the crawl after that in which it was recorded.
        """
        for host in self.fleet.hosts:
            host.replica.faults.clear()
        for _ in range(confirm + 2):
            was_told = not any(self.untold())
            await self.crawl()
            if was_told:
                return

    async def _crawl(self, source: ScheduledSource) -> None:
        order = CrawlOrder(replace(source.job, creates=False), LIMIT, Urgency.ORDINARY)
        turn = CrawlTurn(source.name, source.host, utc_now(), source.schedule.every)
        try:
            crawl = await self.crawls.run(turn, lambda: order)
            outcome = str(crawl and crawl.outcome)
        except CrawlError as error:
            outcome = f"none: {error}"
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1

    def figures(self) -> dict[str, Any]:
        """Return how what was told stands to what happened; lost to damages must be zero."""
        told = sum(host.checker.told for host in self.fleet.hosts)
        return {"told": told, **self.fleet.figures(), "crawls": self.outcomes}

    def is_right(self) -> bool:
        """Return whether exactly what happened was told, each once, and all of it is kept."""
        return not any(self.fleet.figures().values())

    def wrong(self) -> list[str]:
        """Return a line for each change that was told wrongly, and for each that was lost."""
        names = ("lost", "invented", "doubled", "misdated", "misfiled")
        found = (
            (name, getattr(host.checker, name)) for host in self.fleet.hosts for name in names
        )
        return [
            f"{self.name}, {name}: {each}"
            for name, those in found
            for each in (those() if callable(those) else those)
        ]

    def stories(self) -> Stories:
        """Return what was told of each letter."""
        return stories(self.fleet.told())


async def _later(seconds: float, happen: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    happen()


def differences_of(stores: Sequence[Store]) -> list[str]:
    """Return what was told otherwise in a store than in the first, a line a letter."""
    return differences({each.name: each.stories() for each in stores})


async def live(
    folder: Path, urls: Mapping[str, str], plan: Plan, programs: Programs | None = None
) -> list[Store]:
    """Live through the same nights on the stores at these URLs, by name; all are at rest then."""
    with ExitStack() as serving:
        fleets = [
            serving.enter_context(_fleet(folder / name, url, plan, is_queued=name == WORKERS))
            for name, url in urls.items()
        ]
        async with _opened(fleets, plan, programs or Programs()) as stores:
            await _live_through_nights(stores, plan)
            for each in stores:
                await each.come_to_rest(plan.confirm)
        return stores


async def _live_through_nights(stores: Sequence[Store], plan: Plan) -> None:
    chance = random.Random(f"stores {plan.seed}")
    for each in stores:
        await each.crawl()
    for night in track(range(plan.nights), "nights", console=Console(stderr=True)):
        drawn = [Night.drawn(chance, plan) for _ in range(plan.hosts)]
        untold = [
            set().union(*each) for each in zip(*(store.untold() for store in stores), strict=True)
        ]
        for each in stores:
            await each.live(night, drawn, untold)


@contextmanager
def _fleet(folder: Path, url: str, plan: Plan, *, is_queued: bool) -> Iterator[Fleet]:
    """Yield what watches replicas of its own into the store at `url`."""
    folder.mkdir()
    first, letters = plan.seed, plan.letters
    with ExitStack() as serving:
        hosts = [serving.enter_context(served(compose(*plan.story, seed=first), first, unborn=0))]
        hosts += [
            serving.enter_context(served(compose(letters, letters // 4, seed), seed, unborn=3))
            for seed in range(first + 1, first + 1 + plan.hosts)
        ]
        fleet = Fleet(
            folder,
            url,
            hosts,
            confirm=plan.confirm,
            is_queued=is_queued,
            manners=MANNERS + plan.timeout,
        )
        with closing(fleet):
            fleet.write_config()
            open_archive(url, create=True).close()
            yield fleet


@asynccontextmanager
async def _opened(
    fleets: Sequence[Fleet], plan: Plan, programs: Programs
) -> AsyncIterator[list[Store]]:
    """Yield the stores, whose crawls can be run."""
    with ExitStack() as claimed:
        stores = [_store(each, plan, programs, claimed) for each in fleets]
        for each in stores:
            each.crawls.start()
        try:
            yield stores
        finally:
            for each in stores:
                await each.crawls.close()
                each.fleet.end()


def _store(fleet: Fleet, plan: Plan, programs: Programs, claimed: ExitStack) -> Store:
    """Return a store with what runs its crawls: three workers where they are queued."""
    context = CommandContext(fleet.folder / "config.yaml", is_verbose=False, is_quiet=True)
    config = context.config()
    crawls: Crawls
    if fleet.is_queued:
        crawls = claimed.enter_context(claimed_queue(config, PACE))()
        for number in range(COUNT):
            fleet.work(f"worker-{number}", programs.worker)
    else:
        crawls = LocalCrawls(programs.crawl or context.crawl_starter(many=True))
    troubles = [Trouble(host.replica, plan.seed) for host in fleet.hosts[1:]]
    return Store(fleet, crawls, scheduled_sources(config), troubles)
