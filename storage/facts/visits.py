"""Write what one visit adds: visit, snapshot, version, change, a letter's new state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, select, update

from letters.addresses import KnownAddress
from letters.change import ChangeKind, Edit, Significance, Window
from letters.fields import Trait, names_with
from letters.letter import Letter
from letters.letter_record import Cause, Status
from letters.visit_span import VisitOutcome
from storage.database.insert import insert
from storage.database.prepared import run
from storage.derived.search_texts import (
    add_search_text,
    begin_search_text,
    move_search_texts,
    write_search_text,
)
from storage.facts.entries import ChangeFact, SnapshotFact, VersionFact
from storage.facts.packed_letters import base_for_next, pack_letter
from storage.schema.seal import CHANGE, SNAPSHOT, VERSION, seal
from storage.schema.tables import addresses, changes, letters, snapshots, versions, visits


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change to be recorded."""

    letter_id: int
    crawl_id: int
    source: str
    kind: ChangeKind
    significance: Significance
    reason: str
    from_version: int | None
    to_version: int | None
    detected_at: datetime
    window: Window
    edits: tuple[Edit, ...]
    differ: str
    announced_at: datetime
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter that was read from a snapshot."""

    letter: Letter
    snapshot_id: int
    seen_at: datetime
    since: datetime  # when the page was asked for: the letter may have changed since
    parser: str
    cause: Cause = Cause.PUBLISHER
    page_digest: str | None = None  # by which the page is known again at the next visit
    dictionary: str | None = None  # that primes the compressor; None: nothing does


# The columns of a letter that is present: nothing of an absence, nothing that waits.
PRESENT = {"gone_at": None, "gone_crawls": 0, "pending": None, "pending_crawls": 0}
_LAST_VISIT = (
    select(visits.c.id)
    .where(visits.c.address_id == bindparam("at"))
    .order_by(visits.c.id.desc())
    .limit(1)
)
_AT_ADDRESS = update(addresses).where(addresses.c.id == bindparam("at"))
_SET_VALIDATORS = _AT_ADDRESS.values(
    etag=bindparam("new_etag"), last_modified=bindparam("new_last_modified")
)
_ASSIGN = _AT_ADDRESS.values(letter_id=bindparam("of_letter"))
_COUNT_EDIT = (
    update(letters).where(letters.c.id == bindparam("edited")).values(edits=letters.c.edits + 1)
)
_LONGER_SPAN = (
    update(visits)
    .where(
        visits.c.id == _LAST_VISIT.scalar_subquery(),
        visits.c.outcome == bindparam("of_outcome"),
        visits.c.reason.is_not_distinct_from(bindparam("of_reason")),
    )
    .values(last_at=bindparam("last"), looks=visits.c.looks + 1)
)


def add_visit(
    connection: Connection,
    address_id: int,
    outcome: VisitOutcome,
    reason: str | None,
    at: datetime,
) -> None:
    """Record one visit: the span of visits with the same outcome grows, or a new one begins."""
    like_it = {"at": address_id, "of_outcome": outcome.value, "of_reason": reason, "last": at}
    if run(connection, _LONGER_SPAN, like_it).rowcount:
        return
    row = {"address_id": address_id, "outcome": outcome.value, "reason": reason}
    insert(connection, visits, row | {"first_at": at, "last_at": at, "looks": 1})


def add_snapshot(connection: Connection, row: Mapping[str, Any]) -> SnapshotFact:
    """Record a page as served, its bytes stored before; return what the ledger keeps."""
    snapshot_id = insert(connection, snapshots, row)
    return SnapshotFact(snapshot_id, row["sha256"], seal(row, SNAPSHOT))


def set_validators(
    connection: Connection, address_id: int, etag: str | None, last_modified: str | None
) -> None:
    """Set the validators that a conditional request for the address shall carry."""
    values = {"at": address_id, "new_etag": etag, "new_last_modified": last_modified}
    run(connection, _SET_VALIDATORS, values)


def add_letter(
    connection: Connection,
    source: str,
    address: KnownAddress,
    reading: Reading,
    listed_at: datetime | None,
) -> tuple[int, VersionFact]:
    """Begin a letter with its first version; return its id and what the ledger keeps.

    One that was asked for by its URL, never listed, can't be delisted: its `listed_at` is None.
    """
    row = {
        "source": source,
        "address_id": address.id,
        "status": Status.PUBLISHED.value,
        "listed_on": address.listed_on,
        "listed_at": listed_at,
        "first_seen": reading.seen_at,
        "last_seen": reading.since,
        "served_at": reading.since,
        "version": 1,
        "page_digest": reading.page_digest,
        **letter_columns(reading.letter),
    }
    letter_id = insert(connection, letters, row)
    facts = _add_version(connection, letter_id, 1, reading)
    begin_search_text(connection, letter_id, reading.letter, source, address.listed_on)
    _assign(connection, address.id, letter_id)
    return letter_id, facts


def add_version(
    connection: Connection, letter_id: int, number: int, reading: Reading
) -> VersionFact:
    """Add version `number` to a letter, its newest from now on; return what the ledger keeps."""
    values = {"version": number, "page_digest": reading.page_digest}
    update_letter(connection, letter_id, **values, **letter_columns(reading.letter))
    base = base_for_next(connection, letter_id)
    facts = _add_version(connection, letter_id, number, reading, base)
    add_search_text(connection, letter_id, reading.letter)
    return facts


def add_earlier_version(
    connection: Connection, letter_id: int, number: int, reading: Reading
) -> VersionFact:
    """Add a version that is not a letter's newest; `number` is below those that it has."""
    facts = _add_version(connection, letter_id, number, reading)
    write_search_text(connection, letter_id)
    return facts


