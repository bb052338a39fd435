"""A consistent copy of the archive, taken while crawls go on, then opened again and compared."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import URL

from storage.database.archive import Archive, ArchiveError
from storage.database.engines import reading_engine
from storage.database.errors import StorageError
from storage.database.preflight import schema_revision
from storage.facts import ledger
from storage.housekeeping.sqlite_files import fold, reach_disk, remove, why
from storage.schema.tables import metadata

_STEP = 64  # pages that are copied at once; between two steps a signal is heeded


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """What a copy must have in common with its archive."""

    schema: str | None
    heads: Mapping[str, str]  # newest hash of the ledger, by source
    counts: Mapping[str, int]  # rows by table


def backup(
    archive: Archive, target: Path, on_step: Callable[[int, int, int], None] | None = None
) -> None:
    """Copy the archive to the file `target`, as it is at one moment, and check the copy.

    `on_step` is called after some pages each, as sqlite3.Connection.backup says.

    It is written beside under another name, and has its own once it was opened again and holds
    what the archive holds. Raises ArchiveError where it can't be written or is not right, where
    the file exists already, or the database is a server's, which has tools of its own.
    """
    if archive.url.get_backend_name() != "sqlite":
        raise ArchiveError("backup copies an SQLite archive; for PostgreSQL use pg_dump")
    if target.exists():
        raise ArchiveError(f"backup {target}: the file stands already")
    part = part_of(target)
    try:
        remove(part)
        expected = _copy(archive, part, on_step)
        fold(part)
        for problem in _problems(part, expected):
            raise ArchiveError(f"backup {target}: the copy is not right: {problem}")
        reach_disk(part)
        part.replace(target)
        reach_disk(target.absolute().parent)
    except (OSError, sqlite3.Error, StorageError) as error:
        raise ArchiveError(f"backup {target}: {why(error)}") from error
    finally:
        if part.parent.is_dir():
            remove(part)


def part_of(target: Path) -> Path:
    """Return where a copy is written until it is whole."""
    return target.with_name(f"{target.name}.part")


def _copy(
    archive: Archive, part: Path, on_step: Callable[[int, int, int], None] | None
) -> ArchiveContents:
    """Copy the archive to `part`, and return what it holds at that moment."""
    with archive.reading() as connection, closing(sqlite3.connect(part)) as copy:
        contents = _contents(connection)  # the first read: what follows sees the same moment
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.backup(copy, pages=_STEP, sleep=0, progress=on_step)
    return contents


def _contents(connection: Connection) -> ArchiveContents:
    tables = metadata.sorted_tables
    counted = (select(func.count()).select_from(table) for table in tables)
    return ArchiveContents(
        schema_revision(connection),
        ledger.heads(connection),
        {
            table.name: connection.execute(query).scalar_one()
            for table, query in zip(tables, counted, strict=True)
        },
    )


def _problems(part: Path, expected: ArchiveContents) -> Iterator[str]:
    """Yield how a copy differs from what it is to be: damaged, or not the same."""
    engine, _ = reading_engine(URL.create("sqlite", database=str(part)))
    with closing(Archive(engine)) as copy, copy.reading() as connection:
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if tuple(row) != ("ok",):
                yield str(row[0]).splitlines()[0]
        found = _contents(connection)
    if found != expected:
        yield "it holds something else than the archive"
