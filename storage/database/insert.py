"""Insert rows in ways that SQLite and PostgreSQL both understand."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from storage.database.prepared import run


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert `row` unless one with its unique values exists already."""
    run(connection, _insert_once(table, connection.dialect.name), row)


def insert_all_once(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert those of `rows` of which none with its unique values exists already."""
    if rows:
        connection.execute(_insert_once(table, connection.dialect.name), [*map(dict, rows)])


def insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert `row` and return its id."""
    inserted = run(connection, _insert(table), row)
    if isinstance(inserted, sqlite3.Cursor):
        return inserted.lastrowid or 0
    key = inserted.inserted_primary_key
    return int(key[0]) if key else 0  # a table whose key is no id


@cache
def _insert(table: Table) -> Insert:
    """Return the statement, made once."""
    return table.insert()


@cache
def _insert_once(table: Table, dialect: str) -> Insert:
    if dialect == "postgresql":
        return insert_postgresql(table).on_conflict_do_nothing()
    return insert_sqlite(table).on_conflict_do_nothing()


def upsert(connection: Connection, table: Table, key: str, row: Mapping[str, Any]) -> None:
    """Insert `row`, or replace the one with the same `key`."""
    dialect = connection.dialect.name
    run(connection, _upsert(table, key, tuple(row), dialect), row)


@cache
def _upsert(table: Table, key: str, names: tuple[str, ...], dialect: str) -> Insert:
    """Return the statement for rows of these columns: there are few combinations of them."""
    new = insert_postgresql(table) if dialect == "postgresql" else insert_sqlite(table)
    rest = {name: new.excluded[name] for name in names if name != key}
    return new.on_conflict_do_update(index_elements=[key], set_=rest)
