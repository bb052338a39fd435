"""Check letters and addresses against the versions, changes and visits they follow from."""

from collections.abc import Iterator, Sequence
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, bindparam, select

from letters.change import ChangeKind
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage.audit.damage import Damage
from storage.audit.expected_parts import ExpectedLetter, ExpectedSpan
from storage.audit.expected_rows import ExpectedRows
from storage.facts.directories import unpack_rows
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.packed_letters import load_letter
from storage.facts.visits import letter_columns
from storage.schema.tables import addresses, changes, letters, snapshots, versions

# In which states a letter can be after its newest change that is no mere edit.
_STATES_AFTER = {
    ChangeKind.WITHDRAWN: {Status.WITHDRAWN},
    ChangeKind.DELISTED: {Status.DELISTED},
    ChangeKind.RESTORED: {Status.PUBLISHED, Status.DELISTED, Status.SUSPECT},
}
_OTHER_STATES = {Status.PUBLISHED, Status.SUSPECT}
_LETTER_OF_VERSION = select(versions.c.id, versions.c.letter_id)
# When and where a letter was first seen; earlier versions, imported, are numbered from 0 down.
_FIRST_PAGES = (
    select(versions.c.seen_at, snapshots.c.address_id)
    .join(snapshots, snapshots.c.id == versions.c.snapshot_id)
    .where(versions.c.letter_id == bindparam("of"), versions.c.number == 1)
)


def check_letters(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    """Yield each letter whose present state does not follow from what is kept of it."""
    for row in connection.execute(select(letters)):
        try:
            faults = list(_faults(connection, row, expected))
        except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
            faults = [f"it cannot be read: {error}"]
        for fault in faults:
            yield Damage(f"letter {row.id}", fault)


def _faults(connection: Connection, row: Row[Any], expected: ExpectedRows) -> Iterator[str]:
    newest = select(versions).where(versions.c.letter_id == row.id)
    version = connection.execute(newest.order_by(versions.c.number.desc())).first()
    if version is None or version.number != row.version:
        yield f"version {row.version}, its newest, is not there"
        return
    first = connection.execute(_FIRST_PAGES, {"of": row.id}).first()
    columns = {
        "source": expected.version_sources.get(version.id),
        "address_id": expected.homes.get(row.id, first and first.address_id),
        **letter_columns(load_letter(connection, version.letter)),
        "first_seen": first and first.seen_at,
    }
    for name in [name for name, value in columns.items() if getattr(row, name) != value]:
        yield f"its {name} is not what its versions say"
    if Status(row.status) not in _possible_states(connection, row):
        yield f"nothing that happened to it makes it {row.status}"
    yield from _faults_at_address(connection, row, expected)


def _faults_at_address(
    connection: Connection, row: Row[Any], expected: ExpectedRows
) -> Iterator[str]:
    address = connection.execute(select(addresses).where(addresses.c.id == row.address_id)).first()
    if address is None or address.letter_id != row.id:
        return  # another letter has the address now
    if expected.seen.get(row.address_id, row.last_seen) != row.last_seen:
        yield "it was not last seen when it says"
    if expected.served.get(row.address_id, row.served_at) != row.served_at:
        yield "its page was not last served when it says"
    if address.listed_on != row.listed_on:
        yield "it was not listed under its date"
    if not _was_missed(row, expected.spans.get(row.address_id, [])):
        yield "its page was not found gone when it says, or as often"


def _was_missed(row: Row[Any], spans: Sequence[ExpectedSpan]) -> bool:
    """Return whether visits found a letter's page gone as often as crawls count, from when on."""
    if row.gone_at is None:
        return bool(row.gone_crawls == 0)
    gone = [each for each in spans if each.outcome == VisitOutcome.GONE.value]
    visits = sum(each.visits for each in gone if each.first_at >= row.gone_at)
    return row.gone_crawls <= visits and any(each.first_at == row.gone_at for each in gone)


def check_addresses(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    """Yield each address that is not what the newest directory listed."""
    listed = _listed_rows(connection, expected)
    letter_of = dict(tuple(row) for row in connection.execute(_LETTER_OF_VERSION))
    for row in connection.execute(select(addresses)):
        letter = expected.letters.get(row.id, ExpectedLetter(row.source))
        letter_id = letter.letter_id or letter_of.get(letter.version_id)
        if (letter.source, letter_id) != (row.source, row.letter_id):
            yield Damage(f"address {row.id}", "it does not lead to its letter")
        on = row.listed_on and row.listed_on.isoformat()
        now = listed.get((row.source, row.key))
        if url_key(row.url) != row.key or (now and now != [row.url, row.listed_title, on]):
            yield Damage(f"address {row.id}", "it is not what the directory listed")


def _listed_rows(
    connection: Connection, expected: ExpectedRows
) -> dict[tuple[str, str], list[Any]]:
    """Return the rows of the newest directories, by source and key: URL, title, date."""
    listed: dict[tuple[str, str], list[Any]] = {}
    for source, sha256 in expected.directories.items():
        try:
            rows = unpack_rows(load_evidence(connection, sha256))
        except (EvidenceError, ValueError, KeyError):
            continue  # reported as evidence
        listed |= {(source, url_key(row[0])): row for row in rows}
    return listed


def _possible_states(connection: Connection, row: Row[Any]) -> set[Status]:
    kinds = select(changes.c.kind).where(
        changes.c.letter_id == row.id, changes.c.kind != ChangeKind.EDITED.value
    )
    last = connection.execute(kinds.order_by(changes.c.id.desc()).limit(1)).scalar()
    return _STATES_AFTER.get(ChangeKind(last), _OTHER_STATES) if last else _OTHER_STATES
