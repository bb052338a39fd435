"""A letter on record: its state, its versions, and what people and programs read of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from letters.letter import Letter
from letters.letter_json import letter_values
from letters.plain_letter_record import PlainLetterRecord


class Status(StrEnum):
    """The state of a letter now."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DELISTED = "delisted"  # gone from the directory, page still served
    SUSPECT = "suspect"  # the last visits failed


class Cause(StrEnum):
    """Why a version exists."""

    PUBLISHER = "publisher"  # the publisher changed words
    REPARSE = "reparse"  # a better parser read the same bytes
    IMPORT = "import"  # it was captured elsewhere


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter on record: its newest version, its status, and when it was visited."""

    id: int
    source: str
    status: Status
    letter: Letter  # of the newest version
    listed_on: date | None  # the directory's date
    twins: tuple[int, ...]  # ids of other live letters with the same number, session, subject
    version: int  # number of this version, from 1
    versions: int  # how many there are
    first_seen: datetime  # UTC
    last_seen: datetime  # UTC, the last visit that showed the letter

    def as_json(self) -> dict[str, Any]:
        """Return the letter with the keys and in the order that docs/contract.md promises."""
        plain = PlainLetterRecord(
            id=self.id,
            source=self.source,
            status=self.status.value,
            values=letter_values(self.letter),
            attachments=self.letter.attachments,
            listed_on=self.listed_on,
            twins=self.twins,
            version=self.version,
            versions=self.versions,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            digest=self.letter.digest(),
        )
        return plain.as_json()


@dataclass(frozen=True, slots=True)
class NewestVersion:
    """The newest version of a letter, with which the next visit is compared."""

    letter_id: int
    number: int  # from 1
    letter: Letter
    parser: str  # version of the parser that read it
    snapshot_id: int  # of the first of its pages
    seen_at: datetime  # UTC, when that page was fetched


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a letter, with the evidence it was read from."""

    letter_id: int
    number: int  # from 1
    cause: Cause
    seen_at: datetime  # UTC, when the page was fetched
    url: str  # where it was fetched
    evidence: str  # sha256 of the bytes as served, hexadecimal
    parser: str  # version of the parser that read it
    letter: Letter
