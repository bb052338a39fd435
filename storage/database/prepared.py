"""Statements that each visit needs: compiled once, and handed to SQLite's driver as they are.

SQLAlchemy knows a compiled statement again, but prepares its parameters anew each time: of a small
insert that takes twelve times as long as SQLite does. PostgreSQL's statements go through it: there
the way to the server costs more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, TextClause, Update
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

_DIALECT = pysqlite.dialect()

Statement = Insert | Update | TextClause  # made once: it is known again by its identity


@dataclass(frozen=True, slots=True)
class _Prepared:
    sql: str
    constants: Mapping[str, Any]  # values that the statement itself has, by name
    marks: tuple[tuple[str, Callable[[Any], Any] | None], ...]  # names in order; their conversion


def run(
    connection: Connection, statement: Statement, values: Mapping[str, Any]
) -> CursorResult[Any]:
    """Run a statement that writes and was made once; `values` are its parameters by name."""
    if connection.dialect.name != _DIALECT.name:
        return connection.execute(statement, dict(values))
    prepared = _prepared(statement, tuple(values))
    return connection.exec_driver_sql(prepared.sql, _arranged(prepared, values))


def _arranged(prepared: _Prepared, values: Mapping[str, Any]) -> tuple[Any, ...]:
    given = {**prepared.constants, **values}
    return tuple(
        given[name] if converted is None else converted(given[name])
        for name, converted in prepared.marks
    )


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
