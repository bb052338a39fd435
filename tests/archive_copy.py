"""Copies an archive that many tests begin with, so that it is made once."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_archive(source: Path, target: Path) -> None:
    """Copy the SQLite file at `source`, what its journal holds included, to `target`."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
