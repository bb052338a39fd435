"""What the end of a crawl asks and sets over all letters of a source."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from letters.archive import Status
from storage.tables import changes, letters


def open_letters(connection: Connection, source: str) -> list[Row[Any]]:
    """Return the letters of `source` that are gone or unlisted, and not withdrawn."""
    missing = letters.c.gone_at.is_not(None) | (letters.c.unlisted_crawls > 0)
    query = select(letters).where(letters.c.source == source, missing)
    standing = query.where(letters.c.status != Status.WITHDRAWN.value).order_by(letters.c.id)
    return list(connection.execute(standing))


def count_suspect(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are suspect."""
    suspect = letters.c.status == Status.SUSPECT.value
    query = select(func.count()).where(letters.c.source == source, suspect)
    return connection.execute(query).scalar_one()


def hold_changes(connection: Connection, crawl_id: int) -> None:
    """Mark the changes of one crawl held."""
    connection.execute(update(changes).where(changes.c.crawl_id == crawl_id).values(held=True))


def release_held(connection: Connection, source: str, letter_ids: Collection[int]) -> None:
    """Release the held changes of those letters that a later look found as they were left."""
    held = select(changes.c.id, changes.c.letter_id).where(
        changes.c.source == source, changes.c.held.is_(True)
    )
    free = [row.id for row in connection.execute(held) if row.letter_id in letter_ids]
    for change_id in free:
        connection.execute(update(changes).where(changes.c.id == change_id).values(held=False))
