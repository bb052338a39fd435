"""Query one letter, its versions and the visits to it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from letters.letter import Letter
from letters.letter_record import Cause, LetterRecord, Status, Version
from letters.urls import url_dated_on, url_key
from letters.visit_span import VisitOutcome, VisitSpan
from storage.derived.file_texts import all_with_file_texts, with_file_texts
from storage.derived.plain_letters import LETTERS, paper_of
from storage.derived.twins import twin_ids
from storage.facts.packed_letters import load_letter
from storage.facts.readable_letters import readable_letters
from storage.schema.tables import addresses as addresses_table
from storage.schema.tables import letters as letters_table
from storage.schema.tables import snapshots
from storage.schema.tables import versions as versions_table
from storage.schema.tables import visits as visits_table

_HEIR = letters_table.alias("heir")  # whose an address is now
_BEFORE = letters_table.alias("before")  # whose it was


def letter(connection: Connection, letter_id: int) -> LetterRecord | None:
    """Return one letter with its newest version, or None; raise LetterError if unreadable."""
    row = connection.execute(LETTERS.where(letters_table.c.id == letter_id)).first()
    if row is None:
        return None
    newest = with_file_texts(connection, load_letter(connection, row.letter))
    twins = twin_ids(connection, {letter_id: paper_of(row)})
    return _letter_record(row, newest, twins.get(letter_id, ()))


def versions(connection: Connection, letter_id: int) -> list[Version]:
    """Return a letter's versions, oldest first; those that can't be read are left out."""
    table = versions_table
    query = (
        select(table, snapshots.c.url, snapshots.c.sha256)
        .join(snapshots, snapshots.c.id == table.c.snapshot_id)
        .where(table.c.letter_id == letter_id)
        .order_by(table.c.number)
    )
    rows = connection.execute(query).all()
    readable = readable_letters(connection, rows)
    complete = all_with_file_texts(connection, [letter for _, letter in readable])
    return [_version(row, each) for (row, _), each in zip(readable, complete, strict=True)]


def version(connection: Connection, letter_id: int, number: int) -> Version | None:
    """Return one version of a letter, or None."""
    table = versions_table
    query = select(table, snapshots.c.url, snapshots.c.sha256).join(
        snapshots, snapshots.c.id == table.c.snapshot_id
    )
    numbered = query.where(table.c.letter_id == letter_id, table.c.number == number)
    row = connection.execute(numbered).first()
    if row is None:
        return None
    return _version(row, with_file_texts(connection, load_letter(connection, row.letter)))


def visits(connection: Connection, letter_id: int) -> list[VisitSpan]:
    """Return the visits to a letter, oldest first.

    An address may have been given to another letter: its visits are divided by when that
    was first seen.
    """
    own_address, own_source = (
        select(letters_table.c[name]).where(letters_table.c.id == letter_id).scalar_subquery()
        for name in ("address_id", "source")
    )
    is_address = or_(addresses_table.c.letter_id == letter_id, addresses_table.c.id == own_address)
    was_there = (_BEFORE.c.address_id == addresses_table.c.id) & (_BEFORE.c.id != _HEIR.c.id)
    query = (
        select(
            visits_table, _HEIR.c.id.label("heir"), _HEIR.c.first_seen, _BEFORE.c.id.label("old")
        )
        .join(addresses_table, addresses_table.c.id == visits_table.c.address_id)
        .join(_HEIR, _HEIR.c.id == addresses_table.c.letter_id)
        .outerjoin(_BEFORE, was_there & (_BEFORE.c.source == own_source))
        .where(is_address)
        .order_by(visits_table.c.first_at, visits_table.c.id)
    )
    return [
        VisitSpan(VisitOutcome(each.outcome), each.reason, each.first_at, each.last_at, each.looks)
        for each in connection.execute(query)
        if each.old is None or (each.heir == letter_id) == (each.last_at >= each.first_seen)
    ]


def _letter_record(row: Row[Any], letter: Letter, twins: tuple[int, ...]) -> LetterRecord:
    return LetterRecord(
        id=row.id,
        source=row.source,
        status=Status(row.status),
        letter=_at_present_address(letter, row),
        listed_on=row.listed_on,
        twins=twins,
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


def _version(row: Row[Any], letter: Letter) -> Version:
    return Version(
        letter_id=row.letter_id,
        number=row.number,
        cause=Cause(row.cause),
        seen_at=row.seen_at,
        url=row.url,
        evidence=row.sha256,
        parser=row.parser,
        letter=letter,
    )
