"""Ledger entries of alarms of drift: raised, cleared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from storage.facts.entries.parts import Json


@dataclass(frozen=True, slots=True)
class AlarmRaisedEntry:
    """A crawl raised an alarm of drift. Written by `drift_alarms.raise_alarm`."""

    alarm_id: int
    crawl_id: int
    at: datetime
    sign: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        named = {"id": self.alarm_id, "crawl": self.crawl_id, "at": self.at.isoformat()}
        return {"alarm": named | {"sign": self.sign, "reason": self.reason}}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        alarm = facts["alarm"]
        at = datetime.fromisoformat(alarm["at"])
        return cls(alarm["id"], alarm["crawl"], at, alarm["sign"], alarm["reason"])


@dataclass(frozen=True, slots=True)
class AlarmClearedEntry:
    """An alarm was cleared. Written by `drift_alarms.clear_alarm`."""

    alarm_id: int
    at: datetime
    by: str  # person | reparse
    note: str | None  # of the person

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        named = {"id": self.alarm_id, "at": self.at.isoformat()}
        return {"cleared": named | {"by": self.by, "note": self.note}}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        alarm = facts["cleared"]
        at = datetime.fromisoformat(alarm["at"])
        return cls(alarm["id"], at, alarm["by"], alarm["note"])
