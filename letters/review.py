"""What a person decided on a change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class ReviewState(StrEnum):
    """What a person says of a change."""

    OPEN = "open"  # nobody decided, or a decision was taken back
    ACCEPTED = "accepted"  # it is so, and is reported
    DISMISSED = "dismissed"  # it is of no interest, or not so
    FLAGGED = "flagged"  # somebody should check it


@dataclass(frozen=True, slots=True)
class Review:
    """One decision; the newest on a change is in force."""

    id: int
    change_id: int
    state: ReviewState
    note: str | None
    who: str  # the name of the person, or of the system's user, who decided
    at: datetime  # UTC
    tags: tuple[str, ...] = ()  # sorted

    def as_fact(self) -> dict[str, Any]:
        """Return it as the ledger keeps it, which has tags only where there are any."""
        fact = {
            "id": self.id,
            "change": self.change_id,
            "state": self.state.value,
            "note": self.note,
            "who": self.who,
            "at": self.at.isoformat(),
        }
        return fact | {"tags": list(self.tags)} if self.tags else fact


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides: None leaves note or tags as the decision before had them."""

    state: ReviewState
    note: str | None = None
    tags: tuple[str, ...] | None = None
