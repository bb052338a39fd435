"""Copies archives that many tests begin with, so that each is made once."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database.archive import Archive, open_archive


def copy_archive(source: Path, target: Path) -> None:
    """Copy the SQLite file at `source`, what its journal holds included, to `target`."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def new_archive(file: Path) -> Archive:
    """Open a new archive at `file`, without going through all migrations once more."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(_empty_archive())
    return open_archive(f"sqlite:///{file}", create=False)


@cache
def _empty_archive() -> bytes:
    """Return the SQLite file of an archive in which nothing is recorded yet."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "fuhan.db")
        open_archive(f"sqlite:///{file}", create=True).close()
        return file.read_bytes()
