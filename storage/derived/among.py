"""Ask for the rows that have one of many values, in a way that each database is quick at."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY


def is_among(
    connection: Connection, column: ColumnElement[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Return the term that `column` has one of `values`.

    On PostgreSQL they are one parameter, so that a query of any number is prepared once.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(values)
