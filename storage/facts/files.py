"""Attachments: their bytes as evidence, and the state of each letter's files."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, Row, delete, select, update

from storage.database.insert import insert, upsert
from storage.facts.evidence import store_evidence
from storage.schema.tables import evidence, files, letter_files


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was last served."""

    sha256: str
    content: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """State of one file of a letter at its last visit."""

    url: str
    seen_at: datetime | None = None  # UTC, when it was last asked for and was as the letter has it
    gone_at: datetime | None = None  # UTC, the first visit since then at which it was gone
    gone_crawls: int = 0
    is_open: bool = False  # no verdict, or gone and not confirmed: due in the next crawl

    def as_fact(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        moments = {
            "seen_at": self.seen_at and self.seen_at.isoformat(),
            "gone_at": self.gone_at and self.gone_at.isoformat(),
        }
        return asdict(self) | moments

    @classmethod
    def from_fact(cls, facts: Mapping[str, Any]) -> Self:
        """Return what `as_fact` wrote; raise KeyError, TypeError or ValueError for other JSON."""
        moments = {
            name: facts[name] and datetime.fromisoformat(facts[name])
            for name in ("seen_at", "gone_at")
        }
        return cls(**{**facts, **moments})


def known_file(connection: Connection, url: str) -> KnownFile | None:
    """Return what is known of the file at `url`; None where its bytes are not stored."""
    is_stored = evidence.c.sha256 == files.c.sha256
    query = select(files).join(evidence, is_stored).where(files.c.url == url)
    row = connection.execute(query).first()
    return KnownFile(row.sha256, row.content, row.etag, row.last_modified) if row else None


def store_file(
    connection: Connection,
    url: str,
    body: bytes,
    etag: str | None,
    last_modified: str | None,
    content: str | None = None,
) -> str:
    """Store a file as it was served and return its sha256."""
    sha256 = store_evidence(connection, body)
    row = {"url": url, "etag": etag, "last_modified": last_modified, "sha256": sha256}
    upsert(connection, files, "url", row | {"content": content})
    return sha256


def set_file_validators(
    connection: Connection, url: str, etag: str | None, last_modified: str | None
) -> None:
    """Set the validators of a file that was served anew and says what it said."""
    values = {"etag": etag, "last_modified": last_modified}
    connection.execute(update(files).where(files.c.url == url).values(**values))


def file_records(connection: Connection, letter_id: int) -> Mapping[str, FileRecord]:
    """Return the state of each file of a letter at its last visit, by URL."""
    rows = connection.execute(select(letter_files).where(letter_files.c.letter_id == letter_id))
    return {row.url: file_record_of(row) for row in rows}


def set_file_records(
    connection: Connection, letter_id: int, records: Iterable[FileRecord]
) -> None:
    """Replace the states of a letter's files; those that it no longer links are forgotten."""
    connection.execute(delete(letter_files).where(letter_files.c.letter_id == letter_id))
    for each in records:
        insert(connection, letter_files, {"letter_id": letter_id, **asdict(each)})


def file_record_of(row: Row[Any]) -> FileRecord:
    """Return the state that a row of `letter_files` holds."""
    return FileRecord(**{name: getattr(row, name) for name in FileRecord.__dataclass_fields__})
