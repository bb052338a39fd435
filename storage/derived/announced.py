"""Changes in the order in which they were announced, a page at a time.

A page is cut by the place of an entry, never by a count: it stays as it is while new changes come.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from letters.change import Change
from storage.derived.changes import ChangeFilter, change_of, select_changes, terms_of
from storage.facts.reviews import dismissed_ids
from storage.schema.tables import changes, reviews

_ORDER = (changes.c.announced_at, changes.c.id)


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Where a change stands in the order in which changes were announced."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Announced:
    """Some changes in a row, those announced last first, and whether there are others around."""

    changes: tuple[Change, ...]
    has_newer: bool
    has_older: bool


def announced(
    connection: Connection,
    wanted: ChangeFilter,
    limit: int,
    *,
    before: FeedPosition | None = None,
    after: FeedPosition | None = None,
) -> Announced:
    """Return the changes that were announced last, neither held nor dismissed.

    With `before` they are those next to a place that were announced before it, with `after`
    those next to it that were announced after it.
    """
    if after:
        oldest_first = _newer(wanted, after).order_by(*_ORDER).limit(limit)
        found = tuple(reversed([change_of(row) for row in connection.execute(oldest_first)]))
    else:
        older = _older(wanted, before) if before else _told(wanted)
        rows = connection.execute(_newest_first(older).limit(limit))
        found = tuple(change_of(row) for row in rows)
    return Announced(
        found,
        has_newer=bool(found) and _is_any(connection, _newer(wanted, place_of(found[0]))),
        has_older=bool(found) and _is_any(connection, _older(wanted, place_of(found[-1]))),
    )


def place_of(change: Change) -> FeedPosition:
    """Return where a change stands."""
    return FeedPosition(change.announced_at or change.detected_at, change.id)


def last_review_at(connection: Connection) -> datetime | None:
    """Return when somebody last decided on a change: what is announced may differ since."""
    found: datetime | None = connection.execute(select(func.max(reviews.c.at))).scalar()
    return found


def _told(wanted: ChangeFilter) -> Select[Any]:
    is_told = changes.c.held.is_(False), changes.c.id.not_in(dismissed_ids())
    return select_changes().where(*terms_of(wanted), *is_told)


def _older(wanted: ChangeFilter, place: FeedPosition) -> Select[Any]:
    return _told(wanted).where(tuple_(*_ORDER) < _at(place))


def _newer(wanted: ChangeFilter, place: FeedPosition) -> Select[Any]:
    return _told(wanted).where(tuple_(*_ORDER) > _at(place))


def _at(place: FeedPosition) -> ColumnElement[Any]:
    return tuple_(place.at, place.id, types=[column.type for column in _ORDER])


def _newest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(*(column.desc() for column in _ORDER))


def _is_any(connection: Connection, query: Select[Any]) -> bool:
    return connection.execute(query.with_only_columns(changes.c.id).limit(1)).first() is not None
