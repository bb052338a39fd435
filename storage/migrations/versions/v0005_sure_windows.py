"""When a letter's page was last served, and keys that forget what names no document."""

import sqlalchemy as sa
from alembic import op

from letters.urls import url_key

revision = "0005"
down_revision = "0004"

# A "not modified" counted as seen. What surely showed the page is the newest version's own, and
# a complete sweep, which asks for every page without conditions.
_SERVED = """
UPDATE letters SET served_at = (
  SELECT max(at) FROM (
    SELECT coalesce(s.asked_at, s.fetched_at) AS at FROM versions v
      JOIN snapshots s ON s.id = v.snapshot_id
      WHERE v.letter_id = letters.id AND v.number = letters.version
    UNION ALL
    SELECT c.started_at FROM crawls c
      WHERE c.source = letters.source AND c.mode = 'sweep' AND c.outcome = 'complete'
      AND c.started_at <= letters.last_seen AND letters.gone_at IS NULL
  ) AS served
)
"""


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("letters", sa.Column("served_at", sa.DateTime()))
    op.execute(_SERVED)
    _rename_keys(op.get_bind())


def _rename_keys(connection: sa.Connection) -> None:
    """Give each address today's key; one whose key another has keeps its own.

    That one was the same page by another spelling, and nothing will list it any more.
    """
    addresses = sa.table("addresses", *map(sa.column, ("id", "source", "key", "url")))
    rows = connection.execute(sa.select(addresses).order_by(addresses.c.id)).all()
    taken = {(row.source, row.key) for row in rows}
    for row in rows:
        key = url_key(row.url)
        if key != row.key and (row.source, key) not in taken:
            taken.add((row.source, key))
            renamed = sa.update(addresses).where(addresses.c.id == row.id).values(key=key)
            connection.execute(renamed)