def relocate(connection: Connection, letter_id: int, address_id: int) -> None:
    """Move a letter to another address, which it has from now on."""
    _assign(connection, address_id, letter_id)
    listed = select(addresses.c.listed_on).where(addresses.c.id == address_id)
    listed_on = connection.execute(listed).scalar()
    update_letter(connection, letter_id, address_id=address_id, listed_on=listed_on)
    move_search_texts(connection, [letter_id])


def update_letter(connection: Connection, letter_id: int, **values: Any) -> None:
    """Set columns of a letter's present state."""
    run(connection, _update_letter(tuple(values)), {"letter": letter_id, **values})


@cache
def _update_letter(names: tuple[str, ...]) -> Update:
    """Return the statement that sets these columns: there are few combinations of them."""
    columns = {name: bindparam(name, type_=letters.c[name].type) for name in names}
    return update(letters).where(letters.c.id == bindparam("letter")).values(**columns)


def add_change(connection: Connection, new: NewChange) -> ChangeFact:
    """Record a change and return what the ledger keeps of it: id, seal, what is not sealed."""
    row = {
        "letter_id": new.letter_id,
        "crawl_id": new.crawl_id,
        "source": new.source,
        "kind": new.kind.value,
        "baseline": new.baseline,
        "significance": new.significance.value,
        "reason": new.reason,
        "held": False,
        "from_version": new.from_version,
        "to_version": new.to_version,
        "detected_at": new.detected_at,
        "after": new.window.after,
        "before": new.window.before,
        "edits": [edit.as_json() for edit in new.edits],
        "differ": new.differ,
        "announced_at": new.announced_at,
    }
    change_id = insert(connection, changes, row)
    if new.kind is ChangeKind.EDITED:
        run(connection, _COUNT_EDIT, {"edited": new.letter_id})
    return ChangeFact(change_id, seal(row, CHANGE), new.baseline, new.announced_at)


def _add_version(
    connection: Connection, letter_id: int, number: int, reading: Reading, base: int | None = None
) -> VersionFact:
    digest = reading.letter.digest()
    row = {
        "letter_id": letter_id,
        "number": number,
        "cause": reading.cause.value,
        "seen_at": reading.seen_at,
        "snapshot_id": reading.snapshot_id,
        "parser": reading.parser,
        "digest": digest,
        "letter": pack_letter(connection, reading.letter, reading.dictionary, base),
    }
    version_id = insert(connection, versions, row)
    return VersionFact(version_id, digest, seal(row, VERSION))


def _assign(connection: Connection, address_id: int, letter_id: int) -> None:
    run(connection, _ASSIGN, {"at": address_id, "of_letter": letter_id})


def letter_columns(letter: Letter) -> dict[str, Any]:
    """Return the columns of a letter that repeat what its newest version says."""
    return {
        "digest": letter.digest(),
        **{name: getattr(letter, name) for name in ("title", *names_with(Trait.PAPER))},
        "addressees": list(letter.addressees),
    }
