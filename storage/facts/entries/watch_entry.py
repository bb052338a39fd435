"""Ledger entry of a person's decision on whether a source is watched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from letters.watching import WatchAct, WatchDecision
from storage.facts.entries.parts import Json


@dataclass(frozen=True, slots=True)
class WatchEntry:
    """A source was added, paused or resumed. Written by `storage.facts.watch_decisions`."""

    decision: WatchDecision  # that of an entry which was read has no name of its source

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"watch": self.decision.as_fact()}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        row = facts["watch"]
        act, at = WatchAct(row["act"]), datetime.fromisoformat(row["at"])
        return cls(WatchDecision(row["id"], "", act, row["who"], at, row.get("entry")))
