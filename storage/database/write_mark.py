"""What shows that an archive was written since: by this process or another, or by a person."""

import threading
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Engine, StaticPool

_SAYS = {
    # SQLite counts for each connection what all others committed.
    # https://www.sqlite.org/pragma.html#pragma_data_version
    "sqlite": "PRAGMA data_version",
    # Which transactions can be seen, and the server that numbers them: two moments at which the
    # same ones can be seen show the same rows.
    # https://www.postgresql.org/docs/current/functions-info.html
    "postgresql": (
        "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text"
    ),
}
_PATIENCE = 1.0  # seconds, for another thread that asks a server which does not answer


class WriteMark:
    """Reads the mark of an archive, in some ten microseconds from SQLite.

    One connection is kept for it, which never writes, and begins no transactions.
    """

    def __init__(self, engine: Engine, was_disturbed: Callable[[], bool]) -> None:
        self._engine = engine
        self._was_disturbed = was_disturbed  # what is read without locks has no count
        self._turn = threading.Lock()
        self._kept: Any = None  # the driver's connection; None: not opened yet

    def read(self) -> Hashable | None:
        """Return a value that is another one once anything was committed; None: it can't be said.

        What is read of the archive after the mark is as new as that, or newer.
        """
        if isinstance(self._engine.pool, StaticPool) or self._was_disturbed():
            return None  # the one connection of an archive in memory writes, too
        if not self._turn.acquire(timeout=_PATIENCE):
            return None
        try:
            return self._asked()
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the connection that is kept."""
        with self._turn:
            self._forget()

    def _asked(self) -> Hashable | None:
        try:
            if self._kept is None:
                self._kept = self._opened()
            mark: Hashable = self._kept.execute(_SAYS[self._engine.dialect.name]).fetchone()[0]
        except self._engine.dialect.loaded_dbapi.Error:
            self._forget()  # whoever reads the archive now learns what is wrong with it
            return None
        return mark

    def _opened(self) -> Any:
        """Return a connection of the engine that is no longer of its pool."""
        pooled = self._engine.raw_connection()
        opened: Any = pooled.driver_connection
        pooled.detach()
        if self._engine.dialect.name == "postgresql":
            opened.autocommit = True
        return opened

    def _forget(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None
