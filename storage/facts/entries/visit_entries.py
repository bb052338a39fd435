"""Ledger entries of one page or file: visited, read from the backlog, stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from letters.visit_span import VisitOutcome
from storage.facts.entries.parts import FilesFact, Json, LetterFacts, PageFacts, optional, present


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A visit to one address, with all that its transaction wrote. Written by `Recorder`."""

    address_id: int
    url: str
    at: datetime  # when the answer had come
    outcome: VisitOutcome
    since: datetime | None = None  # when it was asked for; None: not kept before 2026-11-24
    is_served: bool = False  # the letter's page itself came, no 304; not kept before 2026-11-28
    reason: str | None = None  # of an outcome other than letter
    pages: PageFacts = field(default_factory=PageFacts)
    letter: LetterFacts = field(default_factory=LetterFacts)
    files: FilesFact | None = None

    @property
    def earliest(self) -> datetime:
        """The moment from which on the answer may have been composed."""
        return self.since or self.at

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        return {
            "look": self.address_id,
            "url": self.url,
            "at": self.at.isoformat(),
            "outcome": self.outcome.value,
            **present(
                since=self.since and self.since.isoformat(),
                served=self.is_served or None,
                reason=self.reason,
                files=self.files and self.files.to_json(),
            ),
            **self.pages.to_json(),
            **self.letter.to_json(),
        }

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        return cls(
            address_id=facts["look"],
            url=facts["url"],
            at=datetime.fromisoformat(facts["at"]),
            outcome=VisitOutcome(facts["outcome"]),
            since=optional(facts, "since", datetime.fromisoformat),
            is_served=facts.get("served", False),
            reason=facts.get("reason"),
            pages=PageFacts.from_json(facts),
            letter=LetterFacts.from_json(facts),
            files=optional(facts, "files", FilesFact.from_json),
        )


@dataclass(frozen=True, slots=True)
class BacklogEntry:
    """A page that had waited was read. Written by `crawler.reprocess.backlog`."""

    address_id: int
    snapshot_id: int
    at: datetime  # when the page was asked for
    read_at: datetime
    letter: LetterFacts = field(default_factory=LetterFacts)

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        moments = {"at": self.at.isoformat(), "read_at": self.read_at.isoformat()}
        named = {"filled": self.address_id, "page": self.snapshot_id}
        return named | moments | self.letter.to_json()

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        at, read_at = (datetime.fromisoformat(facts[name]) for name in ("at", "read_at"))
        return cls(facts["filled"], facts["page"], at, read_at, LetterFacts.from_json(facts))


@dataclass(frozen=True, slots=True)
class FileEntry:
    """An attachment was stored as served. Written by `FileStore.keep`."""

    url: str
    at: datetime  # when it had come
    sha256: str  # of its bytes
    content: str | None  # sha256 of what it says; None: as its bytes, or before schema 0006

    def to_json(self) -> dict[str, Any]:
        """Return the entry as the ledger keeps it."""
        named = {"file": self.url, "at": self.at.isoformat()}
        return named | {"sha256": self.sha256, "content": self.content}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return the entry; raise KeyError, TypeError or ValueError where it is malformed."""
        at = datetime.fromisoformat(facts["at"])
        return cls(facts["file"], at, facts["sha256"], facts.get("content"))
