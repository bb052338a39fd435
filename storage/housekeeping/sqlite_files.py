"""SQLite files as files: opened without a trace, folded into one, brought safely to the disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from storage.database.errors import reason
from storage.database.readonly import Reader

COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
_BEGINNING = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html


@contextmanager
def opened_for_reading(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a file that nobody writes; where it has no -wal nothing is made."""
    wal = Path(f"{file}-wal")
    if wal.exists() and wal.stat().st_size:
        connection = Reader(file, 0).connect()
    else:
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
    with closing(connection):
        yield connection


def is_database(file: Path) -> bool:
    """Return whether a file begins as a database does, or is empty, as one not made yet."""
    with file.open("rb") as opened:
        return opened.read(len(_BEGINNING)) in {_BEGINNING, b""}


def fold(file: Path) -> None:
    """Make one file of a database and its -wal; raise sqlite3.Error where somebody has it open."""
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").close()


def remove(file: Path) -> None:
    """Remove a database that nobody has open, with what is beside it."""
    for each in (file, *(Path(f"{file}{end}") for end in COMPANIONS)):
        each.unlink(missing_ok=True)


def reach_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk, where its system lets that be asked."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def why(error: Exception) -> str:
    """Return in one line why a file or a database refused."""
    strerror: str | None = getattr(error, "strerror", None)
    return strerror or reason(error)
