"""Queries and updates over all letters of a source when a crawl ends."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from letters.records import Status
from storage.facts.entries import ChangesReleasedEntry
from storage.schema.tables import changes, letters


def absent_letters(connection: Connection, source: str) -> list[Row[Any]]:
    """Return the letters of `source` that are gone or unlisted, and not withdrawn."""
    is_absent = letters.c.gone_at.is_not(None) | (letters.c.unlisted_crawls > 0)
    query = select(letters).where(letters.c.source == source, is_absent)
    not_withdrawn = query.where(letters.c.status != Status.WITHDRAWN.value)
    return list(connection.execute(not_withdrawn.order_by(letters.c.id)))


def count_suspect(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are suspect."""
    suspect = letters.c.status == Status.SUSPECT.value
    query = select(func.count()).where(letters.c.source == source, suspect)
    return connection.execute(query).scalar_one()


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
