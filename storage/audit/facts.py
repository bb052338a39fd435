"""What the ledger says was recorded, once its chain has been checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage import ledger
from storage.audit.damage import Damage


@dataclass(slots=True)
class Span:
    """Looks at one address in a row that had the same outcome."""

    outcome: str
    reason: str | None
    first_at: datetime
    last_at: datetime
    looks: int


@dataclass(slots=True)
class Facts:
    """The facts of all entries, as the rows must say them."""

    changes: dict[int, str] = field(default_factory=dict)  # seals by id
    snapshots: dict[int, str] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)
    spans: dict[int, list[Span]] = field(default_factory=dict)  # by address
    crawls: dict[int, dict[str, Any] | None] = field(default_factory=dict)  # None: did not end
    files: dict[str, str] = field(default_factory=dict)  # sha256 by URL
    directories: dict[str, str] = field(default_factory=dict)  # sha256 of the newest, by source

    def add(self, source: str, facts: dict[str, Any]) -> None:
        """Take in what one entry of the chain of `source` says."""
        for name, seals in (
            ("change", self.changes),
            ("snapshot", self.snapshots),
            ("version", self.versions),
            ("reparsed", self.versions),
        ):
            if name in facts:
                seals[facts[name]["id"]] = facts[name]["seal"]
        self.changes.pop(facts.get("retracted", 0), None)
        if "begin" in facts:
            self.crawls[facts["begin"]] = None
        elif "end" in facts:
            self.crawls[facts["end"]["id"]] = facts["end"]
        elif "look" in facts:
            self._look(facts)
        elif "file" in facts:
            self.files[facts["file"]] = facts["sha256"]
        elif "directory" in facts:
            self.directories[source] = facts["directory"]

    def _look(self, facts: dict[str, Any]) -> None:
        spans = self.spans.setdefault(facts["look"], [])
        outcome, reason = facts["outcome"], facts.get("reason")
        at = datetime.fromisoformat(facts["at"])
        if spans and (spans[-1].outcome, spans[-1].reason) == (outcome, reason):
            spans[-1].last_at = at
            spans[-1].looks += 1
        else:
            spans.append(Span(outcome, reason, at, at, 1))


def read_ledger(connection: Connection, source: str, facts: Facts) -> Iterator[Damage]:
    """Yield where the chain of `source` is broken; fill `facts` with what its entries say."""
    previous, expected = ledger.START, 1
    for seq, told, entry in ledger.entries(connection, source):
        place = f"ledger of {source}, entry {seq}"
        if seq != expected:
            yield Damage(place, f"entry {expected} is missing before it")
        if ledger.link(previous, told) != entry:
            yield Damage(place, "its facts or its hash were altered")
        try:
            facts.add(source, json.loads(told))
        except (ValueError, KeyError, TypeError) as error:
            yield Damage(place, f"its facts cannot be read: {error}")
        previous, expected = entry, seq + 1
