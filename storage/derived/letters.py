"""Query letters: by a reference or a filter, with their versions and the visits to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from letters.identity import is_same_letter
from letters.letter import Letter
from letters.letter_record import Cause, LetterRecord, Status, Version
from letters.search_text import Search
from letters.urls import url_dated_on, url_key
from letters.visit_span import VisitOutcome, VisitSpan
from storage.derived.file_texts import with_file_texts
from storage.derived.newest import newest_version
from storage.derived.search import select_found
from storage.schema.letter_codec import unpack
from storage.schema.tables import addresses as addresses_table
from storage.schema.tables import letters as letters_table
from storage.schema.tables import (
    snapshots,
)
from storage.schema.tables import versions as versions_table
from storage.schema.tables import visits as visits_table


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are wanted; None: all."""

    source: str | None = None
    search: Search | None = None  # words in a version's fields and text, or in a file
    status: Status | None = None


def letters(
    connection: Connection, wanted: LetterFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[LetterRecord]:
    """Yield the letters on record, newest listed first."""
    table = letters_table
    query = _select_letters().order_by(table.c.listed_on.desc().nulls_last(), table.c.id)
    query = query.where(*_letter_terms(connection, wanted)).limit(limit).offset(offset)
    for row in connection.execution_options(yield_per=200).execute(query):
        yield _letter_record(connection, row)


def count_letters(connection: Connection, wanted: LetterFilter) -> int:
    """Return how many letters `letters` would yield."""
    query = (
        select(func.count()).select_from(letters_table).where(*_letter_terms(connection, wanted))
    )
    return connection.execute(query).scalar_one()


def count_letters_of(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are on record."""
    return count_letters(connection, LetterFilter(source=source))


def letter(connection: Connection, letter_id: int) -> LetterRecord | None:
    """Return one letter with its newest version, or None."""
    row = connection.execute(_select_letters().where(letters_table.c.id == letter_id)).first()
    return _letter_record(connection, row) if row else None


def versions(connection: Connection, letter_id: int) -> list[Version]:
    """Return a letter's versions, oldest first."""
    table = versions_table
    query = (
        select(table, snapshots.c.url, snapshots.c.sha256)
        .join(snapshots, snapshots.c.id == table.c.snapshot_id)
        .where(table.c.letter_id == letter_id)
        .order_by(table.c.number)
    )
    return [_version(connection, row) for row in connection.execute(query)]


def version(connection: Connection, letter_id: int, number: int) -> Version | None:
    """Return one version of a letter, or None."""
    table = versions_table
    query = select(table, snapshots.c.url, snapshots.c.sha256).join(
        snapshots, snapshots.c.id == table.c.snapshot_id
    )
    numbered = query.where(table.c.letter_id == letter_id, table.c.number == number)
    row = connection.execute(numbered).first()
    return _version(connection, row) if row else None


def visits(connection: Connection, letter_id: int) -> list[VisitSpan]:
    """Return the visits to a letter, oldest first.

    An address may have been given to another letter: its visits are divided by when that
    was first seen.
    """
    row = connection.execute(select(letters_table).where(letters_table.c.id == letter_id)).one()
    is_address = or_(
        addresses_table.c.letter_id == letter_id, addresses_table.c.id == row.address_id
    )
    heir = letters_table.alias("heir")
    before = letters_table.alias("before")
    was_there = (before.c.address_id == addresses_table.c.id) & (before.c.id != heir.c.id)
    query = (
        select(visits_table, heir.c.id.label("heir"), heir.c.first_seen, before.c.id.label("old"))
        .join(addresses_table, addresses_table.c.id == visits_table.c.address_id)
        .join(heir, heir.c.id == addresses_table.c.letter_id)
        .outerjoin(before, was_there & (before.c.source == row.source))
        .where(is_address)
        .order_by(visits_table.c.first_at, visits_table.c.id)
    )
    return [
        VisitSpan(VisitOutcome(each.outcome), each.reason, each.first_at, each.last_at, each.looks)
        for each in connection.execute(query)
        if each.old is None or (each.heir == letter_id) == (each.last_at >= each.first_seen)
    ]


def _letter_terms(connection: Connection, wanted: LetterFilter) -> list[Any]:
    table = letters_table
    terms: list[Any] = []
    if wanted.source:
        terms.append(table.c.source == wanted.source)
    if wanted.status:
        terms.append(table.c.status == wanted.status.value)
    if wanted.search and wanted.search.words:
        terms.append(table.c.id.in_(select_found(connection, wanted.search, wanted.source)))
    return terms


def _select_letters() -> Select[Any]:
    newest = and_(
        versions_table.c.letter_id == letters_table.c.id,
        versions_table.c.number == letters_table.c.version,
    )
    present = addresses_table.c.id == letters_table.c.address_id
    every = versions_table.alias("every")
    of_letter = select(func.count()).where(every.c.letter_id == letters_table.c.id)
    columns = versions_table.c.letter, addresses_table.c.key, addresses_table.c.url
    query = select(letters_table, *columns, of_letter.scalar_subquery().label("versions"))
    return query.join(versions_table, newest).join(addresses_table, present)


def _letter_record(connection: Connection, row: Row[Any]) -> LetterRecord:
    return LetterRecord(
        id=row.id,
        source=row.source,
        status=Status(row.status),
        letter=_at_present_address(with_file_texts(connection, unpack(row.letter)), row),
        listed_on=row.listed_on,
        twins=_twin_ids(connection, row),
        version=row.version,
        versions=row.versions,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
    )


def _at_present_address(letter: Letter, row: Row[Any]) -> Letter:
    """Return `letter` with the URL of its present address; its page may bear an older one."""
    if url_key(letter.url) == row.key:
        return letter
    return replace(letter, url=row.url, url_dated_on=url_dated_on(row.url))


def _twin_ids(connection: Connection, row: Row[Any]) -> tuple[int, ...]:
    if row.subject is None:
        return ()
    table = letters_table
    alike = [
        table.c[name].is_not_distinct_from(row._mapping[name])  # noqa: SLF001 - SQLAlchemy's public name
        for name in ("number", "session", "subject")
    ]
    live = table.c.status != Status.WITHDRAWN.value
    query = select(table.c.id).where(*alike, live, table.c.id != row.id).order_by(table.c.id)
    others = tuple(connection.execute(query).scalars())
    if row.number and row.session:
        return others
    letter = unpack(row.letter)  # a subject alone names no paper
    return tuple(
        each for each in others if is_same_letter(newest_version(connection, each).letter, letter)
    )


def _version(connection: Connection, row: Row[Any]) -> Version:
    return Version(
        letter_id=row.letter_id,
        number=row.number,
        cause=Cause(row.cause),
        seen_at=row.seen_at,
        url=row.url,
        evidence=row.sha256,
        parser=row.parser,
        letter=with_file_texts(connection, unpack(row.letter)),
    )
