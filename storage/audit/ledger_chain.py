"""Check that the entries of a ledger follow from each other, and read what they say."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from storage.audit.damage import Damage
from storage.audit.expected_rows import ExpectedRows
from storage.facts import ledger
from storage.facts.entries import read_entry


def read_ledger(connection: Connection, source: str, expected: ExpectedRows) -> Iterator[Damage]:
    """Yield where the ledger of `source` is broken; add what its entries say to `expected`."""
    previous, next_seq = ledger.START, 1
    for seq, facts, entry_hash in ledger.entries(connection, source):
        place = f"ledger of {source}, entry {seq}"
        if seq != next_seq:
            yield Damage(place, f"entry {next_seq} is missing before it")
        if ledger.link(previous, facts) != entry_hash:
            yield Damage(place, "its facts or its hash were altered")
        try:
            expected.add(source, read_entry(json.loads(facts)))
        except (ValueError, KeyError, TypeError) as error:
            yield Damage(place, f"its facts cannot be read: {error}")
        previous, next_seq = entry_hash, seq + 1
