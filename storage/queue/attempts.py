"""How the newest attempt at each job went, as its worker reports to the service."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.queue.tables import attempts, jobs

_OPEN = ("todo", "doing")
_WITHDRAWAL = select(func.procrastinate_cancel_job_v1(jobs.c.id, False, True)).where(
    jobs.c.status == "todo"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The newest attempt at a job: neither crawl nor error where it was cut off."""

    crawl: Mapping[str, Any] | None = None  # as the contract has it
    error: str | None = None  # why there is no crawl


def begin_attempt(connection: Connection, job: int, worker: int) -> None:
    """Record that `worker` begins the crawl of `job`."""
    _write(connection, job, {"worker": worker, "crawl": None, "error": None})


def end_attempt(connection: Connection, job: int, worker: int, attempt: Attempt) -> None:
    """Record how the crawl of `job` ended."""
    row = {"worker": worker, "crawl": attempt.crawl, "error": attempt.error}
    _write(connection, job, row)


def take_ended(connection: Connection, wanted: Collection[int]) -> Mapping[int, Attempt]:
    """Return the newest attempt at each job of `wanted` that is no longer open, and forget it.

    A job that was withdrawn had none: its attempt is empty.
    """
    is_open = select(jobs.c.id).where(jobs.c.status.in_(_OPEN))
    ended = set(wanted) - set(connection.execute(is_open).scalars())
    if not ended:
        return {}
    rows = connection.execute(
        delete(attempts).where(attempts.c.job.in_(ended)).returning(attempts)
    )
    known = {row.job: Attempt(row.crawl, row.error) for row in rows}
    return {job: known.get(job, Attempt()) for job in ended}


def open_job(connection: Connection, source: str) -> int | None:
    """Return the job of `source` that waits or runs, or None."""
    of_source = select(jobs.c.id).where(jobs.c.queueing_lock == source, jobs.c.status.in_(_OPEN))
    return connection.execute(of_source.order_by(jobs.c.id).limit(1)).scalar()


def withdraw_jobs(connection: Connection, source: str | None = None) -> None:
    """Remove the job of `source` where it has not begun; None: those of all sources."""
    connection.execute(
        _WITHDRAWAL if source is None else _WITHDRAWAL.where(jobs.c.queueing_lock == source)
    )


def withdraw_others(connection: Connection, queue: str) -> None:
    """Remove the jobs that wait in other queues than `queue`.

    Workers of an older fuhan give them back; nobody takes them, and their hosts' jobs would wait.
    """
    connection.execute(_WITHDRAWAL.where(jobs.c.queue_name != queue))


def forget_attempts(connection: Connection) -> None:
    """Remove the attempts at jobs that nobody waits for any more."""
    is_open = select(jobs.c.id).where(jobs.c.status.in_(_OPEN))
    connection.execute(delete(attempts).where(attempts.c.job.not_in(is_open)))


def _write(connection: Connection, job: int, row: dict[str, Any]) -> None:
    new = insert(attempts).values(job=job, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["job"], set_=row))
