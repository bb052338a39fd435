"""Where letters stand now, against the versions, changes and visits it was derived from."""

import json
from collections.abc import Iterator
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, select

from letters.change import ChangeKind
from letters.records import Status
from letters.urls import url_key
from storage.audit.damage import Damage
from storage.audit.ledger_facts import Facts, Home
from storage.facts.evidence import EvidenceError, fetch
from storage.facts.visits import letter_columns
from storage.schema.letter_codec import unpack
from storage.schema.tables import addresses, changes, letters, versions

_AFTER = {
    ChangeKind.WITHDRAWN: {Status.WITHDRAWN},
    ChangeKind.DELISTED: {Status.DELISTED},
    ChangeKind.RESTORED: {Status.PUBLISHED, Status.DELISTED, Status.SUSPECT},
}
_LETTERS = select(versions.c.id, versions.c.letter_id)
_OTHERWISE = {Status.PUBLISHED, Status.SUSPECT}


def check_letters(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Yield each letter whose present state does not follow from what is kept of it."""
    for row in connection.execute(select(letters)):
        try:
            found = list(_of_letter(connection, row, facts))
        except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
            found = [f"it cannot be read: {error}"]
        for words in found:
            yield Damage(f"letter {row.id}", words)


def _of_letter(connection: Connection, row: Row[Any], facts: Facts) -> Iterator[str]:
    newest = select(versions).where(versions.c.letter_id == row.id)
    version = connection.execute(newest.order_by(versions.c.number.desc())).first()
    if version is None or version.number != row.version:
        yield f"version {row.version}, its newest, is not there"
        return
    first = newest.with_only_columns(versions.c.seen_at).order_by(versions.c.number)
    said = {"source": facts.sources.get(version.id), **letter_columns(unpack(version.letter))}
    said |= {"first_seen": connection.execute(first).scalar()}
    for name in [name for name, value in said.items() if getattr(row, name) != value]:
        yield f"its {name} is not what its versions say"
    if Status(row.status) not in _possible(connection, row):
        yield f"nothing that happened to it makes it {row.status}"
    address = connection.execute(select(addresses).where(addresses.c.id == row.address_id)).first()
    if address is None or address.letter_id != row.id:
        return  # another letter stands there now
    if facts.seen.get(row.address_id, row.last_seen) != row.last_seen:
        yield "it was not last seen when it says"
    if facts.served.get(row.address_id, row.served_at) != row.served_at:
        yield "its page was not last served when it says"
    if address.listed_on != row.listed_on:
        yield "it was not listed under its date"


def check_addresses(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Yield each address that is not what the newest directory listed."""
    told: dict[tuple[str, str], list[Any]] = {}
    for source, sha256 in facts.directories.items():
        try:
            rows = json.loads(fetch(connection, sha256))
        except (EvidenceError, ValueError):
            continue  # told of as evidence
        told |= {(source, url_key(each[0])): each for each in rows}
    letter_of = dict(tuple(row) for row in connection.execute(_LETTERS))
    for row in connection.execute(select(addresses)):
        home = facts.homes.get(row.id, Home(row.source))
        letter_id = home.letter_id or letter_of.get(home.version_id)
        if (home.source, letter_id) != (row.source, row.letter_id):
            yield Damage(f"address {row.id}", "it does not lead to its letter")
        on = row.listed_on and row.listed_on.isoformat()
        now = told.get((row.source, row.key))
        if url_key(row.url) != row.key or (now and now != [row.url, row.listed_title, on]):
            yield Damage(f"address {row.id}", "it is not what the directory listed")


def _possible(connection: Connection, row: Row[Any]) -> set[Status]:
    kinds = select(changes.c.kind).where(
        changes.c.letter_id == row.id, changes.c.kind != ChangeKind.EDITED.value
    )
    last = connection.execute(kinds.order_by(changes.c.id.desc()).limit(1)).scalar()
    return _AFTER.get(ChangeKind(last), _OTHERWISE) if last else _OTHERWISE
