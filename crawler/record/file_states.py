"""Keeps the files of letters: their bytes as they come, their states together with a visit."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from crawler.attachment.classify_file import FileOutcome
from crawler.attachment.file_visit import FileVisit
from crawler.http.snapshot import Snapshot
from letters.file_text import FileText
from letters.letter import Attachment, FileState
from storage.database.archive import Archive
from storage.derived.file_texts import file_text, store_file_text
from storage.derived.newest import newest_version
from storage.derived.search_texts import lock_search_texts, write_search_texts_of_file
from storage.facts import ledger
from storage.facts.entries import FileEntry, FilesFact
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.files import (
    FileRecord,
    KnownFile,
    file_records,
    known_file,
    set_file_records,
    set_file_validators,
    store_file,
)


@dataclass(frozen=True, slots=True)
class FileStore:
    """The files on record of one source."""

    archive: Archive
    source: str

    def known(self, url: str) -> KnownFile | None:
        """Return what is known of the file at `url`; None where its bytes are not on record."""
        with self.archive.reading() as connection:
            return known_file(connection, url)

    def body(self, digest: str | None) -> bytes | None:
        """Return the bytes of that digest; None where they are not on record, or damaged."""
        if digest is None:
            return None
        with self.archive.reading() as connection:
            try:
                return load_evidence(connection, digest)
            except EvidenceError:
                return None

    def keep(self, file: Attachment, snapshot: Snapshot) -> None:
        """Keep a file as it was served."""
        with self.archive.writing() as connection:
            validators = _validators(snapshot)
            sha256 = store_file(connection, file.url, snapshot.body, *validators, file.content)
            entry = FileEntry(file.url, snapshot.fetched_at, sha256, file.content)
            ledger.append(connection, self.source, entry)

    def has_text(self, digest: str, reader: str) -> bool:
        """Return whether the text of the file with these bytes was read by that reader."""
        with self.archive.reading() as connection:
            text = file_text(connection, digest)
        return text is not None and text.reader == reader

    def keep_text(self, digest: str, text: FileText) -> None:
        """Keep the text of a stored file."""
        with self.archive.writing() as connection:
            lock_search_texts(connection)
            entry = store_file_text(connection, digest, text)
            write_search_texts_of_file(connection, digest)
            ledger.append(connection, self.source, entry)

    def keep_validators(self, url: str, snapshot: Snapshot) -> None:
        """Keep the validators of a file that says what it said."""
        with self.archive.writing() as connection:
            set_file_validators(connection, url, *_validators(snapshot))

    def state(self, letter_id: int | None, url: str) -> FileRecord:
        """Return the state of a letter's file at its last visit; a new one if none was."""
        if letter_id is None:
            return FileRecord(url)
        with self.archive.reading() as connection:
            return file_records(connection, letter_id).get(url, FileRecord(url))


def record_files(
    connection: Connection, letter_id: int, visits: tuple[FileVisit, ...]
) -> FilesFact | None:
    """Record the states of a letter's files after a visit; return them where one changed."""
    before = file_records(connection, letter_id)
    letter = newest_version(connection, letter_id).letter  # with what this visit recorded
    attachments = {each.url: each for each in letter.attachments}
    after = {
        each.file.url: _after(each, before.get(each.file.url), attachments.get(each.file.url))
        for each in visits
    }
    if after == before:
        return None
    set_file_records(connection, letter_id, after.values())
    return FilesFact(letter_id, tuple(record for _, record in sorted(after.items())))


def _after(visit: FileVisit, before: FileRecord | None, recorded: Attachment | None) -> FileRecord:
    """Return the state of a file that the letter's newest version has as `recorded`."""
    record = before or FileRecord(visit.file.url)
    if visit.has_verdict and recorded is not None and _agrees(visit, recorded):
        return FileRecord(visit.file.url, visit.since or record.seen_at)
    if visit.verdict.outcome is FileOutcome.GONE:
        gone_at, crawls = record.gone_at or visit.at, record.gone_crawls + 1
        record = replace(record, gone_at=gone_at, gone_crawls=crawls)
    return replace(record, is_open=True)


def _agrees(visit: FileVisit, recorded: Attachment) -> bool:
    """Return whether a visit found the file as a version of its letter has it."""
    if visit.verdict.outcome is FileOutcome.GONE:
        return recorded.state is FileState.MISSING
    return recorded.state is None and recorded.says_the_same_as(visit.file)


def _validators(snapshot: Snapshot) -> tuple[str | None, str | None]:
    return snapshot.headers.get("etag"), snapshot.headers.get("last-modified")
