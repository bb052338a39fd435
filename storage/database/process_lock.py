"""The right to do something for a database: one process at a time has it, as long as it lives."""

import fcntl
import os
from contextlib import ExitStack, suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from storage.database.advisory_lock import lock_holder, lock_key
from storage.database.archive import Archive, ArchiveError
from storage.database.engines import is_file, session_engine
from storage.database.errors import StorageError

SERVICE = "service"  # the right to watch the sources of an archive
ALERTS = "alerts"  # to send its alerts
QUEUE = "queue"  # to fill a queue
_TRY = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")


class ProcessLock:
    """The right of one process to do what `name` says for the database at `url`."""

    def __init__(self, url: URL, name: str) -> None:
        self._url = url
        self._name = name
        self._resources = ExitStack()
        self._session: Connection | None = None
        self._has_file = False

    def take(self) -> bool:
        """Return whether the right is ours: still, again, or now; raises StorageError.

        A session with a server that broke had lost it.
        """
        return self._take_file() if is_file(self._url) else self._take_session()

    def release(self) -> None:
        """Give the right back: a server may notice only later that a session was ended."""
        if self._session is not None:
            with suppress(StorageError, ArchiveError):
                self._session.execute(_UNLOCK, {"key": lock_key(self._name)})
                self._session.commit()
        self._close()

    def _close(self) -> None:
        self._session, self._has_file = None, False
        with suppress(StorageError, ArchiveError):
            self._resources.close()

    def _take_file(self) -> bool:
        if self._has_file or not self._url.database:
            return self._has_file
        path = _path(self._url, self._name)
        path.parent.mkdir(parents=True, exist_ok=True)  # as of an archive that is not made yet
        lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        self._resources.callback(os.close, lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._resources.close()
            return False
        self._has_file = True
        return True

    def _take_session(self) -> bool:
        if self._session is not None and self._lives(self._session):
            return True
        engine = session_engine(self._url, lambda: ArchiveError("the session is gone"))
        self._resources.callback(engine.dispose)
        try:
            session = self._resources.enter_context(engine.connect())
            is_ours = bool(session.execute(_TRY, {"key": lock_key(self._name)}).scalar())
            session.commit()  # the session has the lock, not the transaction
        except StorageError:
            self._close()
            raise
        if not is_ours:
            self._close()
            return False
        self._session = session
        return True

    def _lives(self, session: Connection) -> bool:
        try:
            session.execute(text("SELECT 1"))
            session.commit()
        except (StorageError, ArchiveError):
            self._close()
            return False
        return True


def is_locked(archive: Archive, name: str) -> bool:
    """Return whether a process has the right at this moment, or may have it.

    Where the lock file may not be opened, somebody may.
    """
    if not is_file(archive.url):
        with archive.reading() as connection:
            return lock_holder(connection, name) is not None
    if not archive.url.database:
        return False
    try:
        with _path(archive.url, name).open("rb") as lock:
            fcntl.flock(lock.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False  # nobody ever had it
    except OSError:
        return True
    return False


def _path(where: URL, name: str) -> Path:
    # no source is named so: its lock ends in .lock
    return Path(f"{where.database}.lock.{name}")
