"""Addresses: the URLs at which letters are listed, and what is on record of each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from letters.addresses import DirectoryRow, KnownAddress
from letters.change import ChangeKind
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from storage.database.insert import insert, insert_once
from storage.derived.search_texts import move_search_texts
from storage.schema.tables import addresses, changes, letter_files, letters, visits

_AT_ADDRESS = update(letters).where(
    letters.c.id == bindparam("of"), letters.c.address_id == bindparam("at_address")
)
_LISTED = "id", "key", "url", "first_listed_at", "listed_title", "listed_on"
_VALIDATORS = "etag", "last_modified"
# A large source has 100,000 addresses: to ask an enumeration for each value takes a tenth of all.
_status, _outcome = cache(Status), cache(VisitOutcome)
_STATUS, _OUTCOME = map(list(KnownAddress.__dataclass_fields__).index, ("status", "outcome"))


def known_addresses(
    connection: Connection,
    source: str,
    address_id: int | None = None,
    *,
    key: str | None = None,
    after: int = 0,
) -> list[KnownAddress]:
    """Return the addresses of `source`; one that its letter left has none until another is read.

    With `address_id` only that one, or none where its letter has moved on; with `key` only
    the one of that page, with `after` those that were recorded after the one of that id.
    """
    # Visits and edits are read of this source alone: an archive may hold ten thousand others.
    is_wanted = (addresses.c.source == source) & (addresses.c.id > after)
    if address_id is not None:
        is_wanted &= addresses.c.id == address_id
    if key is not None:
        is_wanted &= addresses.c.key == key
    each = visits.alias()
    of_address = select(func.max(each.c.id)).where(each.c.address_id == addresses.c.id)
    newest_visit = of_address.scalar_subquery()
    letter_ids = select(addresses.c.letter_id).where(is_wanted)
    edited = (changes.c.kind == ChangeKind.EDITED.value) & changes.c.letter_id.in_(letter_ids)
    per_letter = select(changes.c.letter_id, func.count().label("edits")).where(edited)
    edits = per_letter.group_by(changes.c.letter_id).subquery()
    is_present = (letters.c.id == addresses.c.letter_id) & (letters.c.address_id == addresses.c.id)
    has_open_files = exists().where(
        letter_files.c.letter_id == letters.c.id, letter_files.c.is_open
    )
    query = (
        select(
            *(addresses.c[name] for name in _LISTED),
            # "not modified" would say nothing of a letter that is not known
            *(case((letters.c.id.is_not(None), addresses.c[name])) for name in _VALIDATORS),
            letters.c.id,
            case((letters.c.id.is_(None), addresses.c.letter_id)),
            *(letters.c[name] for name in ("status", "version", "digest", "first_seen")),
            func.coalesce(edits.c.edits, 0),
            visits.c.last_at,
            visits.c.outcome,
            has_open_files,
            letters.c.page_digest,
        )
        .outerjoin(letters, is_present)
        .outerjoin(edits, edits.c.letter_id == letters.c.id)
        .outerjoin(visits, visits.c.id == newest_visit)
        .where(is_wanted)
        .order_by(addresses.c.id)
    )
    if address_id is not None:
        query = query.where(letters.c.id.is_not(None) | addresses.c.letter_id.is_(None))
    return [_known(row) for row in connection.execute(query).all()]


def _known(row: Sequence[Any]) -> KnownAddress:
    """Return the address of a row, whose columns are in the order of its fields."""
    values = list(row)
    values[_STATUS] = values[_STATUS] and _status(values[_STATUS])
    values[_OUTCOME] = values[_OUTCOME] and _outcome(values[_OUTCOME])
    return KnownAddress(*values)


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
    with_letter = select(
        *(addresses.c[name] for name in ("id", "key", "url", "listed_title", "listed_on")),
        addresses.c.first_listed_at.is_(None).label("is_never_listed"),
        letters.c.id.label("present_letter"),
        letters.c.listed_on.label("date_on_record"),
    )
    query = with_letter.outerjoin(letters, is_present).where(addresses.c.source == source)
    known = {row.key: row for row in connection.execute(query).all()}
    listed: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    for row in rows:
        before = known.get(row.key)
        values = {"url": row.url, "listed_title": row.title, "listed_on": row.listed_on}
        if before is None or before.is_never_listed:
            values["first_listed_at"] = at
        if before is None:
            insert(connection, addresses, {"source": source, "key": row.key, **values})
            continue
        if "first_listed_at" in values or _differs(before, row):
            connection.execute(
                update(addresses).where(addresses.c.id == before.id).values(**values)
            )
        if before.present_letter is not None:
            listed.append({"of": before.present_letter, "at_address": before.id})
            if before.date_on_record != row.listed_on:
                moved.append({**listed[-1], "on": row.listed_on})
    _mark_listed(connection, listed, at)
    _move(connection, moved)
    return {each["of"] for each in listed}


def _differs(before: Any, row: DirectoryRow) -> bool:
    on_record = before.url, before.listed_title, before.listed_on
    return on_record != (row.url, row.title, row.listed_on)


def add_address(connection: Connection, source: str, key: str, url: str) -> None:
    """Record an address that was requested by its URL, unless it is on record."""
    insert_once(connection, addresses, {"source": source, "key": key, "url": url})


def _mark_listed(connection: Connection, listed: list[dict[str, Any]], at: datetime) -> None:
    if listed:
        marked = _AT_ADDRESS.values(listed_at=at, unlisted_crawls=0)
        connection.execute(marked, listed)


def _move(connection: Connection, moved: list[dict[str, Any]]) -> None:
    """Set another date in the directory, which four indices have: few letters are given one."""
    if moved:
        connection.execute(_AT_ADDRESS.values(listed_on=bindparam("on")), moved)
        move_search_texts(connection, [each["of"] for each in moved])


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
