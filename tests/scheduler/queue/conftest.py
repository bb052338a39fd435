"""A queue in PostgreSQL, workers whose crawls do what the name of their source says, a service."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from crawler.job import CrawlJob, Source
from letters.letter import Kind
from scheduler.crawl_order import CrawlOrder, Urgency
from scheduler.crawl_turns import CrawlTurn
from scheduler.due import Schedule
from scheduler.queue.crawl_worker import CrawlWorker, FindObstacle, WorkerSettings
from scheduler.queue.job_queue import JobQueue, QueuePace, library_schema
from scheduler.queue.queued_crawls import QueuedCrawls
from scheduler.scheduled_source import ScheduledSource, utc_now
from storage.database.process_lock import QUEUE, ProcessLock
from storage.queue.queue_database import QueueDatabase, QueueOwner, digest
from tests.postgres_server import new_database
from tests.scheduler.starters import fresh

PACE = QueuePace(
    beat=0.2, lively=60.0, poll=0.1, fetch=0.1, budget=0.3, first_wait=0.1, attempts=3
)
OWNER = QueueOwner("0.1.0", "0012", "1/5", digest(library_schema()))
NAME = "crawls-of-tests"


@dataclass(frozen=True)
class Queue:
    """A queue of its own, and how a test uses it."""

    url: str
    database: QueueDatabase

    @asynccontextmanager
    async def service(
        self, lock: ProcessLock | None = None, of: str = NAME
    ) -> AsyncIterator[QueuedCrawls]:
        """Yield what a service has crawls run by, started; it ends with the block."""
        database = QueueDatabase(self.url)
        lock = lock or ProcessLock(database.url, QUEUE)
        assert lock.take()
        crawls = QueuedCrawls(database, lock, JobQueue(self.url, of, PACE), PACE)
        crawls.start()
        try:
            yield crawls
        finally:
            await crawls.close()

    @asynccontextmanager
    async def worker(
        self,
        name: str = "one",
        find_obstacle: FindObstacle = lambda: None,
        concurrency: int = 3,
        of: str = NAME,
    ) -> AsyncIterator[CrawlWorker]:
        """Yield a worker at work; it is stopped at the end of the block."""
        settings = WorkerSettings(
            name, "0.1.0", "sqlite://", concurrency, PACE, timedelta(seconds=0.3)
        )
        jobs = JobQueue(self.url, of, PACE, connections=concurrency + 2)
        worker = CrawlWorker(settings, QueueDatabase(self.url), jobs, fresh(), find_obstacle)
        working = asyncio.create_task(worker.work())
        try:
            yield worker
        finally:
            worker.stop()
            await working

    def execute(self, statement: str) -> None:
        with self.database.transaction() as connection:
            connection.execute(text(statement))


@pytest.fixture
def queue(postgres: str) -> Iterator[Queue]:
    with new_database(postgres) as url:
        database = QueueDatabase(url)
        database.prepare(OWNER, library_schema())
        yield Queue(url, database)
        database.close()


def source(name: str, host: int = 1) -> ScheduledSource:
    job = CrawlJob("", Source(name, "某市", Kind.PROPOSAL, f"http://127.0.0.{host}/"))
    return ScheduledSource(job, Schedule(timedelta(hours=6)))


def turn(wanted: ScheduledSource, *, is_long: bool = False) -> CrawlTurn:
    return CrawlTurn(wanted.name, wanted.host, utc_now(), wanted.schedule.every, is_long)


def order(
    wanted: ScheduledSource, urgency: Urgency = Urgency.ORDINARY
) -> Callable[[], CrawlOrder]:
    """Return what makes the order of a crawl."""
    return lambda: CrawlOrder(replace(wanted.job, creates=False), timedelta(minutes=2), urgency)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110 - other processes make it so
            await asyncio.sleep(0.02)


def ended(pid: int) -> bool:
    """Return whether the process with this number is gone."""
    with suppress(FileNotFoundError):
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text("utf-8")
    return True
