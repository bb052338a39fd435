"""The service's side of the queue: orders crawls from workers, and waits until they have ended."""

import asyncio
import logging
from asyncio import Future
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from letters.crawl_record import Crawl
from scheduler.child_process import CrawlCrashedError, CrawlError, read_crawl
from scheduler.crawl_order import CrawlOrder, MakeOrder
from scheduler.crawl_turns import CrawlTurn
from scheduler.queue.blocking_calls import BlockingCalls
from scheduler.queue.job_queue import JobQueue, QueueFailure, QueuePace, failure
from storage.database.errors import StorageError, reason
from storage.database.process_lock import ProcessLock
from storage.queue.attempts import (
    Attempt,
    forget_attempts,
    open_job,
    take_ended,
    withdraw_jobs,
    withdraw_others,
)
from storage.queue.queue_database import QueueDatabase
from storage.queue.queue_state import QueueState, read_state

log = logging.getLogger(__name__)

_NOT_OURS = "another fuhan serve fills the queue"
_UNWATCHED = "is watched no more: restart the service"


class QueuedCrawls:
    """Has crawls run by workers. Takes up where an earlier service ended."""

    outlive_service = True

    def __init__(
        self, database: QueueDatabase, lock: ProcessLock, jobs: JobQueue, pace: QueuePace
    ) -> None:
        self._database = database
        self._lock = lock
        self._jobs = jobs
        self._pace = pace
        self._awaited: dict[int, Future[Attempt]] = {}  # by the job's number
        self._unwanted: set[str] = set()
        self._being_put: set[str] = set()  # sources whose jobs are not there to be withdrawn yet
        self._state: QueueState | None = None
        self._trouble: str | None = None
        self._watching: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._long = 0  # crawls that take long, in the queue
        self._long_turns = asyncio.Condition()
        self._calls = BlockingCalls()

    def start(self) -> None:
        """Begin to watch the queue; needs a running loop."""
        self._watching = asyncio.create_task(self._watch())
        self._watching.add_done_callback(self._note_end)

    async def run(self, turn: CrawlTurn, make_order: MakeOrder) -> Crawl | None:
        """Order a crawl and wait until a worker has run it; None where it was withdrawn.

        One that an earlier service ordered is waited for instead. Raises CrawlError where there
        is no outcome.
        """
        await self._ready.wait()
        async with self._long_turn(turn):
            if self._trouble:
                raise CrawlError(f"crawl of {turn.source} is not ordered: {self._trouble}")
            job = await self._calls.run(self._find, turn.source)
            if job is None and (order := make_order()):
                job = await self._put(order, turn.host)
            return None if job is None else _crawl_of(await self._ended(job))

    @asynccontextmanager
    async def _long_turn(self, turn: CrawlTurn) -> AsyncIterator[None]:
        """Wait where a crawl takes long: the queue has one such crawl for each worker at most.

        Each of them has room for another crawl beside it.
        """
        if not turn.is_long:
            yield
            return
        async with self._long_turns:
            await self._long_turns.wait_for(self._has_long_turn)
            self._long += 1
        try:
            yield
        finally:
            self._long -= 1  # seen by those who wait at the next look

    def _has_long_turn(self) -> bool:
        workers = len(self._state.workers) if self._state else 0
        return self._long < max(workers, 1)

    def progress(self) -> Mapping[str, Mapping[str, int]]:
        """Return nothing: what workers have seen so far is not reported."""
        return {}

    def withdraw(self, source: str) -> None:
        """Take the crawl of `source` out of the queue, unless it has begun."""
        self._unwanted.add(source)

    def trouble(self) -> str | None:
        """Return why no crawls can be ordered, or None."""
        return self._trouble and f"the queue: {self._trouble}"

    def queue_state(self) -> QueueState | None:
        """Return the state of the queue as it was a moment ago; None before it was first read."""
        return self._state

    async def close(self) -> None:
        """Watch the queue no more; what is in it stays for workers, and for the next service."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._calls.finish()
        self._lock.release()
        self._database.close()

    async def _put(self, order: CrawlOrder, host: str) -> int | None:
        """Order a crawl and return its job; None where one of the source waits by now."""
        name = order.job.source.name
        self._being_put.add(name)
        try:
            job = await self._jobs.put(order, host)
        except QueueFailure as error:
            raise CrawlError(f"crawl of {name} can't be ordered: {failure(error)}") from error
        finally:
            self._being_put.discard(name)
        if job is not None:
            log.info("crawl of %s is queued", name)
        return job

    async def _ended(self, job: int) -> Attempt:
        """Wait until a job has ended, however often it was tried."""
        future = self._awaited.setdefault(job, asyncio.get_running_loop().create_future())
        try:
            return await future
        finally:
            self._awaited.pop(job, None)

    async def _watch(self) -> None:
        """Read again and again how the queue is, until cancelled."""
        while True:
            try:
                async with self._jobs.opened():
                    await self._calls.run(self._clear)
                    self._ready.set()
                    while True:
                        await self._look()
                        await asyncio.sleep(self._pace.poll)
            except (*QueueFailure, StorageError) as error:
                self._note_trouble(failure(error))
                await asyncio.sleep(self._pace.poll)

    def _clear(self) -> None:
        """Withdraw what an earlier service ordered: what is due is read from the archive."""
        with self._database.transaction() as connection:
            withdraw_jobs(connection)
            forget_attempts(connection)

    async def _look(self) -> None:
        """Read once how the queue is, and say so to those who wait."""
        try:
            is_ours = await self._calls.run(self._lock.take)
            ended = await self._calls.run(partial(self._read, is_ours=is_ours))
        except StorageError as error:
            self._note_trouble(reason(error))
            return
        self._note_trouble(None if is_ours else _NOT_OURS)
        async with self._long_turns:
            self._long_turns.notify_all()
        for job, attempt in ended.items():
            if (future := self._awaited.get(job)) and not future.done():
                future.set_result(attempt)

    def _read(self, *, is_ours: bool) -> Mapping[int, Attempt]:
        """Withdraw what is unwanted, and return how jobs ended that somebody waits for."""
        with self._database.transaction() as connection:
            if is_ours:
                withdraw_others(connection, self._jobs.name)
            unwanted = self._unwanted - self._being_put
            for source in unwanted:
                withdraw_jobs(connection, source)
            self._state = read_state(connection, self._pace.lively)
            ended = take_ended(connection, tuple(self._awaited))
        self._unwanted -= unwanted
        return ended

    def _find(self, source: str) -> int | None:
        with self._database.transaction() as connection:
            return open_job(connection, source)

    def _note_end(self, watching: "asyncio.Task[None]") -> None:
        """Say that a bug ended the watch: nobody would hear any more how crawls end."""
        if not watching.cancelled() and (bug := watching.exception()):
            log.error("unexpected %s", type(bug).__name__, exc_info=bug)
            self._trouble = _UNWATCHED

    def _note_trouble(self, trouble: str | None) -> None:
        if trouble and trouble != self._trouble:
            log.error("the queue: %s", trouble)
        self._trouble = trouble


def _crawl_of(attempt: Attempt) -> Crawl | None:
    """Return the crawl of the newest attempt; None where there was none: it was withdrawn."""
    if attempt.error:
        raise CrawlCrashedError(attempt.error)
    return read_crawl(attempt.crawl) if attempt.crawl else None
