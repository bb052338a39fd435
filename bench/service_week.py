"""Measures what grows in seven days of fifty sources in the service itself, on a fast clock.

The service, its timers (APScheduler), its turns and the archive are the product's; the clock of
the loop jumps to the next timer where nothing else is to be done, and a crawl only waits as long
as it takes and is recorded. Of five sources crawls take hours, ten do not answer.
`python -m bench.service_week [--days N]`.
"""

import argparse
import asyncio
import gc
import logging
import os
import selectors
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from bench.fair_turns import START, Watched, nation
from crawler.job import CrawlJob, Source
from letters.crawl_record import Crawl, CrawlOutcome
from letters.letter import Kind
from scheduler.concurrency import ConcurrencyLimits
from scheduler.crawl_order import MakeOrder
from scheduler.crawl_turns import CrawlTurn
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource
from scheduler.service import Service
from storage.database.archive import Archive, open_archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl

DAY = timedelta(days=1)


class FastLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer where nothing else is to be done."""

    def __init__(self) -> None:
        self.passed = 0.0  # seconds since START
        super().__init__(_Selector(self))

    def time(self) -> float:
        """Return the seconds that have passed on its clock."""
        return self.passed

    def now(self) -> datetime:
        """Return the time on its clock, in UTC."""
        return START + timedelta(seconds=self.passed)


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: FastLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        """Return what is ready; where nothing is, let the loop's time pass in place of waiting."""
        if timeout is None or (ready := super().select(0)):
            return super().select(timeout) if timeout is None else ready
        self._loop.passed += max(timeout, 0.0)
        return []


@dataclass(frozen=True, slots=True)
class Sample:
    """How the process was at the end of one day."""

    crawls: int  # on that day
    longest_wait: timedelta  # of a crawl of one of the others, from due to begun
    memory: float  # MiB
    objects: int  # that Python keeps
    handles: int  # open files
    threads: int
    tasks: int
    timers: int
    cpu: float  # seconds, on that day

    def cells(self) -> list[str]:
        """Return a row of the table."""
        wait = f"{self.longest_wait / timedelta(minutes=1):.0f}"
        counts = self.objects, self.handles, self.threads, self.tasks, self.timers
        return [f"{self.crawls}", wait, f"{self.memory:.1f}", *map(str, counts), f"{self.cpu:.1f}"]


@dataclass
class SimulatedCrawls:
    """Has crawls recorded without a process: each takes as long as its source says."""

    archive: Archive
    loop: FastLoop
    sources: dict[str, Watched]
    limits: ConcurrencyLimits
    outlive_service = False
    waits: list[timedelta] = field(default_factory=list)
    begun: int = 0

    def start(self) -> None:
        """Do nothing."""

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        """Record a crawl that takes its time."""
        async with self.limits.slot(turn):
            if make_order() is None:
                return None
            source, began = self.sources[turn.source], self.loop.now()
            self.begun += 1
            if source.group == "others":
                self.waits.append(began - turn.due)
            with self.archive.writing() as connection:
                crawl_id = begin_crawl(connection, turn.source, "normal", began)
            await asyncio.sleep(source.takes.total_seconds())
            outcome = CrawlOutcome.FAILED if source.group == "dead" else CrawlOutcome.COMPLETE
            end = CrawlEnd(outcome, self.loop.now(), began, None, {}, [])
            with self.archive.writing() as connection:
                return end_crawl(connection, crawl_id, end)

    def withdraw(self, source: str) -> None:
        """Do nothing."""

    def trouble(self) -> None:
        """Return None: nothing can be wrong."""

    def queue_state(self) -> None:
        """Return None: there is no queue."""

    async def close(self) -> None:
        """Do nothing."""


def live(folder: Path, watched: Sequence[Watched], days: int) -> list[Sample]:
    """Return how the process was at the end of each day of a service that watches these sources."""
    loop = FastLoop()
    with closing(open_archive(f"sqlite:///{folder}/fuhan.db", create=True)) as archive:
        by_name = {each.name: each for each in watched}
        crawls = SimulatedCrawls(archive, loop, by_name, ConcurrencyLimits(now=loop.now))
        service = Service(archive, [_scheduled(archive, each) for each in watched], crawls)
        with _clock_of(loop), asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(_days(service, crawls, days))


def _scheduled(archive: Archive, each: Watched) -> ScheduledSource:
    source = Source(each.name, "某局", Kind.PROPOSAL, f"http://{each.host}.example/")
    return ScheduledSource(CrawlJob(str(archive.url), source), Schedule(each.every))


@contextmanager
def _clock_of(loop: FastLoop) -> Iterator[None]:
    """Have the service and APScheduler go by the clock of a loop."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return loop.now().astimezone(tz)

    with (
        patch("scheduler.service.utc_now", loop.now),
        patch("apscheduler.schedulers.base.datetime", Clock),
    ):
        yield


async def _days(service: Service, crawls: SimulatedCrawls, days: int) -> list[Sample]:
    service.start()
    samples = []
    for _ in range(days):
        cpu = time.process_time()
        crawls.begun = 0
        crawls.waits.clear()
        await asyncio.sleep(DAY.total_seconds())
        samples.append(_sample(crawls, time.process_time() - cpu))
    await service.stop(timedelta(0))
    return samples


def _sample(crawls: SimulatedCrawls, cpu: float) -> Sample:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return Sample(
        crawls=crawls.begun,
        longest_wait=max(crawls.waits, default=timedelta(0)),
        memory=pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
        objects=len(gc.get_objects()),
        handles=len(list(Path("/proc/self/fd").iterdir())),
        threads=threading.active_count(),
        tasks=len(asyncio.all_tasks()),
        timers=len(crawls.loop._scheduled),  # type: ignore[attr-defined]  # noqa: SLF001
        cpu=cpu,
    )


def main() -> None:
    """Print how the process was at the end of each day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    asked = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    names = "day", "crawls", "longest wait min", "MiB", "objects", "files", "threads", "tasks"
    table = Table(*names, "timers", "CPU s")
    with TemporaryDirectory() as folder:
        for day, sample in enumerate(live(Path(folder), nation(5), asked.days), start=1):
            table.add_row(f"{day}", *sample.cells())
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
