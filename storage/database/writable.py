"""Whether a database can be written, asked without writing into it."""

from os import W_OK, access
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL

from storage.database.engines import is_file, reading_engine
from storage.schema.tables import metadata

# Of a new session: what is set for a database or a role holds of those that begin after it.
_QUESTION = text("""
    SELECT current_user,
           pg_is_in_recovery(),
           current_setting('transaction_read_only')::boolean,
           to_regclass('letters') IS NOT NULL OR has_schema_privilege(current_schema(), 'CREATE'),
           (SELECT min(name) FROM unnest(CAST(:tables AS text[])) AS name
            WHERE NOT has_table_privilege(to_regclass(name), 'INSERT'))
""")


def write_problem(where: URL) -> str | None:
    """Return in English why nothing can be written into a database, or None.

    Raises SQLAlchemyError where a server can't be asked.
    """
    return _file_problem(Path(where.database or "")) if is_file(where) else _server_problem(where)


def _file_problem(file: Path) -> str | None:
    """Return which of its files can't be written. None is opened, which would cost its locks."""
    if not file.exists():  # whether it can be made is asked with the configuration
        return None
    if not access(file.parent, W_OK):
        return "no right to write into its folder"
    for end in ("", "-wal", "-shm"):
        path = Path(f"{file}{end}")
        if path.exists() and not access(path, W_OK):
            return f"no right to write its {end or 'file'}"
    return None


def _server_problem(where: URL) -> str | None:
    engine, _ = reading_engine(where)
    tables = [table.name for table in metadata.sorted_tables]
    try:
        with engine.connect() as connection:
            answer = connection.execute(_QUESTION, {"tables": tables}).one()
    finally:
        engine.dispose()
    role, is_standby, is_read_only, may_create, refused = answer
    if is_standby:
        return "the server is a standby, in recovery"
    if is_read_only:
        return "its transactions are read-only"
    if not may_create:
        return f"role {role} may make no tables in it"
    return f"role {role} may not insert into {refused}" if refused else None
