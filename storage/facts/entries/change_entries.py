"""Ledger entries of changes: recorded, held, released, reviewed, corrected, retracted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from letters.review import Review, ReviewState
from storage.facts.entries.parts import ChangeFact, Json, VersionFact, optional, present


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change that no page alone showed, or one that was compared again.

    Written by `absences.record_absences` at the end of a crawl (withdrawn, delisted), and by
    `reparse` with a new seal alone.
    """

    change: ChangeFact

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"change": self.change.to_json()}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(ChangeFact.from_json(facts["change"]))


@dataclass(frozen=True, slots=True)
class ChangesHeldEntry:
    """Changes withheld from announcement: most of a source changed in one crawl.

    Written by `absences.record_absences`.
    """

    change_ids: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"held": list(self.change_ids)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(tuple(facts["held"]))


@dataclass(frozen=True, slots=True)
class ChangesReleasedEntry:
    """Held changes that may be announced: a later visit confirmed them, or a person did.

    Written by `absences.record_absences`, and within a `ReviewEntry`.
    """

    change_ids: tuple[int, ...]
    announced_at: datetime | None = None  # UTC; None: not kept before schema 0004

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        at = self.announced_at and self.announced_at.isoformat()
        return {"released": list(self.change_ids), **present(announced_at=at)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        at = optional(facts, "announced_at", datetime.fromisoformat)
        return cls(tuple(facts["released"]), at)


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A person's decision on a change, and what it released. Written by `reviews.add_review`."""

    review: Review
    released: ChangesReleasedEntry | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        released = self.released.to_json() if self.released else {}
        return {"review": self.review.as_fact(), **released}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        row = facts["review"]
        state, at = ReviewState(row["state"]), datetime.fromisoformat(row["at"])
        tags = tuple(map(str, row.get("tags", ())))
        review = Review(row["id"], row["change"], state, row["note"], row["who"], at, tags)
        return cls(review, ChangesReleasedEntry.from_json(facts) if "released" in facts else None)


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """Changes that are of a source's first crawl, and no news. Written by migration 0004.

    Changes recorded since then say so themselves.
    """

    change_ids: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"baseline": list(self.change_ids)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(tuple(facts["baseline"]))


@dataclass(frozen=True, slots=True)
class VersionCorrectedEntry:
    """A version that a better parser read again. Written by `reparse`."""

    version: VersionFact

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"reparsed": self.version.to_json()}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(VersionFact.from_json(facts["reparsed"]))


@dataclass(frozen=True, slots=True)
class ChangeRetractedEntry:
    """A change that only a worse parser had seen was deleted. Written by `reparse`."""

    change_id: int

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {"retracted": self.change_id}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(facts["retracted"])
