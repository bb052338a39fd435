"""A new archive in SQLite, made by the statements that all migrations lead to, not by these.

Alembic takes 0.2 s to load, and the migrations 0.1 s to run, each time that an archive is made.
`python -m storage.migrations` prints new_archive.sql anew, and a test holds it to them.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

_SCRIPT = Path(__file__).with_name("new_archive.sql")
_TABLES = "SELECT count(*) FROM sqlite_master"
# In the order in which they were made; those of SQLite itself and of FTS5 come by themselves.
_STATEMENTS = """
SELECT sql FROM sqlite_master AS made
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
ORDER BY rowid
"""
_REVISION = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")


def is_empty(connection: Connection) -> bool:
    """Return whether a database of SQLite holds nothing yet."""
    return not connection.exec_driver_sql(_TABLES).scalar_one()


def make_archive(connection: Connection, revision: str) -> None:
    """Make the tables, indices and triggers of an archive, in the transaction of `connection`.

    `revision` is the newest, to which the script belongs.
    """
    for statement in _statements(_SCRIPT.read_text("utf-8")):
        connection.exec_driver_sql(statement)
    connection.execute(_REVISION, {"revision": revision})


def script_of(connection: Connection) -> str:
    """Return the statements that make an archive of this schema, which holds nothing."""
    made = [row.sql for row in connection.exec_driver_sql(_STATEMENTS)]
    return "".join(f"{statement};\n" for statement in made)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; those of a trigger end within it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
