"""What shows that an archive was written since: by this process or another, or by a person."""

import sqlite3
import threading
from collections.abc import Callable, Hashable
from typing import Any, cast

from sqlalchemy import Engine, StaticPool, text

# Which transactions can be seen, and the server that numbers them: two moments at which the same
# ones can be seen show the same rows. https://www.postgresql.org/docs/current/functions-info.html
_SEEN = text("SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text")


class WriteMark:
    """Reads the mark of an archive, in some ten microseconds from SQLite.

    There one connection is kept for it, which never writes: SQLite counts for each connection
    what all others committed. https://www.sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, engine: Engine, was_disturbed: Callable[[], bool]) -> None:
        self._engine = engine
        self._was_disturbed = was_disturbed  # what is read without locks has no count
        self._turn = threading.Lock()
        self._kept: sqlite3.Connection | None = None  # None: not opened yet

    def read(self) -> Hashable | None:
        """Return a value that is another one once anything was committed; None: it can't be said.

        What is read of the archive after the mark is as new as that, or newer.
        """
        if isinstance(self._engine.pool, StaticPool) or self._was_disturbed():
            return None  # the one connection of an archive in memory writes, too
        if self._engine.dialect.name == "sqlite":
            return self._data_version()
        with self._engine.connect() as connection:
            seen: str = (
                connection.execution_options(isolation_level="AUTOCOMMIT")
                .execute(_SEEN)
                .scalar_one()
            )
            return seen

    def close(self) -> None:
        """Close the connection that is kept."""
        with self._turn:
            self._forget()

    def _data_version(self) -> int | None:
        with self._turn:
            try:
                if self._kept is None:
                    self._kept = self._opened()
                version: int = self._kept.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error:  # whoever reads the archive now learns what is wrong with it
                self._forget()
                return None
            return version

    def _opened(self) -> sqlite3.Connection:
        """Return a connection of the engine that is no longer of its pool."""
        pooled = self._engine.raw_connection()
        opened: Any = pooled.driver_connection
        pooled.detach()
        return cast("sqlite3.Connection", opened)

    def _forget(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None
