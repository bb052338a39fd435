"""What visits to a letter's page showed, those in a row with the same outcome as one span."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VisitOutcome(StrEnum):
    """What one visit to a letter's page showed."""

    LETTER = "letter"
    GONE = "gone"  # 404, 410, a sorry page, a redirect home, a meta refresh stub
    BLOCKED = "blocked"  # a challenge, a login
    BROKEN = "broken"  # empty, truncated, undecodable, maintenance, body container missing
    UNREACHED = "unreached"  # refused, timed out, oversized, redirected to another site


@dataclass(frozen=True, slots=True)
class VisitSpan:
    """Visits in a row to one letter, all with the same outcome."""

    outcome: VisitOutcome
    reason: str | None  # of an outcome other than letter: what was served
    first_at: datetime  # UTC
    last_at: datetime
    count: int
