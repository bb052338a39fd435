"""The parts of ledger entries: what an entry says of pages, of a letter and of its files.

Each part knows its JSON within an entry. Moments are written in ISO 8601, in UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from storage.facts.files import FileRecord

Json = Mapping[str, Any]
Part = TypeVar("Part")


def optional(facts: Json, key: str, read: Callable[[Any], Part]) -> Part | None:
    """Return the value of `key`, read; None where the entry has no such key."""
    return read(facts[key]) if key in facts else None


def present(**values: Any) -> dict[str, Any]:
    """Return the values that are not None: what an entry has nothing to say of has no key."""
    return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class SnapshotFact:
    """A page as served."""

    id: int  # of its snapshot
    sha256: str  # of its bytes
    seal: str  # of the snapshot's row

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        return {"id": self.id, "sha256": self.sha256, "seal": self.seal}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        return cls(facts["id"], facts["sha256"], facts["seal"])


@dataclass(frozen=True, slots=True)
class AskedFact:
    """The requests of an interface or a form that gave a directory's rows, and their answers."""

    sha256: str  # of the requests as JSON, which are evidence
    answers: tuple[str, ...]  # sha256 of each answer, in the order of the requests

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        return {"sha256": self.sha256, "answers": list(self.answers)}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        return cls(facts["sha256"], tuple(map(str, facts["answers"])))


@dataclass(frozen=True, slots=True)
class FurtherPageFact:
    """A page on which a letter goes on, fetched beside its first."""

    snapshot: SnapshotFact
    since: datetime  # UTC, when it was asked for

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        return {**self.snapshot.to_json(), "since": self.since.isoformat()}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        return cls(SnapshotFact.from_json(facts), datetime.fromisoformat(facts["since"]))


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The pages that were stored in a visit; without a snapshot none were."""

    snapshot: SnapshotFact | None = None
    further: tuple[FurtherPageFact, ...] = ()
    unread: int | None = None  # the snapshot's id where the page waits for a better parser

    def to_json(self) -> dict[str, Any]:
        """Return the keys that they add to an entry."""
        return present(
            snapshot=self.snapshot and self.snapshot.to_json(),
            further=[each.to_json() for each in self.further] or None,
            unread=self.unread,
        )

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what an entry says of pages; raise KeyError, TypeError or ValueError."""
        return cls(
            snapshot=optional(facts, "snapshot", SnapshotFact.from_json),
            further=tuple(FurtherPageFact.from_json(each) for each in facts.get("further", ())),
            unread=facts.get("unread"),
        )


@dataclass(frozen=True, slots=True)
class VersionFact:
    """A version of a letter that was added or read again."""

    id: int
    digest: str  # of the letter
    seal: str  # of the version's row

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        return {"id": self.id, "digest": self.digest, "seal": self.seal}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        return cls(facts["id"], facts["digest"], facts["seal"])


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change that was recorded; compared again it has a new seal and says no more."""

    id: int
    seal: str  # of the change's row, but for what follows
    baseline: bool | None = None  # None: compared again, or written before schema 0004
    announced_at: datetime | None = None  # UTC; None: the same

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        at = self.announced_at and self.announced_at.isoformat()
        return {
            "id": self.id,
            "seal": self.seal,
            **present(baseline=self.baseline, announced_at=at),
        }

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        at = optional(facts, "announced_at", datetime.fromisoformat)
        return cls(facts["id"], facts["seal"], facts.get("baseline"), at)


@dataclass(frozen=True, slots=True)
class MoveFact:
    """A letter that is at another address from now on."""

    letter_id: int
    address_id: int

    def to_json(self) -> list[int]:
        """Return its JSON within an entry."""
        return [self.letter_id, self.address_id]

    @classmethod
    def from_json(cls, facts: list[int]) -> Self:
        """Return what `to_json` wrote; raise TypeError or ValueError for other JSON."""
        letter_id, address_id = facts
        return cls(letter_id, address_id)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What became of a letter: the versions, the change and the move that a page led to."""

    version: VersionFact | None = None  # of the page that was read
    reparsed: VersionFact | None = None  # of the version before, read better
    longer: VersionFact | None = None  # with pages that the version before was read without
    change: ChangeFact | None = None
    moved: MoveFact | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the keys that they add to an entry."""
        return present(
            version=self.version and self.version.to_json(),
            reparsed=self.reparsed and self.reparsed.to_json(),
            longer=self.longer and self.longer.to_json(),
            change=self.change and self.change.to_json(),
            moved=self.moved and self.moved.to_json(),
        )

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what an entry says of a letter; raise KeyError, TypeError or ValueError."""
        return cls(
            version=optional(facts, "version", VersionFact.from_json),
            reparsed=optional(facts, "reparsed", VersionFact.from_json),
            longer=optional(facts, "longer", VersionFact.from_json),
            change=optional(facts, "change", ChangeFact.from_json),
            moved=optional(facts, "moved", MoveFact.from_json),
        )


@dataclass(frozen=True, slots=True)
class FilesFact:
    """The state of all files of a letter, written by a visit at which it had changed."""

    letter_id: int
    records: tuple[FileRecord, ...]  # by URL

    def to_json(self) -> dict[str, Any]:
        """Return its JSON within an entry."""
        return {"letter": self.letter_id, "stand": [each.as_fact() for each in self.records]}

    @classmethod
    def from_json(cls, facts: Json) -> Self:
        """Return what `to_json` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        return cls(facts["letter"], tuple(map(FileRecord.from_fact, facts["stand"])))
