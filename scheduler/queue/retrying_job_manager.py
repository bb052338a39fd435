"""Procrastinate's statements for a worker, so that a connection that breaks ends no crawl."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

_WAITS = (0.0, 0.2, 1.0, 5.0, 10.0, 20.0)  # seconds before attempts to write what became of a job
_SERVER_TIME = "SELECT now() AS at"
_BEAT = """
    INSERT INTO procrastinate_workers (id) OVERRIDING SYSTEM VALUE VALUES (%(worker_id)s)
    ON CONFLICT (id) DO UPDATE SET last_heartbeat = now()
"""
_OTHERS = """
    SELECT id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name,
           attempts, worker_id
    FROM procrastinate_jobs
    WHERE status = 'doing' AND worker_id = %(worker_id)s AND id <> ALL(%(in_hand)s::bigint[])
"""

log = logging.getLogger(__name__)


class RetryingJobManager(JobManager):
    """Waits, or gives way, where the library's worker would end all crawls that it runs.

    Two workers that ask at the same moment can be given jobs of one lock; PostgreSQL refuses the
    second: https://github.com/procrastinate-org/procrastinate/issues/1242
    A job that this worker is said to run and doesn't would be nobody's as long as it lives:
    https://github.com/procrastinate-org/procrastinate/issues/1518
    """

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self._in_hand = set[int | None]()  # jobs that were given out to this worker
        self._fetching = asyncio.Lock()  # held from before a job is given out until it is in hand

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Return a job to run; None where that can't be said just now.

        Such as where another worker has just begun one of its host, or took this one for lost.
        """
        async with self._fetching:
            try:
                job = await super().fetch_job(queues, worker_id)
            except ConnectorException as error:
                if not (_is_broken(error) or _passes(error)):
                    raise
                return None
            if job is None or job.id in self._in_hand:  # it was put back, and is ours again
                return None
            self._in_hand.add(job.id)
            return job

    async def get_stalled_jobs(self, *arguments: Any, **named: Any) -> Iterable[Job]:
        """Return the jobs of lost workers; none that this one runs, who was taken for lost."""
        stalled = await super().get_stalled_jobs(*arguments, **named)
        return [job for job in stalled if job.id not in self._in_hand]

    async def update_heartbeat(self, worker_id: int) -> None:
        """Say that a worker lives, and put back what it doesn't run; one beat may be missing.

        One that was taken for lost is on record again: the library would end its crawls.
        """
        try:
            await self.connector.execute_query_async(_BEAT, worker_id=worker_id)
            await self._put_back_others(worker_id)
        except ConnectorException as error:
            if not _is_broken(error):
                raise

    async def _put_back_others(self, worker_id: int) -> None:
        """Put back what was given out and is not in hand.

        Its answer did not arrive, or how it ended could not be written.
        """
        async with self._fetching:
            others = await self.connector.execute_query_all_async(
                _OTHERS, worker_id=worker_id, in_hand=list(self._in_hand)
            )
            for job in map(Job.from_row, others):
                try:
                    await self.retry_job(job)
                except ConnectorException as error:
                    if not is_gone(error):  # another worker took this one for lost
                        raise

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - the library's
        """End a job, again where the connection breaks: its crawl would be run once more."""
        finish = super().finish_job
        await self._end(job, lambda: finish(job, status, delete_job))

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back, again where the connection breaks: nobody would ever run it.

        It ends where another one of its source waits already.
        """
        retry, wait = super().retry_job, timedelta(0)
        if retry_at is not None:
            wait = retry_at - datetime.now(UTC)

        async def put_back() -> None:
            await retry(job, await self._server_time() + wait, priority, queue, lock)

        try:
            await self._end(job, put_back)
        except UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)

    async def _end(self, job: Job, write: Callable[[], Awaitable[None]]) -> None:
        """Write what became of a job, which is in hand no more, whatever comes of that."""
        is_in_hand = job.id in self._in_hand
        try:
            await _until_written(write)
        except ConnectorException as error:
            if not is_in_hand or not (is_gone(error) or _is_broken(error)):
                raise
            if not is_gone(error):  # else this worker was taken for lost
                log.warning("how the crawl of %s went can't be written", job.queueing_lock)
        finally:
            self._in_hand.discard(job.id)

    async def _server_time(self) -> datetime:
        """Return the time by the server's clock, by which jobs are given out: ours may be off."""
        row = await self.connector.execute_query_one_async(_SERVER_TIME)
        at: datetime = row["at"]
        return at


async def _until_written(write: Callable[[], Awaitable[None]]) -> None:
    """Write what became of a job; what was written when a connection broke is not refused."""
    for attempt, wait in enumerate(_WAITS, start=1):
        await asyncio.sleep(wait)
        try:
            return await write()
        except ConnectorException as error:
            if attempt > 1 and is_gone(error):
                return None
            if not _is_broken(error) or attempt == len(_WAITS):
                raise
    return None


def is_gone(error: ConnectorException) -> bool:
    """Return whether a job was not there any more: it had ended, or was put back."""
    return isinstance(error.__cause__, psycopg.errors.RaiseException)


def _passes(error: ConnectorException) -> bool:
    """Return whether what kept this worker from being given a job is over in a moment."""
    is_forgotten = isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation)
    return is_forgotten or isinstance(error, UniqueViolation)


def _is_broken(error: ConnectorException) -> bool:
    """Return whether a connection broke, or none could be had."""
    return isinstance(error.__cause__, psycopg.OperationalError)
