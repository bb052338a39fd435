"""Archives that tests begin with: new ones, and copies of those that are made once.

Each is named by a file. With `--store postgresql` it is a database on a server instead, which is
dropped when the folder of that file is no longer needed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar
from uuid import uuid4

from sqlalchemy import Connection

from storage.database.archive import Archive, open_archive
from tests.postgres_server import create_database, drop_database


class Store:
    """Where archives are kept that no test asks for by its URL."""

    server: str | None = None  # the URL of a PostgreSQL server; None: in SQLite files
    made: ClassVar[dict[Path, str]] = {}  # their URLs, by the files that name them
    names: ClassVar[dict[Path, str]] = {}  # of their databases


def on_postgresql() -> bool:
    """Return whether archives are kept in PostgreSQL."""
    return Store.server is not None


def archive_url(file: Path) -> str:
    """Return the URL of the archive at `file`, which need not be made yet."""
    if Store.server is None:
        return f"sqlite:///{file}"
    if file not in Store.made:
        _create(Store.server, file)
    return Store.made[file]


def copy_archive(source: Path, target: Path) -> None:
    """Copy the archive at `source`, which nobody has open, to `target`."""
    target.parent.mkdir(exist_ok=True)
    if Store.server is None:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        return
    drop_archive(target)
    _create(Store.server, target, archive_url(source))


def new_archive(file: Path) -> Archive:
    """Open a new archive at `file`, without going through all migrations once more."""
    file.parent.mkdir(exist_ok=True)
    if Store.server is None:
        file.write_bytes(_empty_archive())
    else:
        drop_archive(file)
        _create(Store.server, file, _empty_database(Store.server))
    return open_archive(archive_url(file), create=False)


@contextmanager
def altering(file: Path) -> Iterator[Connection]:
    """Yield a connection that alters the archive at `file` behind fuhan's back."""
    with (
        closing(open_archive(archive_url(file), create=False)) as archive,
        archive.writing() as connection,
    ):
        yield connection


def drop_archive(file: Path) -> None:
    """Drop the database that stands for `file`, where there is one."""
    if Store.server and file in Store.made:
        drop_database(Store.server, Store.made.pop(file))


def drop_archives(folder: Path) -> None:
    """Drop the databases of all files in `folder`."""
    for file in [each for each in Store.made if each.is_relative_to(folder)]:
        drop_archive(file)


def _create(server: str, file: Path, template: str | None = None) -> None:
    """Create the database of `file`, whose name stays the same if it is made anew."""
    name = Store.names.setdefault(file, f"fuhan_test_{uuid4().hex}")
    Store.made[file] = create_database(server, template, name)


@cache
def _empty_archive() -> bytes:
    """Return the SQLite file of an archive in which nothing is recorded yet."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "fuhan.db")
        open_archive(f"sqlite:///{file}", create=True).close()
        return file.read_bytes()


@cache
def _empty_database(server: str) -> str:
    """Return the URL of a database in which nothing is recorded yet."""
    Store.made[Path("/empty")] = url = create_database(server)
    open_archive(url, create=True).close()
    return url
