"""Query recorded changes: by time, source, kind, significance, state, letter."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from heapq import merge
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

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

MOST_READ = 2000  # changes whose edits are read for one page, at most: some 10 ms
_BLOCK = 200  # rows that are fetched at once
_COUNTED = ("source", "kind", "significance", "baseline", "state")
_ORDER = (changes_table.c.detected_at, changes_table.c.id)


def changes(connection: Connection, wanted: ChangeFilter) -> Iterator[Change]:
    """Yield recorded changes, newest first."""
    # Those of one letter are few: a cursor on a server would take longer than they do.
    options = {} if wanted.letter_id is not None else {"yield_per": _BLOCK}
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
    """Return one page of the list of changes; it is cut by `change_position`.

    Where edits are wanted, `MOST_READ` changes are read at most: the page may have fewer rows than
    `limit`, or none, and say that the list goes on beyond it.
    """
    if wanted.is_of_edits():
        return _page_of_edits(connection, wanted, cut, limit)
    streams = [
        connection.execute(query.limit(limit + 1)).all()
        for query in _queries(connection, wanted, cut)
    ]
    rows = list(merge(*streams, key=_position, reverse=not cut.towards_newer))
    return page_of(rows, _read, cut, limit)


def _page_of_edits(
    connection: Connection, wanted: ChangeFilter, cut: Cut, limit: int
) -> ListPage[Change]:
    streams = [
        connection.execute(query.with_only_columns(*_ORDER).limit(MOST_READ)).all()
        for query in _queries(connection, without_edits(wanted), cut)
    ]
    newest_first = not cut.towards_newer
    read = list(merge(*streams, key=_position, reverse=newest_first))[:MOST_READ]
    fitting = ids_with_edits(connection, wanted, [row.id for row in read])[: limit + 1]
    rows = sorted(rows_of(connection, fitting), key=_position, reverse=newest_first)
    page = page_of(rows, _read, cut, limit)
    if len(fitting) > limit or len(read) < MOST_READ:
        return page
    if cut.towards_newer:
        return replace(page, has_newer=True, newer_beyond=_position(read[-1]))
    return replace(page, has_older=True, older_beyond=_position(read[-1]))


def ids_with_edits(connection: Connection, wanted: ChangeFilter, ids: Sequence[int]) -> list[int]:
    """Return those of `ids`, in their order, whose changes have the edits that are wanted."""
    if not (ids and wanted.is_of_edits()):
        return list(ids)
    query = select(changes_table.c.id).where(changes_table.c.id.in_(ids), *edit_terms_of(wanted))
    having = set(connection.execute(query).scalars())
    return [each for each in ids if each in having]


def rows_of(connection: Connection, ids: Sequence[int]) -> list[Row[Any]]:
    """Return the rows of some changes, in no order."""
    query = select_changes().where(changes_table.c.id.in_(ids))
    return list(connection.execute(query)) if ids else []


def change_position(change: Change) -> tuple[datetime, int]:
    """Return the position of a change in lists of changes."""
    return change.detected_at, change.id


def _position(row: Any) -> tuple[datetime, int]:
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


def _read(rows: Sequence[Row[Any]]) -> list[Change]:
    return [change_of(row) for row in rows]


def _review_of(row: Row[Any]) -> Review | None:
    if row.review_id is None:
        return None
    state, tags = ReviewState(row.state), tuple(row.review_tags or ())
    note, who, at = row.review_note, row.review_who, row.review_at
    return Review(row.review_id, row.id, state, note, who, at, tags)
