"""Addresses: the URLs at which letters are listed, and what is on record of each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, exists, func, select, update

from letters.addresses import DirectoryRow, KnownAddress
from letters.change import ChangeKind
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from storage.database.insert import insert, insert_once
from storage.derived.search_texts import move_search_texts
from storage.schema.tables import addresses, changes, letter_files, letters, visits

_OF_LETTER = "status", "version", "digest", "first_seen", "page_digest"


def known_addresses(
    connection: Connection, source: str, address_id: int | None = None, *, key: str | None = None
) -> list[KnownAddress]:
    """Return the addresses of `source`; one that its letter left has none until another is read.

    With `address_id` only that one, or none where its letter has moved on; with `key` only
    the one of that page.
    """
    # Visits and edits are read of this source alone: an archive may hold ten thousand others.
    is_wanted = addresses.c.source == source
    if address_id is not None:
        is_wanted &= addresses.c.id == address_id
    if key is not None:
        is_wanted &= addresses.c.key == key
    newest = select(visits.c.address_id, func.max(visits.c.id).label("id"))
    of_address = newest.join(addresses, addresses.c.id == visits.c.address_id).where(is_wanted)
    newest_visit = of_address.group_by(visits.c.address_id).subquery()
    letter_ids = select(addresses.c.letter_id).where(is_wanted)
    edited = (changes.c.kind == ChangeKind.EDITED.value) & changes.c.letter_id.in_(letter_ids)
    per_letter = select(changes.c.letter_id, func.count().label("edits")).where(edited)
    edits = per_letter.group_by(changes.c.letter_id).subquery()
    is_present = (letters.c.id == addresses.c.letter_id) & (letters.c.address_id == addresses.c.id)
    query = (
        select(
            addresses,
            letters.c.id.label("of"),
            *(letters.c[name] for name in _OF_LETTER),
            func.coalesce(edits.c.edits, 0).label("edits"),
            visits.c.last_at.label("visited_at"),
            visits.c.outcome,
            exists()
            .where(letter_files.c.letter_id == letters.c.id, letter_files.c.is_open)
            .label("has_open_files"),
        )
        .outerjoin(letters, is_present)
        .outerjoin(edits, edits.c.letter_id == letters.c.id)
        .outerjoin(newest_visit, newest_visit.c.address_id == addresses.c.id)
        .outerjoin(visits, visits.c.id == newest_visit.c.id)
        .where(is_wanted)
        .order_by(addresses.c.id)
    )
    if address_id is not None:
        query = query.where(letters.c.id.is_not(None) | addresses.c.letter_id.is_(None))
    return [_known(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - public in SQLAlchemy


def _known(row: Mapping[Any, Any]) -> KnownAddress:
    values = {name: row[name] for name in KnownAddress.__dataclass_fields__ if name != "left_by"}
    values |= {"letter_id": row["of"], "left_by": row["letter_id"] if row["of"] is None else None}
    if row["of"] is None:  # "not modified" would say nothing of a letter that is not known
        values |= {"etag": None, "last_modified": None}
    values["status"] = row["status"] and Status(row["status"])
    values["outcome"] = row["outcome"] and VisitOutcome(row["outcome"])
    return KnownAddress(**values)


def letter_at(connection: Connection, address_id: int) -> int | None:
    """Return the letter that is, or was last, at an address."""
    query = select(addresses.c.letter_id).where(addresses.c.id == address_id)
    letter_id: int | None = connection.execute(query).scalar()
    return letter_id


def record_listed(
    connection: Connection, source: str, rows: Iterable[DirectoryRow], at: datetime
) -> set[int]:
    """Record the rows of a directory read at `at`; return the ids of the letters it lists."""
    is_present = (letters.c.id == addresses.c.letter_id) & (letters.c.address_id == addresses.c.id)
    present = letters.c.id.label("present_letter"), letters.c.listed_on.label("date_on_record")
    with_letter = select(addresses, *present)
    query = with_letter.outerjoin(letters, is_present).where(addresses.c.source == source)
    known = {row.key: row for row in connection.execute(query)}
    listed: list[dict[str, Any]] = []
    moved: list[int] = []
    for row in rows:
        before = known.get(row.key)
        values = {"url": row.url, "listed_title": row.title, "listed_on": row.listed_on}
        if before is None or before.first_listed_at is None:
            values["first_listed_at"] = at
        if before is None:
            insert(connection, addresses, {"source": source, "key": row.key, **values})
            continue
        if any(getattr(before, name) != value for name, value in values.items()):
            connection.execute(
                update(addresses).where(addresses.c.id == before.id).values(**values)
            )
        if before.present_letter is not None:
            listed.append({"of": before.letter_id, "at_address": before.id, "on": row.listed_on})
            if before.date_on_record != row.listed_on:
                moved.append(before.letter_id)
    _mark_listed(connection, listed, at)
    move_search_texts(connection, moved)
    return {each["of"] for each in listed}


def add_address(connection: Connection, source: str, key: str, url: str) -> None:
    """Record an address that was requested by its URL, unless it is on record."""
    insert_once(connection, addresses, {"source": source, "key": key, "url": url})


def _mark_listed(connection: Connection, listed: list[dict[str, Any]], at: datetime) -> None:
    if not listed:
        return
    is_row = and_(letters.c.id == bindparam("of"), letters.c.address_id == bindparam("at_address"))
    values = {"listed_at": at, "listed_on": bindparam("on"), "unlisted_crawls": 0}
    connection.execute(update(letters).where(is_row).values(**values), listed)


def mark_unlisted(
    connection: Connection, source: str, began_at: datetime, ended_at: datetime
) -> None:
    """Count a directory, read between two moments, against the letters that it did not list."""
    missing = (
        letters.c.source == source,
        letters.c.listed_at.is_(None) | (letters.c.listed_at != began_at),  # `<` trusts the clock
    )
    first = case((letters.c.unlisted_crawls == 0, ended_at), else_=letters.c.unlisted_at)
    connection.execute(
        update(letters)
        .where(*missing)
        .values(
            unlisted_at=first,
            unlisted_last_at=began_at,
            unlisted_crawls=letters.c.unlisted_crawls + 1,
        )
    )
