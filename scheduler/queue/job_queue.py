"""The queue of crawls in Procrastinate, which is known here and in `retrying_job_manager`."""

import asyncio
import json
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from procrastinate.jobs import Status as JobStatus
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.schema import SchemaManager

from crawler.job import CrawlJob
from scheduler.crawl_order import CrawlOrder
from scheduler.queue.retrying_job_manager import RetryingJobManager, is_gone
from storage.database.errors import StorageError, reason
from storage.queue.queue_database import libpq_url
from storage.queue.tables import SCHEMA

log = logging.getLogger(__name__)

_TASK = "crawl"
_PATIENCE = 10.0  # seconds for a connection
_RETRIED = -10  # urgency of what failed: it holds up nothing else on its host

# What is raised where the queue can't be reached.
QueueFailure = (ConnectorException, psycopg.Error)

GiveUp = Callable[[int, str], Awaitable[None]]  # number, source
RunJob = Callable[[int, CrawlJob, timedelta], Awaitable[None]]  # number, crawl, deadline


@dataclass(frozen=True, slots=True)
class QueuePace:
    """How often workers and services do what must be done now and then. Times in seconds."""

    beat: float = 10.0  # between two signs of life
    lively: float = 30.0  # without a sign of life, after which a worker counts as lost
    poll: float = 1.0  # between two questions of the service how its jobs are
    fetch: float = 2.0  # between two attempts of an idle worker to get a job
    budget: float = 5.0  # for crawls to end by themselves when a worker is to end
    first_wait: float = 30.0  # before a crawl is tried again; it doubles each time
    attempts: int = 4  # at one job, before the service decides anew


USUAL_PACE = QueuePace()


class RetryError(Exception):
    """Raised by who runs a job, for the job to be tried again."""


_RETRIED_ERRORS = (RetryError, StorageError)


def library_schema() -> str:
    """Return the SQL that makes Procrastinate's own tables."""
    return SchemaManager.get_schema()


def queue_name(version: str, schema: str) -> str:
    """Return the name of the queue for workers of one version of fuhan and one schema.

    Others don't see its jobs. PostgreSQL sends notices by names of at most 63 bytes.
    """
    return f"crawls-{sha256(f'{version} {schema}'.encode()).hexdigest()[:16]}"


def failure(error: Exception) -> str:
    """Return in one line why the queue could not be used; Procrastinate names the cause alone."""
    return reason(error.__cause__ if isinstance(error.__cause__, Exception) else error)


class JobQueue:
    """The jobs in the database at `url`, to be put in or taken out. `name`: see `queue_name`."""

    def __init__(self, url: str, name: str, pace: QueuePace, connections: int = 2) -> None:
        self._url = url
        self._name = name
        self._pace = pace
        self._connections = connections
        self._app = self._make_app()

    @property
    def name(self) -> str:
        """Its name, by which workers of other versions don't see its jobs."""
        return self._name

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keep connections open within the block; raises one of QueueFailure."""
        self._app = self._make_app()  # its task is registered once
        async with self._app.open_async():
            yield

    def _make_app(self) -> App:
        connector = PsycopgConnector(
            conninfo=libpq_url(self._url),
            configure=_enter_schema,
            min_size=0,
            max_size=self._connections,
            timeout=_PATIENCE,
            reconnect_timeout=_PATIENCE,  # until pauses between attempts no longer double
        )
        app = App(connector=connector)
        app.job_manager = RetryingJobManager(connector)
        return app

    async def put(self, order: CrawlOrder, host: str) -> int | None:
        """Put a crawl into the queue and return the job's number; None where one waits already.

        Jobs of one host run one after the other, and so do those of one source.
        """
        deferrer = self._app.configure_task(
            _TASK,
            queue=self._name,
            lock=host,
            queueing_lock=order.job.source.name,
            priority=int(order.urgency),
        )
        try:
            return await deferrer.defer_async(
                job=_written(order.job), deadline=order.deadline.total_seconds()
            )
        except AlreadyEnqueued:
            return None

    async def work(self, run: RunJob, database: str, concurrency: int) -> None:
        """Take jobs and `run` them, so many at once, until cancelled.

        `database` is the archive's URL, which no job bears. Then jobs have the pace's budget to
        end by themselves; those that are ended go back into the queue.
        """

        async def crawl(context: JobContext, job: dict[str, Any], deadline: float) -> None:
            ordered = CrawlJob.from_line(json.dumps(job))
            wanted = replace(ordered, database=database, alone_on_host=True)
            try:
                await run(context.job.id or 0, wanted, timedelta(seconds=deadline))
            finally:
                _log_bug(sys.exception())

        task = self._app.task(name=_TASK, pass_context=True, retry=_Retries(self._pace))
        task(crawl)
        await self._app.run_worker_async(
            queues=[self._name],
            concurrency=concurrency,
            fetch_job_polling_interval=self._pace.fetch,
            shutdown_graceful_timeout=self._pace.budget,
            update_heartbeat_interval=self._pace.beat,
            stalled_worker_timeout=self._pace.lively,
            listen_notify=False,  # a connection more; where it breaks the library ends all jobs
            delete_jobs="always",
            install_signal_handlers=False,
        )

    async def rescue(self, give_up: GiveUp) -> None:
        """Put back the jobs whose worker was lost; one tried too often ends, and is given up.

        `give_up` is called with its number and source before that. Not to be called by two at
        once: the later one could put back what runs again by then.
        """
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=self._pace.lively):
            try:
                if job.attempts + 1 < self._pace.attempts:
                    await manager.retry_job(job)
                else:
                    await give_up(job.id or 0, job.queueing_lock or "")
                    await manager.finish_job(job, JobStatus.FAILED, delete_job=True)
            except ConnectorException as error:
                if not is_gone(error):  # its worker lives, and has just ended it
                    raise
        await manager.prune_stalled_workers(self._pace.lively)


@dataclass(frozen=True)
class _Retries(BaseRetryStrategy):
    """A job whose worker ends goes back; one that failed is tried again, later each time."""

    pace: QueuePace

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_at=datetime.now(UTC))
        if not isinstance(exception, _RETRIED_ERRORS) or job.attempts + 1 >= self.pace.attempts:
            return None
        wait = timedelta(seconds=self.pace.first_wait * 2**job.attempts)
        return RetryDecision(retry_at=datetime.now(UTC) + wait, priority=_RETRIED)


def _log_bug(error: BaseException | None) -> None:
    """Log what no job should raise; the library would log the whole job with it."""
    if error and not isinstance(error, (*_RETRIED_ERRORS, asyncio.CancelledError)):
        log.error("unexpected %s", type(error).__name__, exc_info=error)


def _written(job: CrawlJob) -> dict[str, Any]:
    """Return the job without the archive's URL: it has a password, and may be another there."""
    written: dict[str, Any] = json.loads(replace(job, database="").to_line())
    return written


async def _enter_schema(connection: "psycopg.AsyncConnection[Any]") -> None:
    await connection.execute(f"SET search_path TO {SCHEMA}")
    await connection.commit()
