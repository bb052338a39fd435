"""The backlog: pages that were served and not read, until a better parser reads them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from letters.letter import Letter
from storage.database.insert import insert
from storage.facts.readable_letters import readable_letters
from storage.schema.tables import addresses, crawls, letters, snapshots, unread, versions


def queue_unread(connection: Connection, snapshot_id: int) -> None:
    """Queue a snapshot for parsing later."""
    insert(connection, unread, {"snapshot_id": snapshot_id})


def unread_pages(connection: Connection, source: str) -> list[Row[Any]]:
    """Return the pages of `source` that wait, oldest first, with the crawls that kept them."""
    query = (
        select(snapshots, addresses.c.key, crawls.c.started_at, crawls.c.directory_at)
        .join(unread, unread.c.snapshot_id == snapshots.c.id)
        .join(addresses, addresses.c.id == snapshots.c.address_id)
        .join(crawls, crawls.c.id == snapshots.c.crawl_id)
        .where(addresses.c.source == source, unread.c.read_at.is_(None))
    )
    return list(connection.execute(query.order_by(snapshots.c.id)))


def mark_read(connection: Connection, snapshot_id: int, at: datetime) -> None:
    """Record that a page of the backlog was read."""
    is_page = unread.c.snapshot_id == snapshot_id
    connection.execute(update(unread).where(is_page).values(read_at=at))


def sample_letters(connection: Connection, source: str, most: int) -> list[Letter]:
    """Return the newest versions of the `most` letters of `source` seen last."""
    newest = (versions.c.letter_id == letters.c.id) & (versions.c.number == letters.c.version)
    query = (
        select(versions.c.letter_id, versions.c.letter)
        .join(letters, newest)
        .where(letters.c.source == source)
    )
    newest_first = query.order_by(letters.c.id.desc()).limit(most)
    rows = connection.execute(newest_first).all()
    return [letter for _, letter in readable_letters(connection, rows)]
