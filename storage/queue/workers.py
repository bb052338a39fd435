"""The workers on record: each says now and then that it lives, and why it waits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.queue.tables import workers


def add_worker(connection: Connection, name: str, version: str) -> int:
    """Record that a worker began, and return its id."""
    row = {"name": name, "version": version, "started_at": func.now(), "seen_at": func.now()}
    added = connection.execute(insert(workers).values(row).returning(workers.c.id))
    return int(added.scalar_one())


def note_worker(connection: Connection, worker: int, waits: str | None) -> bool:
    """Record that `worker` lives, and why it waits; return False where it is not on record."""
    seen = update(workers).where(workers.c.id == worker)
    return bool(connection.execute(seen.values(seen_at=func.now(), waits=waits)).rowcount)


def remove_worker(connection: Connection, worker: int) -> None:
    """Record that `worker` ended."""
    connection.execute(delete(workers).where(workers.c.id == worker))


def remove_lost_workers(connection: Connection, lively: float) -> None:
    """Remove the workers not heard of for `lively` seconds."""
    connection.execute(delete(workers).where(workers.c.seen_at < _earliest(lively)))


def living_workers(connection: Connection, lively: float) -> Sequence[Row[Any]]:
    """Return the workers heard of within `lively` seconds, by name."""
    living = select(workers).where(workers.c.seen_at >= _earliest(lively))
    return connection.execute(living.order_by(workers.c.name, workers.c.id)).all()


def _earliest(lively: float) -> Any:
    return func.now() - timedelta(seconds=lively)  # by the server's clock, the same for all
