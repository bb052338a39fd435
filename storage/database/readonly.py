"""Opens an SQLite file for reading, also where nothing can be written.

In WAL mode SQLite keeps two files beside the database, -wal (what was committed last) and -shm
(who reads what), and makes those that are missing: on read-only media, in another person's folder
or on a full disk it can't. Then the file is opened without locks, and with its -wal where that
holds anything: https://www.sqlite.org/wal.html#readonly, https://www.sqlite.org/uri.html
"""

import sqlite3
from pathlib import Path

_LOCKED = "mode=rw"  # which SQLite turns to reading alone where the file can't be written
_FINISHED = "mode=ro&immutable=1"  # all that was committed is in the file itself
_WITH_WAL = "mode=ro&vfs=unix-none"  # the -wal is read too, with an index of it in memory

# What SQLite says where it could not make or write what it needs.
_UNWRITABLE = {
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
}


# The same of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
_REFUSED = {
    "25006",
    "42501",
}  # a transaction or a server that is read-only, a role without the right


def is_unwritable(error: BaseException | None) -> bool:
    """Return whether a database raised `error` because something could not be made or written."""
    code = getattr(error, "sqlite_errorcode", 0)  # the extended code: the kind and more
    return code & 0xFF in _UNWRITABLE or getattr(error, "sqlstate", None) in _REFUSED


class Reader:
    """Connects to one SQLite file for reading."""

    def __init__(self, file: Path, patience: float) -> None:
        self._file = file.resolve()  # beside which SQLite keeps its other files
        self._patience = patience  # seconds to wait for a file that is locked
        self._unlocked: dict[Path, object] = {}  # as they were when first opened without locks

    def connect(self) -> sqlite3.Connection:
        """Return a connection that sees all that was committed; raise sqlite3.Error."""
        try:
            return self._opened(_LOCKED)
        except sqlite3.OperationalError as error:
            if not is_unwritable(error):
                raise
        journal, wal = (Path(f"{self._file}-{each}") for each in ("journal", "wal"))
        if _size(journal):
            raise sqlite3.OperationalError("a transaction in it was cut off: it must be writable")
        files = (self._file, wal) if _size(wal) else (self._file,)
        for file in files:
            self._unlocked.setdefault(file, _state(file))
        return self._opened(_WITH_WAL if wal in files else _FINISHED)

    def was_disturbed(self) -> bool:
        """Return whether somebody wrote what was being read without locks."""
        return any(state != _state(file) for file, state in self._unlocked.items())

    def _opened(self, options: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._file.as_uri()}?{options}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,  # the driver's own BEGIN comes too late
            check_same_thread=False,  # a pool hands it from thread to thread
        )
        try:
            if options == _WITH_WAL:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE").close()
            connection.execute("PRAGMA query_only=ON").close()
            connection.execute("SELECT 1 FROM sqlite_master").close()  # opens the files
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _state(file: Path) -> object:
    status = file.stat() if file.exists() else None
    return status and (status.st_ino, status.st_size, status.st_mtime_ns)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
