"""Look at a database before it is opened: nothing, an archive, or somebody else's."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.engine import URL

from storage.database.engines import is_file, reading_engine
from storage.schema.tables import metadata

_OURS = {"alembic_version", "letters"}  # made in one transaction with all others


@dataclass(frozen=True, slots=True)
class DatabaseContents:
    """What a database holds."""

    tables: frozenset[str] = frozenset()  # none: it is empty or not there
    schema: str | None = None  # the revision of fuhan's schema; None: it has none
    encoding: str = "UTF8"  # of its texts


def database_contents(where: URL) -> DatabaseContents:
    """Return what the database holds, and change nothing in it.

    Raises SQLAlchemyError where it can't be read.
    """
    if is_file(where) and not (where.database and Path(where.database).exists()):
        return DatabaseContents()
    engine, _ = reading_engine(where)
    try:
        with engine.connect() as connection:
            tables = frozenset(inspect(connection).get_table_names())
            schema = schema_revision(connection) if tables >= _OURS else None
            return DatabaseContents(tables, schema, _encoding(connection))
    finally:
        engine.dispose()


def _encoding(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return "UTF8"
    return str(connection.exec_driver_sql("SHOW server_encoding").scalar())


def holds_rows(connection: Connection) -> bool:
    """Return whether anything is on record in an archive: before its first crawl, too."""
    first = (select(table).limit(1) for table in metadata.sorted_tables)
    return any(connection.execute(query).first() for query in first)


def schema_revision(connection: Connection) -> str | None:
    """Return the revision of the schema that an archive has at this moment."""
    query = "SELECT version_num FROM alembic_version"
    revision: str | None = connection.exec_driver_sql(query).scalar()
    return revision


def set_schema_revision(connection: Connection, revision: str) -> None:
    """Say which schema an archive has; migrations do so themselves."""
    connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


def is_foreign(where: URL, tables: frozenset[str]) -> bool:
    """Return whether `tables` are somebody else's, so that fuhan must keep away.

    A PostgreSQL database may hold others' tables beside ours.
    """
    claimed = tables if is_file(where) else tables & {"alembic_version"}
    return bool(claimed) and not tables >= _OURS


def file_identity(where: URL) -> tuple[int, int] | None:
    """Return device and inode of the database's file; None where there is no file."""
    if not is_file(where) or not where.database:
        return None
    try:
        file = Path(where.database).stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino
