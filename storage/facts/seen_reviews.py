"""Decisions of people who see what was decided before: refused where that was not the last."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from letters.review import Decision, Review, ReviewState
from storage.facts.reviews import add_review, lock_change, review_in_force, review_of
from storage.schema.tables import changes, reviews

_RECENT = 200  # newest decisions of all people, among which those of one are searched for


class DecidedMeanwhileError(Exception):
    """Raised where another decision on a change is in force than the one that a person saw."""

    def __init__(self, change_id: int, review: Review | None) -> None:
        super().__init__(f"another decided on change {change_id} meanwhile")
        self.change_id = change_id
        self.review = review  # the one in force


@dataclass(frozen=True, slots=True)
class SeenChange:
    """A change, as somebody saw it who decides on it."""

    id: int
    review_id: int | None  # the decision that was in force; None: there was none


@dataclass(frozen=True, slots=True)
class RecentReviews:
    """What a person decided at once, as far as it is still in force."""

    state: ReviewState
    at: datetime  # UTC
    reviews: tuple[Review, ...]  # one or more


def decide(
    connection: Connection, seen: SeenChange, decision: Decision, who: str, at: datetime
) -> Review:
    """Record a decision on a change, and return it; raise DecidedMeanwhileError.

    The same decision of the same person is not recorded twice: what was sent again because no
    answer came is answered by the first.
    """
    lock_change(connection, seen.id)
    in_force = review_in_force(connection, seen.id)
    if (in_force.id if in_force else None) == seen.review_id:
        return add_review(connection, seen.id, decision, who, at)
    if in_force and in_force.who == who and _is_same(in_force, decision):
        return in_force
    raise DecidedMeanwhileError(seen.id, in_force)


def undo(connection: Connection, review: Review, who: str, at: datetime) -> Review:
    """Decide as it was decided before `review`; raise DecidedMeanwhileError."""
    before = review_before(connection, review)
    decision = Decision(ReviewState.OPEN, "", ())
    if before:
        decision = Decision(before.state, before.note or "", before.tags)
    return decide(connection, SeenChange(review.change_id, review.id), decision, who, at)


def review_by_id(connection: Connection, review_id: int) -> Review | None:
    """Return one decision, or None."""
    row = connection.execute(select(reviews).where(reviews.c.id == review_id)).first()
    return review_of(row) if row else None


def review_before(connection: Connection, review: Review) -> Review | None:
    """Return the decision on the same change before `review`; None: there was none."""
    earlier = reviews.c.change_id == review.change_id, reviews.c.id < review.id
    query = select(reviews).where(*earlier).order_by(reviews.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return review_of(row) if row else None


def recent_reviews(connection: Connection, who: str, limit: int) -> list[RecentReviews]:
    """Return what `who` decided last and is in force, the newest first; nothing taken back."""
    newest: Any = select(reviews).order_by(reviews.c.id.desc()).limit(_RECENT).subquery()
    is_in_force = changes.c.review_id == newest.c.id
    query = select(newest).join(changes, (changes.c.id == newest.c.change_id) & is_in_force)
    wanted = newest.c.who == who, newest.c.state != ReviewState.OPEN.value
    rows = connection.execute(query.where(*wanted)).all()
    found = sorted(map(review_of, rows), key=lambda each: -each.id)
    groups = groupby(found, key=lambda each: (each.state, each.at))
    return [RecentReviews(*key, tuple(group)) for key, group in groups][:limit]


def _is_same(review: Review, decision: Decision) -> bool:
    """Return whether a decision says what was decided; what it leaves out stays as it was."""
    return (
        review.state is decision.state
        and decision.note in {None, review.note or ""}
        and (decision.tags is None or review.tags == tuple(sorted(set(decision.tags))))
    )
