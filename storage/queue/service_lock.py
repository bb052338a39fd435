"""The right to fill the queue: one service at a time has it, as long as its connection lives."""

from contextlib import suppress

from sqlalchemy import Connection, text

from storage.database.errors import StorageError
from storage.queue.queue_database import QueueDatabase

_KEY = 0x66756861_6E717565  # among the database's advisory locks; "fuhanque" in ASCII
_TRY = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")


class ServiceLock:
    """The right of one service to fill the queue."""

    def __init__(self, queue: QueueDatabase) -> None:
        self._queue = queue
        self._session: Connection | None = None

    def take(self) -> bool:
        """Return whether the right is ours: still, again, or now; raises StorageError.

        A connection that broke had lost it.
        """
        if self._session is not None and self._lives(self._session):
            return True
        self._session = self._queue.session()
        try:
            is_ours = bool(self._session.execute(_TRY, {"key": _KEY}).scalar())
        except StorageError:
            self._close()
            raise
        if not is_ours:
            self._close()
        return is_ours

    def release(self) -> None:
        """Give the right back: a server may notice only later that a connection was closed."""
        if self._session is not None:
            with suppress(StorageError):
                self._session.execute(_UNLOCK, {"key": _KEY})
        self._close()

    def _close(self) -> None:
        if self._session is not None:
            with suppress(StorageError):
                self._session.close()
        self._session = None

    def _lives(self, session: Connection) -> bool:
        try:
            session.execute(text("SELECT 1"))
        except StorageError:
            self._close()
            return False
        return True
