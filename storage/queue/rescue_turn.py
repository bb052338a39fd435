"""Let one worker at a time put back the jobs of workers that were lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from storage.queue.queue_database import QueueDatabase

_KEY = 0x66756861_6E726573  # among the database's advisory locks; "fuhanres" in ASCII
_TRY = text("SELECT pg_try_advisory_xact_lock(:key)")


@contextmanager
def rescue_turn(queue: QueueDatabase) -> Iterator[bool]:
    """Yield whether it is this worker's turn, which lasts as long as the block."""
    with queue.transaction() as connection:
        yield bool(connection.execute(_TRY, {"key": _KEY}).scalar())
