"""Decisions of people on changes: record them, and query them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from letters.review import Decision, Review, ReviewState
from storage.database.insert import insert
from storage.derived.held_changes import release_changes
from storage.facts import ledger
from storage.facts.entries import ReviewEntry
from storage.schema.tables import changes
from storage.schema.tables import reviews as table


def add_review(
    connection: Connection,
    change_id: int,
    decision: Decision,
    who: str,
    at: datetime,
) -> Review:
    """Record a decision on a change; accepting a held change releases it."""
    source = lock_change(connection, change_id)
    of_change = changes.c.id == change_id
    change = connection.execute(select(changes).where(of_change)).one()
    before = review_in_force(connection, change_id)
    note, tags = _kept(decision, before)
    state = decision.state
    row = {"change_id": change_id, "state": state.value, "note": note, "who": who, "at": at}
    review_id = insert(connection, table, row | {"tags": list(tags) or None})
    review = Review(review_id, change_id, state, note, who, at, tags)
    connection.execute(update(changes).where(of_change).values(state=state, review_id=review_id))
    releases = change.held and state is ReviewState.ACCEPTED
    released = release_changes(connection, [change_id], at) if releases else None
    ledger.append(connection, source, ReviewEntry(review, released))
    return review


def lock_change(connection: Connection, change_id: int) -> str:
    """Let nobody else decide on a change until the transaction ends, and return its source.

    Raises NoResultFound for a change that is not known.
    """
    of_change = select(changes.c.source).where(changes.c.id == change_id)
    source: str = connection.execute(of_change).scalar_one()
    ledger.lock_ledger(connection, source)
    return source


def _kept(decision: Decision, before: Review | None) -> tuple[str | None, tuple[str, ...]]:
    """Return note and tags of a decision: those given, else those of the one before."""
    note = before.note if decision.note is None and before else decision.note
    tags = before.tags if decision.tags is None and before else decision.tags or ()
    return note or None, tuple(sorted(set(tags)))


def review_in_force(connection: Connection, change_id: int) -> Review | None:
    """Return the newest decision on a change; None: nobody decided."""
    query = select(table).where(table.c.change_id == change_id).order_by(table.c.id.desc())
    row = connection.execute(query.limit(1)).first()
    return review_of(row) if row else None


def reviews(connection: Connection, change_id: int) -> Iterator[Review]:
    """Yield the decisions on a change, oldest first."""
    query = select(table).where(table.c.change_id == change_id).order_by(table.c.id)
    for row in connection.execute(query):
        yield review_of(row)


def is_dismissed() -> ColumnElement[bool]:
    """Return the term that the newest decision on a change is to dismiss it."""
    return changes.c.state == ReviewState.DISMISSED.value


def review_of(row: Row[Any]) -> Review:
    """Return the decision that a row of its table holds."""
    state, tags = ReviewState(row.state), tuple(row.tags or ())
    return Review(row.id, row.change_id, state, row.note, row.who, row.at, tags)
