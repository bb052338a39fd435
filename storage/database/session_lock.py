"""Lock a source in PostgreSQL, by the session that then writes.

A session that ends loses its lock and can write no more, so that no crawl goes on beside another
one that was begun since: https://www.postgresql.org/docs/current/explicit-locking.html
"""

import os
import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import Any

from sqlalchemy import Connection, event, text

from storage.database.advisory_lock import lock_holder, lock_key
from storage.database.archive import Archive, ArchiveError
from storage.database.engines import session_engine
from storage.database.errors import StorageError
from storage.facts.ledger import lock_ledger

_TRY = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")
_NAME = text("SELECT set_config('application_name', :name, false)")
_OURS = "fuhan: "  # how the name of a session begins that has locked a source


class LockLostError(ArchiveError):
    """Raised when the session is gone that had locked a source: another one may have it now."""


class SessionLock:
    """The lock of one source, with a session of its own to hold it."""

    def __init__(self, archive: Archive, source: str) -> None:
        lost = f"{source}: the connection to the database broke, and the source's lock with it"
        self._archive = archive
        self._key = lock_key(_lock_name(source))
        self._engine = session_engine(archive.url, lambda: LockLostError(lost))
        event.listen(self._engine, "begin", partial(_lock_ledger, source))

    def take(self) -> bool:
        """Return whether the lock was free and is ours now."""
        with self._engine.begin() as connection:
            connection.execute(_NAME, {"name": f"{_OURS}{_here()}"})
            return bool(connection.execute(_TRY, {"key": self._key}).scalar())

    def archive(self) -> Archive:
        """Return the archive, to be written by the session that has the lock.

        Its transactions are the only ones to write of the source, from their beginning.
        """
        return self._archive.writing_by(self._engine)

    @contextmanager
    def watched(self, on_lost: Callable[[], None]) -> Iterator[None]:
        """Call `on_lost`, in a thread, if the session ends within the block."""
        with self._engine.connect() as connection:
            session: Any = connection.connection.driver_connection  # psycopg's own
            descriptor = int(session.fileno())
        reading, writing = os.pipe()
        watching = Thread(target=_watch, args=(descriptor, reading, on_lost), daemon=True)
        watching.start()
        try:
            yield
        finally:
            os.close(writing)
            watching.join()
            os.close(reading)

    def release(self) -> None:
        """Give the lock back, where the session still is, and end the session."""
        with suppress(StorageError, LockLostError), self._engine.begin() as connection:
            connection.execute(_UNLOCK, {"key": self._key})
        self._engine.dispose()


def holder(connection: Connection, source: str) -> str | None:
    """Return which process has locked `source`; None where nobody has."""
    name = lock_holder(connection, _lock_name(source))
    return None if name is None else name.removeprefix(_OURS)


def _lock_name(source: str) -> str:
    return f"crawl of {source}"


def _lock_ledger(source: str, connection: Connection) -> None:
    if connection.get_execution_options().get("fuhan_writes"):
        lock_ledger(connection, source)


def _here() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def _watch(session: int, stop: int, on_lost: Callable[[], None]) -> None:
    """Wait until the server closes its end of `session`, or `stop` is closed."""
    poll = select.poll()
    poll.register(session, getattr(select, "POLLRDHUP", 0))  # 0: POLLHUP alone, as on macOS
    poll.register(stop, select.POLLIN)
    if any(descriptor == session for descriptor, _ in poll.poll()):
        on_lost()
