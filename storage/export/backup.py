"""A consistent copy of the archive, taken while crawls go on."""

import sqlite3
from pathlib import Path

from storage.database.archive import Archive, ArchiveError


def backup(archive: Archive, target: Path) -> None:
    """Copy the archive to the file `target`, as it is at one moment.

    Raises ArchiveError where the file cannot be written, exists already, or the
    database is a server's, which has tools of its own.
    """
    if archive.url.get_backend_name() != "sqlite":
        raise ArchiveError("backup copies an SQLite archive; for PostgreSQL use pg_dump")
    if target.exists():
        raise ArchiveError(f"backup {target}: the file stands already")
    try:
        with archive.reading() as connection, sqlite3.connect(target) as copy:
            driver = connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.backup(copy)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"backup {target}: {error}") from error
