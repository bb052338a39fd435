"""Which changes are no news (letters of first crawls), and when each was announced."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.facts import ledger
from storage.facts.entries import BaselineEntry

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema forward."""
    baseline = sa.Column[bool]("baseline", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("changes", baseline)
    op.add_column("changes", sa.Column("announced_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE changes SET announced_at = detected_at")
    _mark_baseline(op.get_bind())
    for name, moment in (("changes_news", "detected_at"), ("changes_announced", "announced_at")):
        op.create_index(
            name,
            "changes",
            [moment, "id"],
            sqlite_where=sa.text("baseline IS 0"),
            postgresql_where=sa.text("baseline IS false"),
        )


def _mark_baseline(connection: sa.Connection) -> None:
    """Mark the letters of first crawls, and let the ledger of each source tell which they are."""
    marked: dict[str, list[int]] = defaultdict(list)
    for row in connection.execute(_baseline()):
        marked[row.source].append(row.id)
    mark = sa.update(_changes).where(_changes.c.id == sa.bindparam("of"))
    for source, ids in marked.items():
        connection.execute(mark.values(baseline=sa.true()), [{"of": each} for each in ids])
        ledger.append(connection, source, BaselineEntry(tuple(ids)))


def _baseline() -> sa.Select[Any]:
    """Return the query for letters that no whole reading of their directory came before.

    Only the first letter at an address can have stood there when the source was first crawled.
    """
    first_whole = (
        sa.select(_crawls.c.source, sa.func.min(_crawls.c.id).label("id"))
        .add_columns(sa.func.min(_crawls.c.directory_at).label("directory_at"))
        .where(_crawls.c.directory_at.is_not(None))
        .group_by(_crawls.c.source)
        .subquery()
    )
    first_letters = (
        sa.select(_snapshots.c.address_id, sa.func.min(_versions.c.letter_id).label("letter_id"))
        .join(_versions, _versions.c.snapshot_id == _snapshots.c.id)
        .where(_versions.c.number == 1)
        .group_by(_snapshots.c.address_id)
        .subquery()
    )
    listed_at = _addresses.c.first_listed_at
    # One that was listed first by the crawl that read it is judged by the order of crawls.
    by_order = listed_at.is_(None) | (listed_at == _crawls.c.directory_at)
    later = sa.case(
        (by_order, first_whole.c.id < _changes.c.crawl_id),
        else_=first_whole.c.directory_at < listed_at,
    )
    return (
        sa.select(_changes.c.id, _changes.c.source)
        .join(_crawls, _crawls.c.id == _changes.c.crawl_id)
        .join(first_letters, first_letters.c.letter_id == _changes.c.letter_id)
        .join(_addresses, _addresses.c.id == first_letters.c.address_id)
        .outerjoin(first_whole, first_whole.c.source == _changes.c.source)
        .where(_changes.c.kind == "published", first_whole.c.id.is_(None) | ~later)
        .order_by(_changes.c.id)
    )


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in columns))


_changes = _table("changes", "id", "source", "kind", "letter_id", "crawl_id", "baseline")
_crawls = _table("crawls", "id", "source", "directory_at")
_versions = _table("versions", "letter_id", "number", "snapshot_id")
_snapshots = _table("snapshots", "id", "address_id")
_addresses = _table("addresses", "id", "first_listed_at")
