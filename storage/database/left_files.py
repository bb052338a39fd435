"""What the files beside a database explain of why it can't be opened."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage.database.readonly import is_unwritable

_COMPANIONS = ("-wal", "-shm")


def explanation(file: str, error: Exception) -> str:
    """Return what is to be added to why SQLite refused `file`, or nothing.

    A file that was copied without its -wal, or got one of another database beside it, has pages
    that don't belong together. One whose -wal belongs to somebody else can't be written, and
    sometimes not be read.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    there = [end for end in _COMPANIONS if Path(f"{file}{end}").exists()]
    if code == sqlite3.SQLITE_CORRUPT:
        if "-wal" in there:
            return " (the -wal beside it may be of another database)"
        return " (it may have been copied without its -wal)"
    if is_unwritable(cause):
        for end in there:
            if not os.access(f"{file}{end}", os.R_OK | os.W_OK):
                return f" (its {end} belongs to somebody else)"
    return ""
