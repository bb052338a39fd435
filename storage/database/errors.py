"""What is raised when a database can't be read or written, and its reason in one line.

Packages that do not import SQLAlchemy know it by these names.
"""

import sqlite3

from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError

StorageError = SQLAlchemyError


def reason(error: Exception) -> str:
    """Return in one line why the database refused, without the SQL."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    lines = str(cause).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def is_damage(error: Exception) -> bool:
    """Return whether the file is no sound database, not just one that can't be opened."""
    return isinstance(error, DatabaseError) and type(error.orig) is sqlite3.DatabaseError
