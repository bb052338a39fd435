"""Ids of changes are never given again.

SQLite gives the next row the highest id plus one: the id of a change that a reparse retracted went
to the next change, with people's reviews of the retracted one. With AUTOINCREMENT it goes to none,
as in PostgreSQL. Other tables need none: of their rows only those of `letter_files` are
ever deleted, which have no id. 50,000 changes beside 300,000 ledger entries take 1.2 s.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_BESIDE = """
SELECT type, name, sql FROM sqlite_master
WHERE tbl_name = 'changes' AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type
"""
# What the ledger says of a retraction is {"retracted":<id>} and no more.
_HIGHEST = """
SELECT max(id) FROM (
  SELECT max(id) AS id FROM changes
  UNION ALL SELECT max(change_id) FROM reviews
  UNION ALL SELECT max(CAST(substr(facts, length('{"retracted":') + 1) AS INTEGER)) FROM ledger
    WHERE facts LIKE '{"retracted":%'
)
"""


def upgrade() -> None:
    """Bring the schema forward."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _count_ids(connection)


def _count_ids(connection: sa.Connection) -> None:
    """Make the table anew, which is how SQLite alters one: https://sqlite.org/autoinc.html."""
    beside = connection.exec_driver_sql(_BESIDE).all()
    for each in beside:
        connection.exec_driver_sql(f'DROP {each.type} "{each.name}"')
    counted = {"sqlite_autoincrement": True}
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")  # views may name the table
    with op.batch_alter_table("changes", recreate="always", table_kwargs=counted):
        pass
    connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")
    for each in beside:
        connection.exec_driver_sql(each.sql)
    highest = connection.exec_driver_sql(_HIGHEST).scalar() or 0
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'changes'")
    connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES ('changes', ?)", (highest,))
