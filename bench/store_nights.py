"""The same nights over several stores, each with replicas of its own, and what was told in each.

A letter is left alone until what befell it last is told in all stores: so the same befalls all.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import track

from bench.fleet import WORKER, Fleet, served
from bench.trouble import Trouble
from fuhan.context import CommandContext
from fuhan.crawl_jobs import scheduled_sources
from fuhan.queue_wiring import claimed_queue
from replica.compose import compose
from scheduler.child_process import CrawlError
from scheduler.crawl_order import CrawlOrder, Crawls, Urgency
from scheduler.crawl_starter import CrawlStarter
from scheduler.local_crawls import LocalCrawls
from scheduler.queue.job_queue import QueuePace
from scheduler.scheduled_source import ScheduledSource
from storage.database.archive import open_archive

WORKERS = "workers"  # the name of the store whose crawls they run
COUNT = 3  # of the workers
STORY = (60, 12)  # letters of the demo, by kind
STORY_NIGHTS = 3
MANNERS = "delay: 0s, concurrency: 8, timeout: 1s, retries: 0"
PACE = QueuePace(poll=0.1)
LIMIT = timedelta(minutes=5)
Story = tuple[str, ...]  # of one letter: what was told of it, in order, without ids and times


@dataclass(frozen=True)
class Plan:
    """What happens in the nights."""

    nights: int
    hosts: int = 2  # besides that of the demo's story
    letters: int = 40  # of each of them
    events: int = 3  # at most so many a night and host, before the crawl and during it
    seed: int = 1
    story: tuple[int, int] = STORY
    confirm: int = 2


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
        self, night: int, drawn: Sequence["_Night"], left_alone: Sequence[set[str]]
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
        try:
            crawl = await self.crawls.run(source, lambda: order)
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

    def stories(self) -> dict[tuple[int, str], Story]:
        """Return what was told of each letter, by its host and its last path."""
        told: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for place, changes in enumerate(self.fleet.told()):
            for each in changes:
                told.setdefault((place, each["letter"]["id"]), []).append(each)
        return {
            (place, _path(changes[-1])): tuple(map(_without_ids_and_times, changes))
            for (place, _), changes in told.items()
        }


async def _later(seconds: float, happen: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    happen()


def differences(stores: Sequence[Store]) -> list[str]:
    """Return what was told otherwise in a store than in the first, a line a letter."""
    first, *others = stores
    expected = first.stories()
    return [
        f"{store.name}, host {place}, {path}: {_shown(found.get((place, path)))}"
        f" instead of {_shown(expected.get((place, path)))}"
        for store in others
        for found in [store.stories()]
        for place, path in sorted(expected.keys() | found.keys())
        if found.get((place, path)) != expected.get((place, path))
    ]


def _shown(story: Story | None) -> str:
    return "nothing" if story is None else " then ".join(story)


def _path(change: Mapping[str, Any]) -> str:
    url: str = change["letter"]["url"]
    return urlsplit(url).path


def _without_ids_and_times(change: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in change.items() if name not in {"id", "detected_at"}}
    letter = {name: value for name, value in change["letter"].items() if name != "id"}
    kept["letter"] = letter | {"url": _path(change)}
    kept["window"] = change["window"]["after"] is not None
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


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
        drawn = [_Night.drawn(chance, plan) for _ in range(plan.hosts)]
        untold = [
            set().union(*each) for each in zip(*(store.untold() for store in stores), strict=True)
        ]
        for each in stores:
            await each.live(night, drawn, untold)


@dataclass(frozen=True)
class _Night:
    """How much happens at one host in one night."""

    before: int
    amid: int
    after: float  # seconds from the beginning of the crawl

    @classmethod
    def drawn(cls, chance: random.Random, plan: Plan) -> Self:
        return cls(
            chance.randint(0, plan.events), chance.randint(0, plan.events), chance.uniform(0, 1)
        )


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
            folder, url, hosts, confirm=plan.confirm, is_queued=is_queued, manners=MANNERS
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
