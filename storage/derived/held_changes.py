"""Hold changes back from announcement, and release them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage.facts.entries import ChangesReleasedEntry
from storage.schema.tables import changes


def hold_changes(connection: Connection, crawl_id: int) -> list[int]:
    """Mark the changes of one crawl held and return their ids."""
    of_crawl = changes.c.crawl_id == crawl_id, changes.c.held.is_(False)
    query = select(changes.c.id).where(*of_crawl).order_by(changes.c.id)
    change_ids = list(connection.execute(query).scalars())
    set_held(connection, change_ids, held=True)
    return change_ids


def releasable_changes(
    connection: Connection, source: str, letter_ids: Collection[int]
) -> list[int]:
    """Return the ids of held changes of letters that a later visit found unchanged."""
    held = select(changes.c.id, changes.c.letter_id).where(
        changes.c.source == source, changes.c.held.is_(True)
    )
    return [row.id for row in connection.execute(held) if row.letter_id in letter_ids]


def release_changes(
    connection: Connection, change_ids: list[int], at: datetime
) -> ChangesReleasedEntry:
    """Announce held changes from `at` on and return the ledger entry that says so."""
    set_held(connection, change_ids, held=False, announced_at=at)
    return ChangesReleasedEntry(tuple(change_ids), at)


def set_held(
    connection: Connection, change_ids: Collection[int], *, held: bool, **values: Any
) -> None:
    """Mark changes held, or no longer."""
    for change_id in change_ids:
        change = update(changes).where(changes.c.id == change_id)
        connection.execute(change.values(held=held, **values))
