"""A worker: runs crawls of the queue in child processes, and reports how they ended."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from crawler.job import CrawlJob
from scheduler.child_process import GRACE, CrawlDeadlineError, CrawlError, run_crawl
from scheduler.crawl_log import log_beginning, log_ending, substantive_edits_at
from scheduler.crawl_starter import CrawlStarter
from scheduler.queue.blocking_calls import BlockingCalls
from scheduler.queue.job_queue import (
    USUAL_PACE,
    JobQueue,
    QueueFailure,
    QueuePace,
    RetryError,
    failure,
)
from storage.database.errors import StorageError
from storage.queue.attempts import Attempt, begin_attempt, end_attempt
from storage.queue.queue_database import QueueDatabase
from storage.queue.rescue_turn import rescue_turn
from storage.queue.workers import add_worker, note_worker, remove_lost_workers, remove_worker

log = logging.getLogger(__name__)

_REPORTS = 6  # attempts to record how a crawl ended, a beat apart

FindObstacle = Callable[[], str | None]  # raises StorageError


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How one worker works."""

    name: str
    version: str  # of fuhan
    database: str  # the archive's URL, as this machine reaches it
    concurrency: int  # crawls at once
    pace: QueuePace = USUAL_PACE
    grace: timedelta = GRACE  # for a crawl that is ended, from SIGTERM to SIGKILL


class CrawlWorker:
    """Runs queued crawls, as long as nothing is said to be in the way."""

    def __init__(
        self,
        settings: WorkerSettings,
        queue: QueueDatabase,
        jobs: JobQueue,
        starter: CrawlStarter,
        find_obstacle: FindObstacle,
    ) -> None:
        self._settings = settings
        self._queue = queue
        self._jobs = jobs
        self._starter = starter
        self._find_obstacle = find_obstacle
        self._calls = BlockingCalls()
        self._stopping = asyncio.Event()
        self._id: int | None = None  # among the workers; None: not on record yet
        self._waits: str | None = None

    def stop(self) -> None:
        """Take no more crawls; let those in flight end, and end them by force after a while."""
        self._stopping.set()

    async def work(self) -> None:
        """Run crawls until stopped; wait, and say why, while something is in the way."""
        try:
            while not self._stopping.is_set():
                try:
                    if not self._note_obstacle(await self._beat()):
                        await self._run_jobs()
                except (*QueueFailure, StorageError) as error:
                    self._note_obstacle(failure(error))
                await self._pause()
        finally:
            await self._calls.finish()
            await self._calls.run(self._leave)
            await self._starter.close()

    async def _run_jobs(self) -> None:
        """Run jobs until stopped, or until something is in the way."""
        settings = self._settings
        async with self._jobs.opened():
            jobs = self._jobs.work(self._run, settings.database, settings.concurrency)
            working = asyncio.create_task(jobs)
            try:
                await self._watch(working)
            finally:
                working.cancel()
                await asyncio.wait([working])
            if not working.cancelled():
                working.result()

    async def _watch(self, working: "asyncio.Task[None]") -> None:
        """Say again and again that this worker lives, until it has to run jobs no longer.

        A database that does not answer is no reason to end crawls: it may a moment later.
        """
        while not (working.done() or self._stopping.is_set()):
            try:
                if self._note_obstacle(await self._beat()):
                    return
                await self._rescue()
            except (*QueueFailure, StorageError) as error:
                self._note_obstacle(failure(error))
            await self._pause(working)

    async def _rescue(self) -> None:
        """Put back what lost workers were at, unless another worker is doing so."""
        async with self._calls.entered(rescue_turn(self._queue)) as is_ours:
            if is_ours:
                await self._jobs.rescue(self._give_up)

    async def _give_up(self, number: int, source: str) -> None:
        error = f"crawl of {source} was given up: each worker that ran it was lost"
        log.error("%s", error)
        await self._calls.run(self._report, number, Attempt(error=error))

    async def _pause(self, *tasks: "asyncio.Task[None]") -> None:
        """Wait for the next beat, or until stopped, or until one of `tasks` is done."""
        stop = asyncio.create_task(self._stopping.wait())
        beat = self._settings.pace.beat
        await asyncio.wait({stop, *tasks}, timeout=beat, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()

    def _note_obstacle(self, obstacle: str | None) -> bool:
        """Say what is in the way once it is something else; return whether anything is."""
        if obstacle != self._waits:
            log.warning("waits: %s", obstacle) if obstacle else log.info("takes crawls again")
        self._waits = obstacle
        return obstacle is not None

    def _leave(self) -> None:
        """Record that this worker ended."""
        if self._id is not None:
            with suppress(StorageError), self._queue.transaction() as connection:
                remove_worker(connection, self._id)
        self._queue.close()

    async def _run(self, number: int, job: CrawlJob, deadline: timedelta) -> None:
        """Run one crawl and report how it ended; raise RetryError if it is to be tried again."""
        name = job.source.name
        await self._calls.run(self._report, number, None)
        log_beginning(name, full=job.full)
        try:
            crawl = await run_crawl(
                self._starter, job, deadline, _ignore_progress, self._settings.grace
            )
        except asyncio.CancelledError:
            log.info("crawl of %s is ended, and goes back into the queue", name)
            raise
        except CrawlError as error:
            log.error("%s", error)  # noqa: TRY400 - its text says all, a traceback no more
            await self._report_end(number, Attempt(error=str(error)))
            if isinstance(error, CrawlDeadlineError):
                return
            raise RetryError from error
        log_ending(
            crawl,
            await self._calls.run(substantive_edits_at, self._settings.database, crawl),
        )
        await self._report_end(number, Attempt(crawl=crawl.as_json()))

    async def _report_end(self, number: int, attempt: Attempt) -> None:
        """Record how an attempt ended, again where that fails: else its crawl is run once more."""
        for _ in range(_REPORTS - 1):
            try:
                return await self._calls.run(self._report, number, attempt)
            except StorageError as error:
                self._note_obstacle(failure(error))
            await asyncio.sleep(self._settings.pace.beat)
        return await self._calls.run(self._report, number, attempt)

    def _report(self, number: int, attempt: Attempt | None) -> None:
        """Record that an attempt at a job begins, or how it ended."""
        worker = self._id or 0
        with self._queue.transaction() as connection:
            if attempt is None:
                begin_attempt(connection, number, worker)
            else:
                end_attempt(connection, number, worker, attempt)

    async def _beat(self) -> str | None:
        """Say that this worker lives; return what is in its way, or None; raises StorageError."""
        obstacle = await self._calls.run(self._find_obstacle)
        try:
            await self._calls.run(self._sign, obstacle)
        except StorageError:
            if obstacle is None:  # else it may be that the tables are missing
                raise
        return obstacle

    def _sign(self, obstacle: str | None) -> None:
        """Record that this worker lives, and what is in its way."""
        with self._queue.transaction() as connection:
            remove_lost_workers(connection, self._settings.pace.lively)
            if self._id is None or not note_worker(connection, self._id, obstacle):
                self._id = add_worker(connection, self._settings.name, self._settings.version)
                note_worker(connection, self._id, obstacle)


def _ignore_progress(_progress: Mapping[str, int]) -> None:
    """Do nothing: how each crawl ends is logged."""
