"""Changes in the order in which people decide on them: the weightiest first, then the newest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, true

from letters.change import Change
from storage.derived.change_filter import ChangeFilter, without_edits
from storage.derived.changes import (
    MOST_READ,
    change_of,
    count_changes,
    edit_terms_of,
    select_changes,
    terms_of,
)
from storage.derived.edit_terms import edits_of
from storage.derived.list_page import Cut, ListPage, cut_query, page_of, read_page
from storage.schema.tables import change_counts
from storage.schema.tables import changes as table

# By index news_by_state_weight, read backwards: the weights' names are in the order of weight.
_ORDER = (table.c.significance, table.c.detected_at, table.c.id)
_BOUNDS = ("kind", "significance", "state")


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The changes that fit a filter, in the order of decisions."""

    wanted: ChangeFilter
    terms: tuple[Any, ...]  # those of columns, so that the index that leaves the fewest is read


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How many changes of a list there are; without its own bound, by what bounds may be set."""

    total: int
    by_kind: dict[str, int]
    by_significance: dict[str, int]
    by_state: dict[str, int] | None  # None: not counted, as edits or a time are wanted
    by_category: dict[str, int]  # of the first `MOST_READ`
    by_detail: dict[tuple[str, str], int]  # by category and detail, of these too
    is_cut: bool  # more than `MOST_READ` would have to be read: what was read is counted


def review_list(connection: Connection, wanted: ChangeFilter) -> ReviewList:
    """Return the list of what is wanted.

    Of few undecided changes the index by state leaves the fewest, of many undecided ones that of a
    source or a kind: neither database knows which, but it is counted.
    """
    by_columns = without_edits(wanted)
    if wanted.state is None or not (wanted.source or wanted.kind):
        return ReviewList(wanted, tuple(terms_of(by_columns)))
    in_state = ChangeFilter(state=wanted.state, baseline=wanted.baseline)
    of_others = ChangeFilter(source=wanted.source, kind=wanted.kind, baseline=wanted.baseline)
    if count_changes(connection, in_state) <= count_changes(connection, of_others):
        return ReviewList(wanted, tuple(terms_of(by_columns)))
    no_index = table.c.state.concat("") == wanted.state.value
    return ReviewList(wanted, (*terms_of(replace(by_columns, state=None)), no_index))


def review_page(
    connection: Connection, listed: ReviewList, cut: Cut, limit: int
) -> ListPage[Change]:
    """Return one page of the list; it is cut by `review_position`.

    Where edits are wanted, `MOST_READ` changes are read at most: the page may have fewer rows than
    `limit`, or none, and say that the list goes on beyond it, where that is on its older side.
    """
    if not listed.wanted.is_of_edits():
        query = cut_query(select_changes().where(*listed.terms), _ORDER, cut)
        return read_page(connection, [query], _read, cut, limit)
    candidates = cut_query(_candidates(listed), _ORDER, cut)
    rows = _having(connection, candidates, listed.wanted)
    rows.sort(key=_place, reverse=not cut.towards_newer)
    ids = [row.id for row in rows[: limit + 1]]
    shown = connection.execute(select_changes().where(table.c.id.in_(ids))).all() if ids else []
    shown = sorted(shown, key=_place, reverse=not cut.towards_newer)
    page = page_of(shown, _read, cut, limit)
    if cut.towards_newer or len(rows) > limit:
        return page
    beyond = _last(connection, candidates)
    return replace(page, has_older=True, older_beyond=beyond) if beyond else page


def next_candidate(connection: Connection, listed: ReviewList, cut: Cut) -> int | None:
    """Return the first change after `cut` of which edits would be read; None: there is none."""
    query = cut_query(_candidates(listed), _ORDER, cut).limit(1)
    return connection.execute(query).scalar()


def review_position(change: Change) -> tuple[str, datetime, int]:
    """Return the position of a change in lists of this order."""
    return change.significance.value, change.detected_at, change.id


def review_counts(connection: Connection, listed: ReviewList) -> ReviewCounts:
    """Return how many changes there are, in all and by each bound that may be set."""
    wanted = listed.wanted
    is_exact = not (wanted.is_of_edits() or wanted.is_timed())
    candidates = _candidates(listed).order_by(*(each.desc() for each in _ORDER))
    edits = _edits(connection, candidates, wanted)
    counted = (
        _kept(connection, wanted) if is_exact else _read_counts(connection, candidates, wanted)
    )
    bounds = {name: getattr(wanted, name) for name in _BOUNDS}
    by = {name: _by(counted, bounds, name) for name in _BOUNDS}
    total = sum(_by(counted, bounds, "").values())
    is_cut = total > MOST_READ if is_exact else bool(_last(connection, candidates))
    categories = Counter(category for _, category in {(each.id, each.category) for each in edits})
    details = Counter((each.category, each.detail) for each in edits if each.detail)
    by_state = by["state"] if is_exact else None
    weights = by["kind"], by["significance"]
    return ReviewCounts(total, *weights, by_state, dict(categories), dict(details), is_cut)


def _candidates(listed: ReviewList) -> Select[Any]:
    """Return the query for the changes of which edits are read; it has no order yet."""
    return select(table.c.id).where(*listed.terms).limit(MOST_READ)


def _having(connection: Connection, candidates: Select[Any], wanted: ChangeFilter) -> list[Any]:
    terms = table.c.id.in_(candidates), *edit_terms_of(wanted)
    return list(connection.execute(select(*_ORDER).where(*terms)))


def _last(connection: Connection, candidates: Select[Any]) -> tuple[Any, ...] | None:
    """Return the position of the last candidate, beyond which there may be others; else None."""
    last = candidates.with_only_columns(*_ORDER).offset(MOST_READ - 1).limit(1)
    row = connection.execute(last).first()
    return tuple(row) if row else None


def _edits(connection: Connection, candidates: Select[Any], wanted: ChangeFilter) -> list[Any]:
    """Return category and detail of the edits of each change, each once."""
    edit = edits_of(table.c.edits)
    category, detail = (edit.c.value[name].as_string() for name in ("category", "detail"))
    columns = table.c.id, category.label("category"), detail.label("detail")
    query = select(*columns).distinct().select_from(table).join(edit, true())
    terms = table.c.id.in_(candidates), *edit_terms_of(wanted)
    return list(connection.execute(query.where(*terms)))


def _kept(connection: Connection, wanted: ChangeFilter) -> list[Any]:
    """Return what is counted anyway, by all bounds."""
    columns = [change_counts.c[name] for name in _BOUNDS]
    query = select(*columns, func.sum(change_counts.c.count).label("number")).group_by(*columns)
    exact = {"source": wanted.source, "baseline": wanted.baseline}
    terms = [change_counts.c[name] == value for name, value in exact.items() if value is not None]
    return list(connection.execute(query.where(*terms)))


def _read_counts(
    connection: Connection, candidates: Select[Any], wanted: ChangeFilter
) -> list[Any]:
    """Return the counts of what was read, by all bounds: those that are set have one value."""
    columns = [table.c[name] for name in _BOUNDS]
    terms = table.c.id.in_(candidates), *edit_terms_of(wanted)
    counted = select(*columns, func.count().label("number")).where(*terms)
    return list(connection.execute(counted.group_by(*columns)))


def _by(counted: Sequence[Any], bounds: dict[str, Any], name: str) -> dict[str, int]:
    """Return the counts by the values of `name`, as all bounds but that of `name` are set."""
    others = {key: value for key, value in bounds.items() if key != name and value is not None}
    numbers = Counter[str]()
    for row in counted:
        if all(getattr(row, key) == value for key, value in others.items()):
            numbers[getattr(row, name) if name else ""] += int(row.number)
    return {key: number for key, number in numbers.items() if number}


def _place(row: Row[Any]) -> tuple[Any, ...]:
    return row.significance, row.detected_at, row.id


def _read(rows: Sequence[Row[Any]]) -> list[Change]:
    return [change_of(row) for row in rows]
