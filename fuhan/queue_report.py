"""What `status` says of the queue: its length, its age, its workers."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from fuhan.commands.options import shown_time
from fuhan.config.sections import Config
from fuhan.queue_access import queue_url
from letters.counted import counted
from storage.database.errors import StorageError, reason
from storage.queue.queue_database import QueueDatabase, shown
from storage.queue.queue_state import QueueState, WorkerState, read_state

LIVELY = 30.0  # seconds without a sign of life, after which a worker counts as lost


def queue_lines(config: Config) -> tuple[list[str], bool]:
    """Return lines for people on the queue, none where there is none, and whether all is well."""
    if config.queue is None:
        return [], True
    database = QueueDatabase(queue_url(config))
    try:
        if database.owner() is None:
            return ["queue: not made yet: fuhan serve makes it"], False
        with database.transaction() as connection:
            state = read_state(connection, LIVELY)
    except StorageError as error:
        return [f"{shown(config.queue)}: can't be read: {reason(error)}"], False
    finally:
        database.close()
    is_well = any(worker.waits is None for worker in state.workers)
    return list(state_lines(state, ZoneInfo(config.timezone))), is_well


def state_lines(state: QueueState, zone: ZoneInfo) -> Iterator[str]:
    """Yield what is said of a queue that could be read, in English."""
    since = f", the first since {shown_time(state.oldest, zone)}" if state.oldest else ""
    waits = counted(state.waiting, "crawl waits", "crawls wait")
    runs = counted(state.running, "is", "are")
    yield f"queue: {waits}{since}; {runs} running"
    if not state.workers:
        yield "no worker runs: start fuhan worker"
    for worker in state.workers:
        yield f"worker {worker.name}: {_doing(worker)} ({_origin(worker, zone)})"


def _doing(worker: WorkerState) -> str:
    if worker.waits:
        return f"waits: {worker.waits}"
    return f"crawls {', '.join(worker.crawls)}" if worker.crawls else "is idle"


def _origin(worker: WorkerState, zone: ZoneInfo) -> str:
    started: datetime = worker.started_at
    return f"fuhan {worker.version}, since {shown_time(started, zone)}"
