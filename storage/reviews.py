"""Decisions of people on changes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from letters.review import Review, ReviewState
from storage import ledger
from storage.insert import insert
from storage.settling import set_held
from storage.tables import changes
from storage.tables import reviews as table


def add_review(
    connection: Connection,
    change_id: int,
    decided: tuple[ReviewState, str | None],
    who: str,
    at: datetime,
) -> Review:
    """Record a decision, state and note, on a change; accepting one that is held releases it."""
    change = connection.execute(select(changes).where(changes.c.id == change_id)).one()
    state, note = decided
    row = {"change_id": change_id, "state": state.value, "note": note, "who": who, "at": at}
    review = Review(insert(connection, table, row), change_id, state, note, who, at)
    facts: dict[str, Any] = {"review": review.as_fact()}
    if change.held and state is ReviewState.ACCEPTED:
        set_held(connection, [change_id], held=False)
        facts["released"] = [change_id]
    ledger.append(connection, change.source, facts)
    return review


def reviews(connection: Connection, change_id: int) -> Iterator[Review]:
    """Yield the decisions on a change, oldest first."""
    query = select(table).where(table.c.change_id == change_id).order_by(table.c.id)
    for row in connection.execute(query):
        yield review_of(row)


def review_of(row: Row[Any]) -> Review:
    """Return the decision that a row of its table tells."""
    return Review(row.id, row.change_id, ReviewState(row.state), row.note, row.who, row.at)
