"""Query recorded changes: by time, source, kind, significance, state, letter."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select

from letters.change import (
    Change,
    ChangeKind,
    LetterRef,
    Significance,
    Window,
    edit_from_json,
)
from letters.review import Review, ReviewState
from storage.derived.change_filter import ChangeFilter, without_edits
from storage.derived.edit_terms import has_edit, is_tagged, says
from storage.derived.list_page import Cut, ListPage, cut_query, page_of
from storage.schema.tables import addresses as addresses_table
from storage.schema.tables import change_counts
from storage.schema.tables import changes as changes_table
from storage.schema.tables import letters as letters_table
from storage.schema.tables import reviews as reviews_table
from storage.schema.utc_datetime import UtcDateTime

_BLOCK = 200  # rows that are fetched at once
_COUNTED = ("source", "kind", "significance", "baseline", "state")
_ORDER = (changes_table.c.detected_at, changes_table.c.id)
# The beginning of the quarter of an hour of a moment; SQLite has moments as text.
_QUARTERS = {
    "sqlite": "substr(detected_at, 1, 14) || printf('%02d', substr(detected_at, 15, 2) / 15 * 15)"
    " || ':00.000000'",
    "postgresql": "date_bin('15 minutes', detected_at, timestamp '2000-01-01')",
}


def changes(connection: Connection, wanted: ChangeFilter) -> Iterator[Change]:
    """Yield recorded changes, newest first."""
    options = {"yield_per": _BLOCK}
    with ExitStack() as opened:  # what a server keeps open for a query is to be closed
        streams = [
            opened.enter_context(connection.execute(query, execution_options=options))
            for query in _queries(connection, wanted, Cut())
        ]
        for row in merge(*streams, key=_position, reverse=True):
            yield change_of(row)


def change_page(
    connection: Connection, wanted: ChangeFilter, cut: Cut, limit: int
) -> ListPage[Change]:
    """Return one page of the list of changes; it is cut by `change_position`."""
    streams = [
        connection.execute(query.limit(limit + 1)).all()
        for query in _queries(connection, wanted, cut)
    ]
    rows = list(merge(*streams, key=_position, reverse=not cut.towards_newer))
    return page_of(rows, lambda shown: [change_of(row) for row in shown], cut, limit)


def change_position(change: Change) -> tuple[datetime, int]:
    """Return the position of a change in lists of changes."""
    return change.detected_at, change.id


def _position(row: Row[Any]) -> tuple[datetime, int]:
    return row.detected_at, row.id


def _queries(connection: Connection, wanted: ChangeFilter, cut: Cut) -> list[Select[Any]]:
    """Return the queries whose rows, merged, are those of a list: of news, of first crawls.

    Each has indexes of its own. One that has no row, by what is counted, is left out: to see that
    it has none might be to walk all letters of first crawls.
    """
    if wanted.letter_id is not None or wanted.baseline is not None:
        kinds = [wanted]
    else:
        both = (replace(wanted, baseline=each) for each in (False, True))
        kinds = [each for each in both if count_changes(connection, _ever(each))]
    queries = (select_changes().where(*terms_of(each)) for each in kinds)
    return [cut_query(query, _ORDER, cut) for query in queries]


def _ever(wanted: ChangeFilter) -> ChangeFilter:
    return replace(without_edits(wanted), since=None, until=None)


def count_changes(connection: Connection, wanted: ChangeFilter, *, most: int | None = None) -> int:
    """Return how many changes there are: at once, unless a time, a letter or edits are wanted.

    Then they are counted up to `most`; None: all of them.
    """
    if wanted.is_timed() or wanted.is_of_edits() or wanted.letter_id is not None:
        some = select(changes_table.c.id).where(*terms_of(wanted)).limit(most).subquery()
        return connection.execute(select(func.count()).select_from(some)).scalar_one()
    kept = select(func.coalesce(func.sum(change_counts.c.count), 0))
    exact = ((name, getattr(wanted, name)) for name in _COUNTED)
    terms = [change_counts.c[name] == value for name, value in exact if value is not None]
    return int(connection.execute(kept.where(*terms)).scalar_one())


def changes_by_kind(
    connection: Connection,
) -> dict[tuple[ChangeKind, Significance, bool], int]:
    """Return how many changes there are, by kind, weight and whether of a first crawl."""
    names = ("kind", "significance", "baseline")
    columns = [change_counts.c[name] for name in names]
    counted = select(*columns, func.sum(change_counts.c.count).label("sum")).group_by(*columns)
    return {
        (ChangeKind(row.kind), Significance(row.significance), row.baseline): int(row.sum)
        for row in connection.execute(counted)
    }


def news_by_time(
    connection: Connection, since: datetime
) -> Iterator[tuple[datetime, Significance, int]]:
    """Yield how many changes of each weight were detected since `since`; no baseline ones.

    They are counted by quarters of an hour, at which the days of all time zones begin.
    """
    table = changes_table
    quarter = literal_column(_QUARTERS[connection.dialect.name], UtcDateTime).label("quarter")
    of_time = table.c.detected_at >= since, table.c.baseline.is_(False)
    query = select(quarter, table.c.significance, func.count()).where(*of_time)
    for at, significance, count in connection.execute(query.group_by("quarter", "significance")):
        yield at, Significance(significance), count


def change(connection: Connection, change_id: int) -> Change | None:
    """Return one change, or None."""
    row = connection.execute(select_changes().where(changes_table.c.id == change_id)).first()
    return change_of(row) if row else None


def terms_of(wanted: ChangeFilter) -> list[Any]:
    """Return the WHERE terms of a filter."""
    table = changes_table
    terms: list[Any] = []
    if wanted.since:
        terms.append(table.c.detected_at >= wanted.since)
    if wanted.until:
        terms.append(table.c.detected_at < wanted.until)
    if wanted.baseline is not None:
        terms.append(table.c.baseline.is_(wanted.baseline))
    exact = {
        name: getattr(wanted, name)
        for name in ("source", "kind", "significance", "letter_id", "state")
    }
    terms += [table.c[name] == value for name, value in exact.items() if value is not None]
    return terms + edit_terms_of(wanted)


def edit_terms_of(wanted: ChangeFilter) -> list[Any]:
    """Return the WHERE terms of a filter that are of what no column holds."""
    terms = []
    if wanted.category or wanted.detail:
        terms.append(has_edit(wanted.category, wanted.detail))
    if wanted.text:
        terms.append(says(wanted.text))
    if wanted.tag:
        terms.append(is_tagged(wanted.tag))
    return terms


def select_changes() -> Select[Any]:
    """Return the query for changes with what is said of their letters, and the review in force."""
    table = letters_table
    columns = (
        *(table.c[name] for name in ("title", "number", "subject", "addressees", "listed_on")),
        addresses_table.c.url,
    )
    review = (
        reviews_table.c[name].label(f"review_{name}") for name in ("note", "who", "at", "tags")
    )
    return (
        select(changes_table, *columns, *review)
        .join(table, table.c.id == changes_table.c.letter_id)
        .join(addresses_table, addresses_table.c.id == table.c.address_id)
        .outerjoin(reviews_table, reviews_table.c.id == changes_table.c.review_id)
    )


def change_of(row: Row[Any]) -> Change:
    """Return the change that a row of `select_changes` holds."""
    return Change(
        id=row.id,
        letter=LetterRef(
            row.letter_id,
            row.url,
            row.title,
            row.number,
            row.source,
            subject=row.subject,
            addressees=tuple(row.addressees),
            listed_on=row.listed_on,
        ),
        kind=ChangeKind(row.kind),
        baseline=row.baseline,
        significance=Significance(row.significance),
        held=row.held,
        from_version=row.from_version,
        to_version=row.to_version,
        detected_at=row.detected_at,
        window=Window(row.after, row.before),
        edits=tuple(edit_from_json(edit).legible() for edit in row.edits),
        reason=row.reason,
        announced_at=row.announced_at,
        review=_review_of(row),
    )


def _review_of(row: Row[Any]) -> Review | None:
    if row.review_id is None:
        return None
    state, tags = ReviewState(row.state), tuple(row.review_tags or ())
    note, who, at = row.review_note, row.review_who, row.review_at
    return Review(row.review_id, row.id, state, note, who, at, tags)
