"""A page of a list, cut beside a row and never by a count: rows that are added shift nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, tuple_

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins: beside a row that it leaves out, or at an end of the list."""

    position: tuple[Any, ...] | None = None  # what that row is sorted by; None: an end
    towards_newer: bool = False  # the page is on the newer side of the position, else on the older


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Listed]):
    """Some rows of a list, the newest first, and whether there are others around them."""

    rows: tuple[Listed, ...]
    has_newer: bool
    has_older: bool
    # Where a search was cut short beyond the newest or oldest row: None, where it was not. The
    # page may be empty then, and others lie there, or none.
    newer_beyond: tuple[Any, ...] | None = None
    older_beyond: tuple[Any, ...] | None = None


def cut_query(query: Select[Any], order: Sequence[ColumnElement[Any]], cut: Cut) -> Select[Any]:
    """Return `query` for the rows on one side of `cut`, those next to it first.

    The columns of `order` are never null; an index that has them in this order is read as it is.
    """
    if cut.position is not None:
        key, at = tuple_(*order), tuple_(*cut.position, types=[each.type for each in order])
        query = query.where(key > at if cut.towards_newer else key < at)
    return query.order_by(*(each if cut.towards_newer else each.desc() for each in order))


def read_page(
    connection: Connection,
    parts: Iterable[Select[Any]],
    read: Callable[[Sequence[Row[Any]]], Sequence[Listed]],
    cut: Cut,
    limit: int,
) -> ListPage[Listed]:
    """Return the first `limit` rows of `parts`, one part after another, as `read` reads them."""
    rows: list[Row[Any]] = []
    for part in parts:
        if len(rows) <= limit:
            rows += connection.execute(part.limit(limit + 1 - len(rows)))
    return page_of(rows, read, cut, limit)


def page_of(
    rows: Sequence[Row[Any]],
    read: Callable[[Sequence[Row[Any]]], Sequence[Listed]],
    cut: Cut,
    limit: int,
) -> ListPage[Listed]:
    """Return the page of `limit` rows that begins with `rows`, those next to `cut` first.

    Where `rows` are more, the list goes on.
    """
    has_more, shown = len(rows) > limit, rows[:limit]
    is_cut = cut.position is not None
    if cut.towards_newer:
        return ListPage(tuple(read(shown[::-1])), has_newer=has_more, has_older=is_cut)
    return ListPage(tuple(read(shown)), has_newer=is_cut, has_older=has_more)
