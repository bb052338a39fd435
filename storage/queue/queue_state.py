"""What people are shown of the queue: what waits, who works, and on what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.queue.tables import attempts, events, jobs
from storage.queue.workers import living_workers


@dataclass(frozen=True, slots=True)
class WorkerState:
    """One worker, as it said of itself lately."""

    name: str
    version: str
    started_at: datetime
    waits: str | None  # why it runs no crawls; None: it runs what there is
    crawls: tuple[str, ...]  # the sources that it is crawling


@dataclass(frozen=True, slots=True)
class QueueState:
    """The state of the queue at one moment."""

    waiting: int  # crawls that have not begun, or whose worker was lost
    oldest: datetime | None  # when the one was ordered that has waited longest; None: none waits
    workers: tuple[WorkerState, ...]  # by name

    @property
    def running(self) -> int:
        """How many crawls are running."""
        return sum(len(worker.crawls) for worker in self.workers)


def read_state(connection: Connection, lively: float) -> QueueState:
    """Return the state of the queue; a worker not heard of for `lively` seconds is left out."""
    living = living_workers(connection, lively)
    taken = select(attempts.c.job).where(attempts.c.worker.in_([each.id for each in living]))
    is_lost = (jobs.c.status == "doing") & jobs.c.id.not_in(taken)
    waits = (jobs.c.status == "todo") | is_lost
    first = select(func.min(jobs.c.id)).where(waits).scalar_subquery()
    ordered = select(func.min(events.c.at)).where(events.c.job_id == first)
    crawls = _crawls_by_worker(connection)
    return QueueState(
        waiting=connection.execute(
            select(func.count()).select_from(jobs).where(waits)
        ).scalar_one(),
        oldest=connection.execute(ordered).scalar(),
        workers=tuple(
            WorkerState(
                each.name,
                each.version,
                each.started_at,
                each.waits,
                tuple(sorted(crawls[each.id])),
            )
            for each in living
        ),
    )


def _crawls_by_worker(connection: Connection) -> defaultdict[int, list[str]]:
    """Return the sources that each worker is crawling, by the worker's id."""
    running: Any = select(attempts.c.worker, jobs.c.queueing_lock).join_from(
        attempts, jobs, attempts.c.job == jobs.c.id
    )
    crawls = defaultdict[int, list[str]](list)
    for worker, source in connection.execute(running.where(jobs.c.status == "doing")):
        crawls[worker].append(source)
    return crawls
