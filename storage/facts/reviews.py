"""Decisions of people on changes: record them, and query them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, select

from letters.review import Review, ReviewState
from storage.database.insert import insert
from storage.derived.held_changes import release_changes
from storage.facts import ledger
from storage.facts.entries import ReviewEntry
from storage.schema.tables import changes
from storage.schema.tables import reviews as table


def add_review(
    connection: Connection,
    change_id: int,
    decided: tuple[ReviewState, str | None],
    who: str,
    at: datetime,
) -> Review:
    """Record a decision, state and note, on a change; accepting a held change releases it."""
    of_change = changes.c.id == change_id
    source = connection.execute(select(changes.c.source).where(of_change)).scalar_one()
    ledger.lock_ledger(connection, source)
    change = connection.execute(select(changes).where(of_change)).one()
    state, note = decided
    row = {"change_id": change_id, "state": state.value, "note": note, "who": who, "at": at}
    review = Review(insert(connection, table, row), change_id, state, note, who, at)
    releases = change.held and state is ReviewState.ACCEPTED
    released = release_changes(connection, [change_id], at) if releases else None
    ledger.append(connection, source, ReviewEntry(review, released))
    return review


def reviews(connection: Connection, change_id: int) -> Iterator[Review]:
    """Yield the decisions on a change, oldest first."""
    query = select(table).where(table.c.change_id == change_id).order_by(table.c.id)
    for row in connection.execute(query):
        yield review_of(row)


def is_dismissed() -> ColumnElement[bool]:
    """Return the term that the newest decision on a change is to dismiss it."""
    later = table.alias("later")
    is_later = (later.c.change_id == table.c.change_id) & (later.c.id > table.c.id)
    is_of_change = (table.c.change_id == changes.c.id) & ~exists().where(is_later)
    return exists().where(is_of_change, table.c.state == ReviewState.DISMISSED.value)


def count_held(connection: Connection, source: str) -> int:
    """Return how many changes of `source` are held and not dismissed."""
    held = select(func.count()).where(changes.c.source == source, changes.c.held.is_(True))
    return connection.execute(held.where(~is_dismissed())).scalar_one()


def held_by_source(connection: Connection) -> dict[str, int]:
    """Return how many changes are held and not dismissed, by source; no key where none are."""
    held = select(changes.c.source, func.count()).where(changes.c.held.is_(True), ~is_dismissed())
    rows = connection.execute(held.group_by(changes.c.source).order_by(changes.c.source))
    return dict(tuple(row) for row in rows)


def review_of(row: Row[Any]) -> Review:
    """Return the decision that a row of its table holds."""
    return Review(row.id, row.change_id, ReviewState(row.state), row.note, row.who, row.at)
