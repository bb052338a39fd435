"""Procrastinate's statements for a worker, so that a connection that breaks ends no crawl."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

_WAITS = (0.0, 0.2, 1.0, 5.0, 10.0, 20.0)  # seconds before attempts to write what became of a job
_SERVER_TIME = "SELECT now() AS at"


class RetryingJobManager(JobManager):
    """Waits, or gives way, where the library's worker would end all crawls that it runs.

    Two workers that ask at the same moment can be given jobs of one lock; PostgreSQL refuses the
    second: https://github.com/procrastinate-org/procrastinate/issues/1242
    """

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Return a job to run; None where that can't be said just now.

        Such as where another worker has just begun one of its host.
        """
        try:
            return await super().fetch_job(queues, worker_id)
        except ConnectorException as error:
            if not _is_broken(error) and not isinstance(error, UniqueViolation):
                raise
            return None

    async def update_heartbeat(self, worker_id: int) -> None:
        """Say that a worker lives; one beat may be missing."""
        try:
            await super().update_heartbeat(worker_id)
        except ConnectorException as error:
            if not _is_broken(error):
                raise

    async def finish_job(self, *arguments: Any, **named: Any) -> None:
        """End a job, again where the connection breaks: its crawl would be run once more."""
        finish = super().finish_job
        await _until_written(lambda: finish(*arguments, **named))

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
            await _until_written(put_back)
        except UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)

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
            if attempt > 1 and isinstance(error.__cause__, psycopg.errors.RaiseException):
                return None
            if not _is_broken(error) or attempt == len(_WAITS):
                raise
    return None


def _is_broken(error: ConnectorException) -> bool:
    """Return whether a connection broke, or none could be had."""
    return isinstance(error.__cause__, psycopg.OperationalError)
