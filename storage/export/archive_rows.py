"""Copy the rows of an archive to another database, and compare what arrived.

Rows go in the order of their keys, each batch in a transaction of its own: what has arrived of a
copy that was cut off is the beginning of each table, and the copy goes on from there. What a
database derives by itself is not copied: triggers keep the counts, and the search index is made
of its texts.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, Text, delete, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.database.archive import Archive, ArchiveError
from storage.database.errors import reason
from storage.derived.kept_counts import COUNTED
from storage.derived.search_rebuild import index_search_texts
from storage.schema.search_index import clear_index
from storage.schema.tables import metadata

_TABLES = [table for table in metadata.sorted_tables if table not in COUNTED]
_BATCH_ROWS = 500
_BATCH_BYTES = 2**22  # a page packed is about 5 kB, a file up to many MB


class OtherRowsError(Exception):
    """Raised when the copy holds a row that the archive does not have in its place."""


def count_rows(connection: Connection) -> int:
    """Return the number of rows that are copied."""
    return sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _TABLES
    )


def copy_rows(source: Connection, copy: Archive) -> Iterator[int]:
    """Copy all rows that have not arrived yet; yield a number after each row.

    Raises OtherRowsError where what has arrived is no beginning of what there is, and
    ArchiveError where the other database takes a row not.
    """
    done = count(1)
    for table in _TABLES:
        rows = _rows(source, table)
        for _ in _arrived(rows, copy, table):
            yield next(done)
        for batch in _batches(rows):
            _insert(copy, table, batch)
            for _ in batch:
                yield next(done)
        _keep_ids(source, copy, table)


def index_rows(copy: Archive) -> Iterator[int]:
    """Make the search index of the texts that were copied; yield a number after each letter."""
    with copy.writing() as connection:
        yield from index_search_texts(connection)


def compare_rows(source: Connection, copy: Archive) -> Iterator[int]:
    """Compare all rows of the archive and its copy; yield a number after each.

    Raises OtherRowsError where they are not the same.
    """
    done = count(1)
    for table in _TABLES:
        rows = _rows(source, table)
        for _ in _arrived(rows, copy, table):
            yield next(done)
        if next(rows, None) is not None:
            raise OtherRowsError(table.name)


def clear_rows(copy: Archive) -> None:
    """Remove all rows of a copy, so that it begins anew."""
    with copy.writing() as connection:
        clear_index(connection)
        for table in reversed(_TABLES):
            connection.execute(delete(table))


def newest_rows(connection: Connection) -> tuple[Any, ...]:
    """Return what is another value after whatever was recorded in the meantime."""
    ids = (metadata.tables[name].c.id for name in ("crawls", "ledger", "reviews"))
    newest = (select(func.max(each)).scalar_subquery() for each in ids)
    return tuple(connection.execute(select(*newest)).one())


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """Yield the rows of a table in the order of their keys, which is the same in any database."""
    in_order = _query(connection, table).execution_options(yield_per=_BATCH_ROWS)
    with connection.execute(in_order) as rows:
        yield from rows


def _query(connection: Connection, table: Table) -> Select[Any]:
    # SQLite orders texts by their bytes, PostgreSQL by its locale unless it is asked otherwise.
    is_sqlite = connection.dialect.name == "sqlite"
    key = (
        each if is_sqlite or not isinstance(each.type, Text) else each.collate("C")
        for each in table.primary_key
    )
    return select(table).order_by(*key)


def _arrived(rows: Iterator[Row[Any]], copy: Archive, table: Table) -> Iterator[None]:
    """Take from `rows` those which the copy holds; yield after each."""
    with copy.reading() as connection:
        for arrived in _rows(connection, table):
            if next(rows, None) != arrived:
                raise OtherRowsError(table.name)
            yield


def _batches(rows: Iterator[Row[Any]]) -> Iterator[list[Row[Any]]]:
    """Yield rows in batches of bounded number and size."""
    batch: list[Row[Any]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, (bytes, str)))
        if len(batch) == _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _insert(copy: Archive, table: Table, batch: list[Row[Any]]) -> None:
    try:
        with copy.writing() as connection:
            connection.execute(table.insert(), [dict(row._mapping) for row in batch])  # noqa: SLF001
    except DBAPIError as error:
        raise ArchiveError(f"{table.name}: can't be copied: {reason(error)}") from error


def _keep_ids(source: Connection, copy: Archive, table: Table) -> None:
    """See to it that no id which was ever given in the archive is given again in its copy."""
    if "id" not in table.c or not (highest := _highest_id(source, table)):
        return
    with copy.writing() as connection:
        if connection.dialect.name == "postgresql":
            values = {"of": table.name, "highest": highest}
            connection.execute(text(_SET_SEQUENCE), values)
        elif _counts_ids(table):
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
            connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, highest)
            )


_SEQUENCE = (
    "SELECT last_value FROM pg_sequences"
    " WHERE schemaname = current_schema() AND sequencename = :name"
)
_COUNTED = "SELECT seq FROM sqlite_sequence WHERE name = :name"
_SET_SEQUENCE = "SELECT setval(pg_get_serial_sequence(:of, 'id'), :highest)"


def _highest_id(connection: Connection, table: Table) -> int:
    """Return the highest id that was ever given in a table; 0 where none was."""
    highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
    if connection.dialect.name == "postgresql":
        counted = connection.execute(text(_SEQUENCE), {"name": f"{table.name}_id_seq"}).scalar()
    elif _counts_ids(table):
        counted = connection.execute(text(_COUNTED), {"name": table.name}).scalar()
    else:
        counted = 0
    return max(highest, counted or 0)


def _counts_ids(table: Table) -> bool:
    """Return whether SQLite keeps a count of the ids it gave, as PostgreSQL always does."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])
