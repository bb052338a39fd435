"""Query recorded changes: by time, source, kind, significance, letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from letters.change import Change, ChangeKind, LetterRef, Significance, Window, edit_from_json
from storage.schema.tables import addresses as addresses_table
from storage.schema.tables import changes as changes_table
from storage.schema.tables import letters as letters_table


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are wanted; None: all."""

    since: datetime | None = None  # detected at or after
    until: datetime | None = None  # detected before
    source: str | None = None
    kind: ChangeKind | None = None
    significance: Significance | None = None
    letter_id: int | None = None
    baseline: bool | None = None  # True: letters of first crawls only; False: all but these


def changes(
    connection: Connection, wanted: ChangeFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[Change]:
    """Yield recorded changes, newest first."""
    table = changes_table
    query = select_changes().where(*terms_of(wanted)).limit(limit).offset(offset)
    newest = query.order_by(table.c.detected_at.desc(), table.c.id.desc())
    for row in connection.execution_options(yield_per=200).execute(newest):
        yield change_of(row)


def count_changes(connection: Connection, wanted: ChangeFilter) -> int:
    """Return how many changes `changes` would yield."""
    query = select(func.count()).select_from(changes_table).where(*terms_of(wanted))
    return connection.execute(query).scalar_one()


def moments(connection: Connection, since: datetime) -> Iterator[tuple[datetime, Significance]]:
    """Yield when each change since `since` was detected, and its weight; no baseline ones."""
    table = changes_table
    query = select(table.c.detected_at, table.c.significance).where(
        table.c.detected_at >= since, table.c.baseline.is_(False)
    )
    for row in connection.execute(query):
        yield row.detected_at, Significance(row.significance)


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
        name: getattr(wanted, name) for name in ("source", "kind", "significance", "letter_id")
    }
    terms += [table.c[name] == value for name, value in exact.items() if value is not None]
    return terms


def select_changes() -> Select[Any]:
    """Return the query for changes with title, number and URL of their letters."""
    table = letters_table
    columns = (table.c.title, table.c.number, addresses_table.c.url)
    return (
        select(changes_table, *columns)
        .join(table, table.c.id == changes_table.c.letter_id)
        .join(addresses_table, addresses_table.c.id == table.c.address_id)
    )


def change_of(row: Row[Any]) -> Change:
    """Return the change that a row of `select_changes` holds."""
    return Change(
        id=row.id,
        letter=LetterRef(row.letter_id, row.url, row.title, row.number, row.source),
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
    )
