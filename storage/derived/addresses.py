"""Addresses: the URLs at which letters are listed, and what is on record of each."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from letters.addresses import DirectoryRow, KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from storage.database.insert import insert, insert_once
from storage.derived.among import is_among
from storage.derived.search_texts import move_search_texts
from storage.schema.tables import addresses, letter_files, letters, visits

_AT_ADDRESS = update(letters).where(
    letters.c.id == bindparam("of"), letters.c.address_id == bindparam("at_address")
)
_LISTED = "id", "key", "url", "first_listed_at", "listed_title", "listed_on"
_VALIDATORS = "etag", "last_modified"
_Value = TypeVar("_Value", int, str)
_AT_ONCE = 500  # addresses by their ids in one query
# A large source has 100,000 addresses: to ask an enumeration for each value takes a tenth of all.
_status, _outcome = cache(Status), cache(VisitOutcome)
_STATUS, _OUTCOME = map(list(KnownAddress.__dataclass_fields__).index, ("status", "outcome"))


@dataclass(frozen=True, slots=True)
class RecordedRows:
    """What the rows of a directory are to what was on record before."""

    letter_ids: frozenset[int]  # letters that it lists where they are
    without_letter: frozenset[int]  # addresses that it lists, of which no letter was read yet
    changed: frozenset[int]  # addresses whose title or date it lists otherwise than before


def known_addresses(
    connection: Connection,
    source: str,
    address_id: int | None = None,
    *,
    keys: Collection[str] | None = None,
    ids: Collection[int] | None = None,
) -> list[KnownAddress]:
    """Return the addresses of `source`; one that its letter left has none until another is read.

    With `address_id` only that one, or none where its letter has moved on; with `keys` or
    `ids` only those, of any number.
    """
    if ids is not None and len(ids) > _AT_ONCE:
        parts = (known_addresses(connection, source, ids=part) for part in _parts(ids))
        return list(chain.from_iterable(parts))
    if keys is not None and len(keys) > _AT_ONCE:
        parts = (known_addresses(connection, source, keys=part) for part in _parts(keys))
        return sorted(chain.from_iterable(parts), key=lambda each: each.id)
    # Visits are read of this source alone: an archive may hold ten thousand others.
    is_wanted = addresses.c.source == source
    if ids is not None:
        is_wanted &= is_among(connection, addresses.c.id, ids)
    if address_id is not None:
        is_wanted &= addresses.c.id == address_id
    if keys is not None:
        is_wanted &= is_among(connection, addresses.c.key, keys)
    each = visits.alias()
    of_address = select(func.max(each.c.id)).where(each.c.address_id == addresses.c.id)
    newest_visit = of_address.scalar_subquery()
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
            *(letters.c[name] for name in ("status", "version", "digest")),
            visits.c.last_at,
            visits.c.outcome,
            has_open_files,
            letters.c.page_digest,
            letters.c.served_at,
        )
        .outerjoin(letters, is_present)
        .outerjoin(visits, visits.c.id == newest_visit)
        .where(is_wanted)
        .order_by(addresses.c.id)
    )
    if address_id is not None:
        query = query.where(letters.c.id.is_not(None) | addresses.c.letter_id.is_(None))
    return [_known(row) for row in connection.execute(query).all()]


def _parts(values: Collection[_Value]) -> Iterator[list[_Value]]:
    order = sorted(values)
    for start in range(0, len(order), _AT_ONCE):
        yield order[start : start + _AT_ONCE]


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
) -> RecordedRows:
    """Record the rows of a directory read at `at`; return what they are to what was on record."""
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
    without_letter: set[int] = set()
    changed: set[int] = set()
    for row in rows:
        before = known.get(row.key)
        values = {"url": row.url, "listed_title": row.title, "listed_on": row.listed_on}
        if before is None or before.is_never_listed:
            values["first_listed_at"] = at
        if before is None:
            new = insert(connection, addresses, {"source": source, "key": row.key, **values})
            without_letter.add(new)
            continue
        if "first_listed_at" in values or _differs(before, row):
            connection.execute(
                update(addresses).where(addresses.c.id == before.id).values(**values)
            )
        if (before.listed_title, before.listed_on) != (row.title, row.listed_on):
            changed.add(before.id)
        if before.present_letter is None:
            without_letter.add(before.id)
            continue
        listed.append({"of": before.present_letter, "at_address": before.id})
        if before.date_on_record != row.listed_on:
            moved.append({**listed[-1], "on": row.listed_on})
    _mark_listed(connection, listed, at)
    _move(connection, moved)
    letter_ids = frozenset(each["of"] for each in listed)
    return RecordedRows(letter_ids, frozenset(without_letter), frozenset(changed))


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
