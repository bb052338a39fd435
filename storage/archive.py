"""The archive: one database, opened for reading or for one writing transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class Archive:
    """A database with the tables of fuhan; SQLite or PostgreSQL by its URL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the archive and writes nothing."""
        with self._engine.connect() as connection:
            yield connection
