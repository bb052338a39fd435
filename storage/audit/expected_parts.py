"""Parts of what rows must say: of visits, of addresses, of alarms."""

from dataclasses import dataclass
from datetime import datetime

from storage.facts.entries import AlarmClearedEntry, AlarmRaisedEntry


@dataclass(slots=True)
class ExpectedSpan:
    """Visits to one address in a row that had the same outcome."""

    outcome: str
    reason: str | None
    first_at: datetime
    last_at: datetime
    visits: int


@dataclass(frozen=True, slots=True)
class ExpectedLetter:
    """Which letter an address leads to: by its id, or by one of its versions."""

    source: str
    letter_id: int | None = None
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExpectedAlarm:
    """An alarm as it was raised, and as it was cleared, if it was."""

    source: str
    raised: AlarmRaisedEntry
    cleared: AlarmClearedEntry | None = None
