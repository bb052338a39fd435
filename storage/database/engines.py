"""Make SQLAlchemy's engines: for writing, for reading, and one of an empty archive."""

import sqlite3
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import StaticPool

from storage.database.prepared import run_sql
from storage.database.readonly import Reader
from storage.schema.parsed_json import read_json
from storage.schema.tables import metadata

# A key of ours in a SQLite URL, which the driver does not know: `normal`, or `full` where a power
# cut must not cost the last transactions.
SYNCHRONOUS = "synchronous"
LEVELS = {"normal", "full", "extra"}

# How long to wait for whoever writes. Somebody's shell or copy may hold the database for half
# a minute, and a crawl has nothing better to do; readers wait for nobody (WAL).
BUSY_SECONDS = 60
_RETRY = 0.01  # seconds between two tries to turn a new file to write-ahead logging


# A server that does not answer is given up, and a connection to one that is gone (libpq's names,
# seconds; https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # Milliseconds for what was sent, while which no keepalive is: else a quarter of an hour.
    "tcp_user_timeout": 25_000,
}
# How long the server waits for a client that is gone before it ends the session, and frees what
# that had locked: longer than the client waits for a server, which then has given up already.
_SERVER_PATIENCE = {
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
    "idle_session_timeout": 0,  # a session that holds a lock may wait for a slow site
}


def patience(where: URL) -> dict[str, int]:
    """Return how long to wait for a server; what its URL says goes before our values."""
    return {key: value for key, value in _PATIENCE.items() if key not in where.query}


def is_file(where: URL) -> bool:
    """Return whether the database is a file."""
    return where.get_backend_name() == "sqlite"


def writing_engine(where: URL) -> Engine:
    """Return the engine of a database that may be written; its file is made where there is none.

    Transactions write where the option `fuhan_writes` is set.
    """
    if not is_file(where):
        return _server_engine(where, pool_pre_ping=True)
    engine = create_engine(
        where.difference_update_query([SYNCHRONOUS]),
        connect_args={"timeout": BUSY_SECONDS},
        json_deserializer=read_json,
    )
    level = str(where.query.get(SYNCHRONOUS, "normal")).upper()
    event.listen(engine, "connect", partial(_prepare, level))
    event.listen(engine, "begin", _begin)
    return engine


def reading_engine(where: URL) -> tuple[Engine, Callable[[], bool]]:
    """Return the engine of a database that is there and is only read.

    With it goes a function that returns whether somebody wrote what was read without locks.
    """
    if not is_file(where):
        return _server_engine(where, pool_pre_ping=True), lambda: False
    reader = Reader(Path(where.database or ""), BUSY_SECONDS)
    engine = create_engine(
        where.difference_update_query([SYNCHRONOUS]),
        creator=reader.connect,
        json_deserializer=read_json,
    )
    event.listen(engine, "begin", _begin)
    return engine, reader.was_disturbed


def snapshot_reader(engine: Engine) -> Engine:
    """Return an engine of the same connections whose transactions write nothing.

    All that one of them reads is of one moment, as it is by itself in SQLite.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def session_engine(where: URL, lost: Callable[[], Exception]) -> Engine:
    """Return the engine of one session with a server, which is never made anew.

    Once that has ended, whatever is tried raises what `lost` returns.
    """
    engine = _server_engine(where, pool_size=1, max_overflow=0)
    sessions = count()

    def connect(*_: Any) -> None:
        if next(sessions):
            raise lost()

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", _outlast_client)
    return engine


def _server_engine(where: URL, **options: Any) -> Engine:
    engine = create_engine(
        where, connect_args=patience(where), json_deserializer=read_json, **options
    )
    event.listen(engine, "checkin", _leave_writing_to_server)
    return engine


def _leave_writing_to_server(connection: Any, _record: Any) -> None:
    """Forget that a reader asked for no writes, so that the server's own default holds again.

    SQLAlchemy leaves `read_only` False behind a reader, and psycopg would begin the next
    transaction READ WRITE, also where the server's default is to refuse writes.
    """
    if connection is not None:  # none: it was given up
        connection.read_only = None


def empty_engine() -> Engine:
    """Return the engine of an archive in memory that holds nothing."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    metadata.create_all(engine)
    return engine


def _prepare(level: str, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late
    cursor = connection.cursor()
    _use_wal(cursor)
    for pragma in (f"synchronous={level}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Turn a new file to write-ahead logging, where SQLite waits for nobody who opens it too."""
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_RETRY)
        else:
            return


def _outlast_client(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for name, value in _SERVER_PATIENCE.items():
        cursor.execute(f"SET {name} = {value}")
    cursor.close()
    connection.commit()


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that turns to writing later fails with "database is locked" at once,
    # without waiting: https://www.sqlite.org/lang_transaction.html
    writes = connection.get_execution_options().get("fuhan_writes")
    run_sql(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")
