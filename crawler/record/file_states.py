"""What is kept of visited files: their bytes at once, how they stand together with a look."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from crawler.attachment.classify_file import FileOutcome
from crawler.attachment.file_visit import FileVisit
from crawler.http.snapshot import Snapshot
from crawler.record.not_confirmed import Facts
from letters.letter import Attachment, FileState
from storage.database.archive import Archive
from storage.derived.newest import newest_version
from storage.facts import ledger
from storage.facts.evidence import EvidenceError, fetch
from storage.facts.files import (
    FileRecord,
    KnownFile,
    file_records,
    keep_file,
    known_file,
    set_file_records,
    set_file_validators,
)


@dataclass(frozen=True, slots=True)
class FileStore:
    """The files that are held of one source."""

    archive: Archive
    source: str

    def known(self, url: str) -> KnownFile | None:
        """Return what is known of the file at `url`, where its bytes are held."""
        with self.archive.reading() as connection:
            return known_file(connection, url)

    def body(self, digest: str | None) -> bytes | None:
        """Return the bytes of that digest; None where they are not held, or damaged."""
        if digest is None:
            return None
        with self.archive.reading() as connection:
            try:
                return fetch(connection, digest)
            except EvidenceError:
                return None

    def keep(self, file: Attachment, seen: Snapshot) -> None:
        """Keep a file as it was served."""
        with self.archive.writing() as connection:
            sha256 = keep_file(connection, file.url, seen.body, *_validators(seen), file.content)
            facts = {"file": file.url, "at": seen.fetched_at.isoformat(), "sha256": sha256}
            ledger.append(connection, self.source, facts | {"content": file.content})

    def keep_validators(self, url: str, seen: Snapshot) -> None:
        """Keep what the server said of a file that says what it said."""
        with self.archive.writing() as connection:
            set_file_validators(connection, url, *_validators(seen))

    def standings(self, letter_id: int) -> Mapping[str, FileRecord]:
        """Return how the files of a letter stood, by URL."""
        with self.archive.reading() as connection:
            return file_records(connection, letter_id)


def record_files(connection: Connection, letter_id: int, visits: tuple[FileVisit, ...]) -> Facts:
    """Record how the files of a letter stand after a look; return what the ledger keeps."""
    before = file_records(connection, letter_id)
    letter, _, _ = newest_version(connection, letter_id)
    held = {each.url: each for each in letter.attachments}
    after = {
        each.file.url: _after(each, before.get(each.file.url), held.get(each.file.url))
        for each in visits
    }
    if after == before:
        return {}
    set_file_records(connection, letter_id, after.values())
    stand = [standing.as_fact() for _, standing in sorted(after.items())]
    return {"files": {"letter": letter_id, "stand": stand}}


def _after(visit: FileVisit, before: FileRecord | None, held: Attachment | None) -> FileRecord:
    """Return how a file stands that the letter's newest version has as `held`."""
    standing = before or FileRecord(visit.file.url)
    if visit.has_verdict and held is not None and _is_as(visit, held):
        return FileRecord(visit.file.url, visit.since or standing.seen_at)
    if visit.verdict.outcome is FileOutcome.GONE:
        gone_at, crawls = standing.gone_at or visit.at, standing.gone_crawls + 1
        standing = replace(standing, gone_at=gone_at, gone_crawls=crawls)
    return replace(standing, is_open=True)


def _is_as(visit: FileVisit, held: Attachment) -> bool:
    """Return whether a visit found the file as a version of its letter has it."""
    if visit.verdict.outcome is FileOutcome.GONE:
        return held.state is FileState.MISSING
    return held.state is None and held.says_the_same_as(visit.file)


def _validators(seen: Snapshot) -> tuple[str | None, str | None]:
    return seen.headers.get("etag"), seen.headers.get("last-modified")
