"""The archive: one database, read in one state or written in one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from storage import failpoint, found
from storage.errors import reason
from storage.found import SYNCHRONOUS
from storage.migrations.run import HEAD, NewerSchemaError, upgrade
from storage.tables import metadata

# How long a writer waits for another to end. Somebody's shell or copy may hold the database for
# half a minute, and a crawl has nothing better to do; readers wait for nobody (WAL).
BUSY_SECONDS = 60

# Of a SQLite URL: `normal`, or `full` where a power cut must not cost the last transactions.
LEVELS = {"normal", "full", "extra"}


class ArchiveError(Exception):
    """Raised when the database cannot be opened or is not of this version."""


class DamagedError(ArchiveError):
    """Raised when the database's file is damaged, or no database at all."""


class Archive:
    """A database with the tables of fuhan; SQLite or PostgreSQL by its URL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(fuhan_writes=True)

    @property
    def url(self) -> URL:
        """Where the database is."""
        return self._engine.url

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the archive and writes nothing."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the connection of one transaction: all of it is kept, or none.

        Raises SQLAlchemyError when another writer holds the database for too long.
        """
        with self._writer.begin() as connection:
            yield connection
            failpoint.reach("before-commit")
        failpoint.reach("after-commit")

    @contextmanager
    def rehearsing(self) -> Iterator[Connection]:
        """Yield the connection of a transaction that is forgotten in the end."""
        with self._writer.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_archive(url: str, *, create: bool) -> Archive:
    """Open the archive at `url`, brought to today's schema.

    Where it does not exist yet it is made with `create`; without, an empty one in
    memory stands for it, so that reading commands find nothing and leave nothing.
    Raises ArchiveError, in one line, when it cannot be opened or is somebody else's.
    """
    where = make_url(url)
    shown = f"database {where.render_as_string()}"  # without its password
    if (level := where.query.get(SYNCHRONOUS, "normal")) not in LEVELS:
        raise ArchiveError(f"{shown}: synchronous: expected normal or full, found {level!r}")
    try:
        standing = found.tables(where)
        if found.is_foreign(where, standing):
            raise ArchiveError(f"{shown}: is not fuhan's: it holds {', '.join(sorted(standing))}")
        if not create and "letters" not in standing:
            return Archive(_empty())
        return Archive(_opened(where))
    except NewerSchemaError as error:
        raise ArchiveError(f"{shown}: made by a newer fuhan (schema {error})") from error
    except (SQLAlchemyError, OSError) as error:
        kind = DamagedError if _is_damage(error) else ArchiveError
        raise kind(f"{shown}: cannot be opened: {reason(error)}") from error


def _opened(where: URL) -> Engine:
    """Return the database, made where it does not exist yet, with today's schema."""
    if found.is_file(where) and where.database:
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(where)
    try:
        if _revision(engine) != HEAD:
            upgrade(engine)
    except (SQLAlchemyError, NewerSchemaError):
        engine.dispose()
        raise
    return engine


def _is_damage(error: Exception) -> bool:
    """Tell a file that is no sound database from one that can't be had."""
    return isinstance(error, DatabaseError) and type(error.orig) is sqlite3.DatabaseError


def _empty() -> Engine:
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    metadata.create_all(engine)
    return engine


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        told: str | None = connection.exec_driver_sql(
            "SELECT version_num FROM alembic_version"
        ).scalar()
        return told


def _engine(where: URL) -> Engine:
    if not found.is_file(where):
        return create_engine(where, pool_pre_ping=True)
    engine = create_engine(
        where.difference_update_query([SYNCHRONOUS]), connect_args={"timeout": BUSY_SECONDS}
    )
    level = str(where.query.get(SYNCHRONOUS, "normal")).upper()
    event.listen(engine, "connect", partial(_prepare, level))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(level: str, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", f"synchronous={level}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that turns to writing later fails with "database is locked" at once,
    # without waiting: https://www.sqlite.org/lang_transaction.html
    writes = connection.get_execution_options().get("fuhan_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
