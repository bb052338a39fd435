"""Open the database of the queue, and make its tables where they are missing or outdated."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, create_engine, delete, event, insert, inspect, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.schema import CreateSchema, DropSchema

from storage.database.engines import patience
from storage.queue.tables import FORMAT, SCHEMA, about, metadata


class QueueError(Exception):
    """Raised when the queue can't be used, in one line."""


@dataclass(frozen=True, slots=True)
class QueueOwner:
    """The service that fills a queue, and what its tables are like."""

    version: str  # of fuhan
    schema: str  # of the archive
    archive: str  # which database the archive is
    library: str  # sha256 of the schema that Procrastinate has
    format: int = FORMAT


class QueueDatabase:
    """The database of the queue, on a PostgreSQL server."""

    def __init__(self, url: str) -> None:
        where = make_url(url)
        self._engine = create_engine(where, pool_pre_ping=True, connect_args=patience(where))
        event.listen(self._engine, "connect", _enter_schema)

    @property
    def url(self) -> URL:
        """Where the database is."""
        return self._engine.url

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield the connection of one transaction; raises StorageError."""
        with self._engine.begin() as connection:
            yield connection

    def owner(self) -> QueueOwner | None:
        """Return which service filled the queue last; None where none did; raises StorageError."""
        with self.transaction() as connection:
            return _owner(connection)

    def refuse_newer(self) -> None:
        """Raise QueueError where a newer fuhan made the tables."""
        owner = self.owner()
        if owner and owner.format > FORMAT:
            raise QueueError(f"was made by a newer fuhan ({owner.version})")

    def prepare(self, owner: QueueOwner, library: str) -> None:
        """Make the tables, with Procrastinate's own by the SQL of `library`, and name `owner`.

        Older tables are replaced. Raises QueueError where a newer fuhan made them.
        """
        self.refuse_newer()
        with self.transaction() as connection:
            before = _owner(connection)
            if not before or (before.format, before.library) != (FORMAT, owner.library):
                _make_tables(connection, library)
            connection.execute(delete(about))
            connection.execute(insert(about).values(**asdict(owner)))

    def close(self) -> None:
        """Close the connections to the database."""
        self._engine.dispose()


def digest(library: str) -> str:
    """Return what tells one version of Procrastinate's schema from another."""
    return hashlib.sha256(library.encode()).hexdigest()


def libpq_url(url: str) -> str:
    """Return `url` as PostgreSQL's own library reads it, with how long to wait for the server."""
    where = make_url(url).set(drivername="postgresql")
    waits = {key: str(value) for key, value in patience(where).items()}
    return where.update_query_dict(waits).render_as_string(hide_password=False)


def shown(url: str) -> str:
    """Return `url` without its password, as messages name it."""
    return f"queue {make_url(url).render_as_string()}"


def _owner(connection: Connection) -> QueueOwner | None:
    if not inspect(connection).has_table(about.name, schema=SCHEMA):
        return None
    row = connection.execute(select(about)).first()
    return QueueOwner(**row._asdict()) if row else None


def _make_tables(connection: Connection, library: str) -> None:
    connection.execute(DropSchema(SCHEMA, cascade=True, if_exists=True))
    connection.execute(CreateSchema(SCHEMA))
    cursor = connection.connection.cursor()  # the driver's own takes several statements at once
    cursor.execute(library)
    cursor.close()
    metadata.create_all(connection)


def _enter_schema(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET search_path TO {SCHEMA}")  # in which Procrastinate's functions search
    cursor.close()
    connection.commit()
