"""Statements that each visit needs: compiled once, and run by SQLite's driver itself.

SQLAlchemy knows a compiled statement again, but prepares its parameters and its result anew each
time: of a small insert that takes twelve times as long as SQLite does. PostgreSQL's statements go
through it: there the way to the server costs more.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Select, TextClause, Update
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

_DIALECT = pysqlite.dialect()

Writing = Insert | Update | TextClause
Statement = Writing | Select[Any]  # made once: it is known again by its identity


@dataclass(frozen=True, slots=True)
class _Prepared:
    sql: str
    constants: Mapping[str, Any]  # values that the statement itself has, by name
    marks: tuple[tuple[str, Callable[[Any], Any] | None], ...]  # names in order; their conversion


def run(
    connection: Connection, statement: Writing, values: Mapping[str, Any]
) -> CursorResult[Any] | sqlite3.Cursor:
    """Run a statement that writes and was made once; `values` are its parameters by name."""
    if connection.dialect.name != _DIALECT.name:
        return connection.execute(statement, dict(values))
    return _run_by_driver(connection, statement, values)


def fetch(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> Sequence[Any]:
    """Return the rows of a query that was made once: of columns of numbers and texts alone."""
    if connection.dialect.name != _DIALECT.name:
        return connection.execute(statement, dict(values)).all()
    return _run_by_driver(connection, statement, values).fetchall()


def run_sql(connection: Connection, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Run SQL by the driver of SQLite, whose errors are raised as SQLAlchemy raises them."""
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    try:
        return driver.execute(sql, values)
    except sqlite3.Error as error:
        raise DBAPIError.instance(sql, tuple(values), error, sqlite3.Error) from error


def _run_by_driver(
    connection: Connection, statement: Statement, values: Mapping[str, Any]
) -> sqlite3.Cursor:
    if not connection.in_transaction():
        connection.begin()
    prepared = _prepared(statement, tuple(values))
    return run_sql(connection, prepared.sql, _arranged(prepared, values))


def _arranged(prepared: _Prepared, values: Mapping[str, Any]) -> list[Any]:
    given = {**prepared.constants, **values}
    return [
        given[name] if converted is None else converted(given[name])
        for name, converted in prepared.marks
    ]


@cache
def _prepared(statement: Statement, names: tuple[str, ...]) -> _Prepared:
    compiled: SQLCompiler = statement.compile(dialect=_DIALECT, column_keys=list(names))
    constants = {name: each.value for name, each in compiled.binds.items() if not each.required}
    for column in compiled.insert_prefetch:  # its default is SQLAlchemy's, not the table's
        if isinstance(column.default, ScalarElementColumnDefault):
            constants[column.key] = column.default.arg
    marks = ((name, _conversion(compiled.binds[name].type)) for name in compiled.positiontup or ())
    return _Prepared(str(compiled), constants, tuple(marks))


def _conversion(kind: Any) -> Callable[[Any], Any] | None:
    converted: Callable[[Any], Any] | None = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return converted
