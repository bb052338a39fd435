"""Changes in the order of their ids, for who follows: none is left out, none comes twice."""

import time
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select, text, true

from letters.change import Change
from storage.derived.change_filter import ChangeFilter, without_edits
from storage.derived.changes import MOST_READ, change_of, ids_with_edits, rows_of, terms_of
from storage.schema.tables import changes

# Who has written a change and not ended yet has this lock on the table.
_WRITERS = text(
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted"
    " AND relation = 'changes'::regclass AND mode = 'RowExclusiveLock'"
)
_NEWEST = select(changes.c.id).order_by(changes.c.id.desc()).limit(1)
_PAUSE = 0.02  # seconds


class UnsettledError(Exception):
    """Raised when transactions that may add changes with smaller ids don't end."""


@dataclass(frozen=True, slots=True)
class ChangesAfter:
    """Some changes, the smallest id first, and the id after which the list goes on."""

    changes: tuple[Change, ...]
    onward: int | None  # None: nothing more is recorded


def settled_id(connection: Connection, wait: float) -> int:
    """Return an id up to which every change is recorded that ever will be; 0: there is none.

    To be read in another transaction that begins later. On PostgreSQL the sources' crawls write
    at the same time, and a change may be kept before another one that took a smaller id: those
    that may have are waited for, `wait` seconds at most. Raises UnsettledError after that.
    """
    newest = int(connection.execute(_NEWEST).scalar() or 0)
    if connection.dialect.name == "postgresql":
        end = time.monotonic() + wait
        writers = _writers(connection)
        while writers & _writers(connection):
            if time.monotonic() >= end:
                raise UnsettledError
            time.sleep(_PAUSE)
    return newest


def changes_after(
    connection: Connection, wanted: ChangeFilter, after: int, settled: int, limit: int
) -> ChangesAfter:
    """Return the changes after an id and up to `settled`, `limit` at most.

    `MOST_READ` are read at most, whether they are wanted or not: there may be fewer than `limit`,
    or none, and the list goes on all the same.
    """
    fits = and_(true(), *terms_of(without_edits(wanted))).label("fits")
    ids = select(changes.c.id, fits).where(changes.c.id > after, changes.c.id <= settled)
    # Terms in WHERE might have other indexes read, and all that they lead to sorted.
    read = connection.execute(ids.order_by(changes.c.id).limit(MOST_READ)).all()
    fitting = ids_with_edits(connection, wanted, [row.id for row in read if row.fits])
    rows = sorted(rows_of(connection, fitting[:limit]), key=lambda row: int(row.id))
    shown = tuple(change_of(row) for row in rows)
    if len(fitting) > limit:
        return ChangesAfter(shown, shown[-1].id if shown else None)
    return ChangesAfter(shown, read[-1].id if len(read) == MOST_READ else None)


def _writers(connection: Connection) -> set[str]:
    return set(connection.execute(_WRITERS).scalars())
