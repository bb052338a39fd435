"""What the ledger says was recorded, once its chain has been checked."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from letters.archive import Outcome
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
    seen: dict[int, datetime] = field(default_factory=dict)  # its letter last, by address
    asked: dict[int, str] = field(default_factory=dict)  # when a page was asked for, by snapshot
    held: set[int] = field(default_factory=set)  # changes not announced
    alarms: dict[int, dict[str, Any]] = field(default_factory=dict)
    unread: dict[int, str | None] = field(default_factory=dict)  # when it was read, by snapshot
    reviews: dict[int, dict[str, Any]] = field(default_factory=dict)

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
        if "directory" in facts:
            self.directories[source] = facts["directory"]
        for name in facts.keys() & _TAKEN.keys():
            _TAKEN[name](self, facts)

    def _look(self, facts: dict[str, Any]) -> None:
        spans = self.spans.setdefault(facts["look"], [])
        outcome, reason = facts["outcome"], facts.get("reason")
        at = datetime.fromisoformat(facts["at"])
        since = facts.get("since", facts["at"])
        if outcome == Outcome.LETTER.value:
            self.seen[facts["look"]] = datetime.fromisoformat(since)
        if "snapshot" in facts:
            self.asked[facts["snapshot"]["id"]] = since
        if spans and (spans[-1].outcome, spans[-1].reason) == (outcome, reason):
            spans[-1].last_at = at
            spans[-1].looks += 1
        else:
            spans.append(Span(outcome, reason, at, at, 1))

    def _fill(self, facts: dict[str, Any]) -> None:
        """Take in that a page which had waited was read."""
        self.unread[facts["page"]] = facts["read_at"]
        at, address = datetime.fromisoformat(facts["at"]), facts["filled"]
        if "version" in facts or at > self.seen.get(address, at):
            self.seen[address] = at

    def _alarm(self, facts: dict[str, Any]) -> None:
        told = facts.get("alarm") or self.alarms[facts["cleared"]["id"]]
        self.alarms[told["id"]] = told | {"cleared": facts.get("cleared")}

    def _retracted(self, facts: dict[str, Any]) -> None:
        self.changes.pop(facts["retracted"], None)
        self.held.discard(facts["retracted"])


_TAKEN: dict[str, Callable[[Facts, dict[str, Any]], object]] = {
    "begin": lambda held, facts: held.crawls.update({facts["begin"]: None}),
    "end": lambda held, facts: held.crawls.update({facts["end"]["id"]: facts["end"]}),
    "look": Facts._look,  # noqa: SLF001 - of the class above
    "file": lambda held, facts: held.files.update({facts["file"]: facts["sha256"]}),
    "unread": lambda held, facts: held.unread.update({facts["unread"]: None}),
    "filled": Facts._fill,  # noqa: SLF001
    "held": lambda held, facts: held.held.update(facts["held"]),
    "released": lambda held, facts: held.held.difference_update(facts["released"]),
    "retracted": Facts._retracted,  # noqa: SLF001
    "alarm": Facts._alarm,  # noqa: SLF001
    "cleared": Facts._alarm,  # noqa: SLF001
    "review": lambda held, facts: held.reviews.update({facts["review"]["id"]: facts["review"]}),
}


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
