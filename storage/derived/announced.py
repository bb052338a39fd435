"""Query changes in the order in which they were announced, a page at a time.

A page is cut by the position of a change, never by a count: new changes do not shift it.
"""

from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from letters.change import Change
from storage.derived.change_filter import ChangeFilter, without_edits
from storage.derived.changes import (
    MOST_READ,
    change_of,
    ids_with_edits,
    rows_of,
    select_changes,
    terms_of,
)
from storage.facts.reviews import is_dismissed
from storage.schema.tables import changes, reviews

_ORDER = (changes.c.announced_at, changes.c.id)


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Position of a change in the order in which changes were announced."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Announced:
    """Some changes in a row, those announced last first, and whether there are others around."""

    changes: tuple[Change, ...]
    has_newer: bool
    has_older: bool
    # How far changes were read, where that is farther than those that are given.
    newer_beyond: FeedPosition | None = None
    older_beyond: FeedPosition | None = None


def announced(
    connection: Connection,
    wanted: ChangeFilter,
    limit: int,
    *,
    before: FeedPosition | None = None,
    after: FeedPosition | None = None,
) -> Announced:
    """Return the changes that were announced last, neither held nor dismissed.

    With `before` they are those next to a position that were announced before it, with `after`
    those next to it that were announced after it. Where edits are wanted, `MOST_READ` changes are
    read at most: there may be fewer than `limit`, or none, and others beyond all the same.
    """
    if wanted.is_of_edits():
        return _announced_with_edits(connection, wanted, limit, before, after)
    if after:
        oldest_first = _newer(wanted, after).order_by(*_ORDER).limit(limit)
        page = tuple(reversed([change_of(row) for row in connection.execute(oldest_first)]))
    else:
        older = _older(wanted, before) if before else _announced(wanted)
        rows = connection.execute(_newest_first(older).limit(limit))
        page = tuple(change_of(row) for row in rows)
    return Announced(
        page,
        has_newer=bool(page) and _is_any(connection, _newer(wanted, position_of(page[0]))),
        has_older=bool(page) and _is_any(connection, _older(wanted, position_of(page[-1]))),
    )


def _announced_with_edits(
    connection: Connection,
    wanted: ChangeFilter,
    limit: int,
    before: FeedPosition | None,
    after: FeedPosition | None,
) -> Announced:
    columns = without_edits(wanted)
    if after:
        query = _newer(columns, after).order_by(*_ORDER)
    else:
        query = _newest_first(_older(columns, before) if before else _announced(columns))
    read = connection.execute(query.with_only_columns(*_ORDER).limit(MOST_READ)).all()
    if not read:
        return Announced((), has_newer=False, has_older=False)
    fitting = ids_with_edits(connection, wanted, [row.id for row in read])
    ids = fitting[:limit]
    ends = _row_position(read[0]), _row_position(read[-1])
    if len(fitting) > limit:
        last = next((row for row in read if row.id == ids[-1]), read[0])
        ends = ends[0], _row_position(last)
    newest, oldest = reversed(ends) if after else ends
    rows = map(change_of, rows_of(connection, ids))
    return Announced(
        tuple(sorted(rows, key=lambda each: astuple(position_of(each)), reverse=True)),
        has_newer=_is_any(connection, _newer(columns, newest)),
        has_older=_is_any(connection, _older(columns, oldest)),
        newer_beyond=newest,
        older_beyond=oldest,
    )


def position_of(change: Change) -> FeedPosition:
    """Return the position of a change."""
    return FeedPosition(change.announced_at or change.detected_at, change.id)


def last_announced_at(connection: Connection, wanted: ChangeFilter) -> datetime | None:
    """Return when the last change was announced, whatever was decided on it since.

    So it goes only on. What is wanted of edits and decisions does not count.
    """
    columns = replace(without_edits(wanted), state=None)
    query = select_changes().where(*terms_of(columns), changes.c.held.is_(False))
    newest = _newest_first(query).with_only_columns(changes.c.announced_at).limit(1)
    at: datetime | None = connection.execute(newest).scalar()
    return at


def last_review_at(connection: Connection) -> datetime | None:
    """Return when somebody last decided on a change: what is announced may differ since."""
    newest = select(reviews.c.at).order_by(reviews.c.id.desc()).limit(1)
    decided_at: datetime | None = connection.execute(newest).scalar()
    return decided_at


def _row_position(row: Any) -> FeedPosition:
    return FeedPosition(row.announced_at, row.id)


def _announced(wanted: ChangeFilter) -> Select[Any]:
    is_announced = changes.c.held.is_(False), ~is_dismissed()
    return select_changes().where(*terms_of(wanted), *is_announced)


def _older(wanted: ChangeFilter, position: FeedPosition) -> Select[Any]:
    return _announced(wanted).where(tuple_(*_ORDER) < _at(position))


def _newer(wanted: ChangeFilter, position: FeedPosition) -> Select[Any]:
    return _announced(wanted).where(tuple_(*_ORDER) > _at(position))


def _at(position: FeedPosition) -> ColumnElement[Any]:
    return tuple_(position.at, position.id, types=[column.type for column in _ORDER])


def _newest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(*(column.desc() for column in _ORDER))


def _is_any(connection: Connection, query: Select[Any]) -> bool:
    return connection.execute(query.with_only_columns(changes.c.id).limit(1)).first() is not None
