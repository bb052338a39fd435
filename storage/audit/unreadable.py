"""Find the rows that cannot be read at all, once one of them has stopped the audit."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, Table, Text, cast, select
from sqlalchemy.exc import DatabaseError

from storage.audit.damage import Damage
from storage.database.archive import Archive
from storage.schema.tables import ledger, metadata
from storage.schema.utc_datetime import UtcDateTime

_READ: tuple[tuple[type, Callable[[str], object]], ...] = (
    (JSON, json.loads),
    (UtcDateTime, datetime.fromisoformat),
    (Text, str),
)


# What SQLite says where a database can't be read at this moment, or by us.
_SQLITE_NOW = {
    *(
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_CANTOPEN,
    ),
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT),
}
# What PostgreSQL says there, by the beginning of its codes: no connection, too little of
# something, an operator's or a time's end, no right, a lock.
_SERVER_NOW = ("08", "53", "57", "42501", "55P03", "40")


def may_pass(error: DatabaseError) -> bool:
    """Return whether a database can't be read just now, or by us, whatever it holds.

    It is locked, say, or its server is away.
    """
    if isinstance(
        error.orig, sqlite3.Error
    ):  # one of Python's own has no code: a text is no UTF-8
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_NOW
    code = getattr(error.orig, "sqlstate", None)  # None: the server does not answer
    return code is None or code.startswith(_SERVER_NOW)


def find_unreadable(archive: Archive) -> list[Damage]:
    """Return each value that is no text, no JSON or no moment though its column holds those.

    Only SQLite keeps such a thing; PostgreSQL lets none in.
    """
    if archive.url.get_backend_name() != "sqlite":
        return []
    return [damage for table in metadata.sorted_tables for damage in _of_table(archive, table)]


def _of_table(archive: Archive, table: Table) -> Iterator[Damage]:
    for column in table.columns:
        for kind, read in _READ:
            if isinstance(column.type, kind):
                yield from _of_column(archive, column, read)
                break


def _of_column(
    archive: Archive, column: Column[Any], read: Callable[[str], object]
) -> Iterator[Damage]:
    table = column.table
    keys = (table.c.source, table.c.seq) if table is ledger else tuple(table.primary_key)
    as_bytes = [cast(each, LargeBinary) for each in (*keys, column)]
    try:
        with archive.reading() as connection:
            rows = connection.execute(select(*as_bytes).where(column.is_not(None))).all()
    except DatabaseError:
        return  # the file itself is damaged, which has been reported
    for *key, value in rows:
        try:
            read(value.decode())
        except ValueError as error:
            place = _place(table, *(each.decode(errors="replace") for each in key))
            yield Damage(place, f"its {column.name} cannot be read: {error}")


def _place(table: Table, *key: str) -> str:
    if table is ledger:
        return f"ledger of {key[0]}, entry {key[1]}"
    name = _NAMES.get(table.name, table.name.removesuffix("s").replace("_", " "))
    return f"{name} {' '.join(key)}"


_NAMES = {"addresses": "address", "unread": "unread page"}
