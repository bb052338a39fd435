"""The wiring of the queue: the service's side, and a worker's. Needs the extra fuhan[queue]."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from importlib.metadata import version

from fuhan.config.sections import Config
from fuhan.queue_access import queue_url
from letters.counted import counted
from scheduler.crawl_starter import CrawlStarter
from scheduler.queue.crawl_worker import CrawlWorker, WorkerSettings
from scheduler.queue.job_queue import USUAL_PACE, JobQueue, QueuePace, library_schema, queue_name
from scheduler.queue.queued_crawls import QueuedCrawls
from storage.database.errors import StorageError, reason
from storage.database.process_lock import QUEUE, ProcessLock
from storage.migrations.run import HEAD
from storage.queue.archive_state import ArchiveState, archive_state
from storage.queue.queue_database import (
    QueueDatabase,
    QueueError,
    QueueOwner,
    digest,
    shown,
)

log = logging.getLogger(__name__)

_OWN_SESSIONS = 2  # of a worker, beside one for each crawl that it reports


@contextmanager
def claimed_queue(
    config: Config, pace: QueuePace = USUAL_PACE
) -> Iterator[Callable[[], QueuedCrawls]]:
    """Claim the queue, and yield what makes it ready and has workers run its crawls.

    That is to be called once the archive is made.
    Raises QueueError where the queue can't be used, or another service fills it.
    """
    url = queue_url(config)
    with closing(QueueDatabase(url)) as database:
        lock = ProcessLock(database.url, QUEUE)
        try:
            with _refusals(url):
                database.refuse_newer()
                if not lock.take():
                    raise QueueError("another fuhan serve fills it")
            yield partial(_queued_crawls, config, database, lock, pace)
        finally:
            lock.release()


def _queued_crawls(
    config: Config, database: QueueDatabase, lock: ProcessLock, pace: QueuePace
) -> QueuedCrawls:
    url = queue_url(config)
    with _refusals(url):
        database.prepare(_owner(archive_state(config.database)), library_schema())
    return QueuedCrawls(
        database, lock, JobQueue(url, queue_name(version("fuhan"), HEAD), pace), pace
    )


def check_queue(config: Config) -> None:
    """Raise QueueError where a service could not use the queue."""
    url = queue_url(config)
    with closing(QueueDatabase(url)) as database, _refusals(url):
        database.refuse_newer()


def run_worker(
    config: Config,
    starter: CrawlStarter,
    name: str,
    concurrency: int,
    pace: QueuePace = USUAL_PACE,
) -> None:
    """Run queued crawls until SIGTERM or SIGINT.

    Raises QueueError where the queue can't be read at the beginning.
    """
    url = queue_url(config)
    settings = WorkerSettings(name, version("fuhan"), config.database, concurrency, pace)
    jobs = JobQueue(
        url, queue_name(version("fuhan"), HEAD), pace, connections=concurrency + _OWN_SESSIONS
    )
    with closing(QueueDatabase(url)) as database:
        with _refusals(url):
            database.owner()
        find = _ObstacleSearch(database, config.database)
        asyncio.run(_work(settings, lambda: CrawlWorker(settings, database, jobs, starter, find)))
    log.info("ended")


async def _work(settings: WorkerSettings, make_worker: Callable[[], CrawlWorker]) -> None:
    worker = make_worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, worker.stop)
    log.info("worker %s runs %s at once", settings.name, counted(settings.concurrency, "crawl"))
    await worker.work()


class _ObstacleSearch:
    """Finds out why a worker may not run crawls."""

    def __init__(self, queue: QueueDatabase, archive_url: str) -> None:
        self._queue = queue
        self._archive_url = archive_url

    def __call__(self) -> str | None:
        """Return why this worker may not run crawls, or None; raises StorageError."""
        owner = self._queue.owner()
        if owner is None:
            return "no fuhan serve has made the queue yet"
        return obstacle(owner, archive_state(self._archive_url))


def obstacle(owner: QueueOwner, archive: ArchiveState) -> str | None:
    """Return why a worker of this fuhan may not run the crawls of `owner`, or None."""
    own = _owner(archive)
    reasons = {
        f"the service is fuhan {owner.version}, this worker is fuhan {own.version}": (
            owner.version != own.version
        ),
        "the queue is of another release of fuhan than this worker": owner.format != own.format,
        "the service has another version of Procrastinate than this worker": (
            owner.library != own.library
        ),
        "the service's archive is another database than this worker's": (
            owner.archive != own.archive
        ),
        f"the service's archive has schema {owner.schema}, this worker knows {HEAD}": (
            owner.schema != HEAD
        ),
        f"the archive has schema {archive.schema}, this worker knows {HEAD}": (
            archive.schema != HEAD
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _owner(archive: ArchiveState) -> QueueOwner:
    """Return this fuhan as one that fills a queue, or would."""
    return QueueOwner(version("fuhan"), HEAD, archive.identity, digest(library_schema()))


@contextmanager
def _refusals(url: str) -> Iterator[None]:
    """Raise whatever keeps the queue at `url` from being used as QueueError, in one line."""
    try:
        yield
    except StorageError as error:
        raise QueueError(f"{shown(url)}: can't be used: {reason(error)}") from error
    except QueueError as error:
        raise QueueError(f"{shown(url)}: {error}") from error
