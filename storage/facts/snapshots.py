"""Load the pages of a letter as they were served: the first, and those on which it goes on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from storage.facts.evidence import load_evidence
from storage.schema.tables import snapshots


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page as it was served, with its record."""

    row: Row[Any]  # of the snapshot
    body: bytes


def stored_pages(connection: Connection, snapshot_id: int) -> list[StoredPage]:
    """Return the pages that were served together, the first of which has that snapshot.

    Raises EvidenceError where one is lost or damaged.
    """
    rows = connection.execute(_together(select(snapshots), snapshot_id))
    return [StoredPage(row, load_evidence(connection, row.sha256)) for row in rows]


def page_digests(connection: Connection, snapshot_id: int) -> list[str]:
    """Return the sha256 of the same pages, in their order."""
    query = _together(select(snapshots.c.sha256), snapshot_id)
    return list(connection.execute(query).scalars())


def _together(query: Select[Any], snapshot_id: int) -> Select[Any]:
    together = or_(snapshots.c.id == snapshot_id, snapshots.c.first_id == snapshot_id)
    return query.where(together).order_by(snapshots.c.id)
