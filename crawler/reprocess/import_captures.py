"""Imports captures that were made elsewhere: older versions of letters, each at its own time.

They are kept apart from what fuhan saw itself: no visit, no span of a crawl and no window between
two visits changes by them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from crawler.http.decoding import is_cut_off
from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import DamagedCapture, WarcError
from crawler.job import CrawlJob
from crawler.page.reader import PageReader
from crawler.reprocess.capture_timeline import Capture
from crawler.reprocess.record_captures import CaptureRecorder
from crawler.visit import Visit, read_answer
from letters.addresses import KnownAddress
from letters.crawl_record import PageError
from letters.letter import Letter
from letters.titles import read_title
from letters.urls import is_same_site, url_key
from storage.database.archive import Archive
from storage.derived.addresses import add_address, known_addresses
from storage.facts.dictionaries import (
    Purpose,
    add_dictionary,
    newest_dictionary,
    raw_dictionary,
)
from storage.facts.entries import SnapshotFact
from storage.facts.evidence import lock_evidence, store_evidence
from storage.facts.imports import (
    ImportedFile,
    begin_import,
    end_import,
    is_imported,
    kept_captures,
)
from storage.facts.visits import add_snapshot

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # a capture of before was made with a wrong clock


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """A file and the captures in it."""

    file: ImportedFile
    captures: Iterable[Snapshot | DamagedCapture]


@dataclass(slots=True)
class Imported:
    """What an import of captures of one source did."""

    captures: int = 0  # kept: new evidence
    versions: int = 0
    changes: int = 0
    known: int = 0  # captures, or whole files, that were imported before
    others: int = 0  # captures of pages that are no letters of the source
    skipped: list[PageError] = field(default_factory=list)  # of letters, and files cut off


def import_captures(
    archive: Archive, job: CrawlJob, files: Sequence[CaptureFile], at: datetime
) -> Imported:
    """Import the captures of a source from files, all of them or nothing; return what was done.

    `at` is now: a capture of later is skipped. A letter that fuhan knows gets an earlier version
    for each text that it had before fuhan saw it; a text between two visits of fuhan's own is
    a version without a change. A letter that is not on record begins with its oldest capture.
    """
    done = Imported()
    with archive.writing() as connection:
        lock_evidence(connection)
        importer = _Importer(connection, job, at, done)
        new = [each for each in files if not is_imported(connection, job.source.name, each.file)]
        done.known += len(files) - len(new)
        for each in new:
            importer.keep(each)
        importer.record()
    return done


class _Importer:
    """One import, within its transaction."""

    def __init__(
        self, connection: Connection, job: CrawlJob, at: datetime, done: Imported
    ) -> None:
        self._connection = connection
        self._job = job
        self._source = job.source.name
        self._at = at
        self._done = done
        self._reader = PageReader.of_site(job.source.kind, job.source.site)
        self._addresses = {each.key: each for each in known_addresses(connection, self._source)}
        self._kept = kept_captures(connection, self._source)
        self._dictionary = newest_dictionary(connection, self._source, Purpose.PAGES)
        self._captures: dict[int, list[Capture]] = {}  # by address
        self._files: list[tuple[int, ImportedFile, list[PageError]]] = []

    def keep(self, captured: CaptureFile) -> None:
        """Keep the pages of a file as evidence."""
        crawl_id = begin_import(self._connection, self._source, captured.file, self._at)
        skipped: list[PageError] = []
        self._files.append((crawl_id, captured.file, skipped))
        try:
            skipped.extend(
                PageError(snapshot.url, reason)
                for snapshot in captured.captures
                if (reason := self._keep_page(snapshot, crawl_id))
            )
        except WarcError as error:  # what it holds before that is whole
            skipped.append(PageError(captured.file.name, str(error)))
        self._done.skipped += skipped

    def record(self) -> None:
        """Record what the pages say of each letter, then that the files were imported."""
        recorder = CaptureRecorder(self._connection, self._job, self._at)
        for captures in self._captures.values():
            recorder.record(captures)
        self._done.versions, self._done.changes = recorder.versions, recorder.changes
        for crawl_id, file, skipped in self._files:
            end_import(self._connection, crawl_id, file, skipped)

    def _keep_page(self, snapshot: Snapshot | DamagedCapture, crawl_id: int) -> str | None:
        """Keep a page where it is a letter's; return why one of a letter on record is not."""
        address = self._addresses.get(url_key(snapshot.url))
        if address is None and not is_same_site(snapshot.url, self._job.source.listing):
            self._done.others += 1
            return None
        if isinstance(snapshot, DamagedCapture):
            return snapshot.reason
        visit = self._read(snapshot, address or _unknown(snapshot.url))
        if address is None and (visit.letter is None or not _is_of_proposal(visit.letter)):
            self._done.others += 1
            return None
        if reason := self._doubt(visit):
            return reason
        address = address or self._add_address(snapshot.url)
        self._keep_capture(address, snapshot, visit, crawl_id)
        return None

    def _read(self, snapshot: Snapshot, address: KnownAddress) -> Visit:
        return read_answer(address, snapshot, self._reader, is_listed=True, newest=None)

    def _doubt(self, visit: Visit) -> str | None:
        """Return why a letter was not captured whole, or not then; None if it was."""
        if visit.letter is None:
            return visit.reason or visit.outcome.value
        if visit.at > self._at:
            return f"captured in the future: {visit.at.isoformat()}"
        if visit.at < _EARLIEST:
            return f"captured before any such letter was published: {visit.at.isoformat()}"
        if visit.snapshot is not None and is_cut_off(visit.snapshot.body):
            return "truncated: the page ends before its end"
        if self._is_contradicted(visit.address.id, visit.at, visit.letter):
            return "another text was captured at the same moment"
        return visit.doubt or (f"the letter goes on at {visit.more[0]}" if visit.more else None)

    def _is_contradicted(self, address_id: int, at: datetime, letter: Letter) -> bool:
        """Return whether a letter said something else at that moment: neither is first."""
        known = self._captures.get(address_id, ())
        return any(each.at == at and each.letter.digest() != letter.digest() for each in known)

    def _keep_capture(
        self, address: KnownAddress, snapshot: Snapshot, visit: Visit, crawl_id: int
    ) -> None:
        if self._dictionary is None:
            made = raw_dictionary(self._source, Purpose.PAGES, snapshot.body)
            add_dictionary(self._connection, made)
            self._dictionary = made.name
        sha256 = store_evidence(self._connection, snapshot.body, self._dictionary)
        if (address.id, sha256, snapshot.fetched_at) in self._kept:
            self._done.known += 1
            return
        self._kept.add((address.id, sha256, snapshot.fetched_at))
        fact = self._add_snapshot(address, snapshot, sha256, crawl_id)
        if visit.letter is not None:
            capture = Capture(address, visit.at, visit.letter, visit.ways, fact, crawl_id)
            self._captures.setdefault(address.id, []).append(capture)
        self._done.captures += 1

    def _add_snapshot(
        self, address: KnownAddress, snapshot: Snapshot, sha256: str, crawl_id: int
    ) -> SnapshotFact:
        row = {
            "address_id": address.id,
            "crawl_id": crawl_id,
            "url": snapshot.url,
            "final_url": snapshot.final_url,
            "status": snapshot.status,
            "headers": dict(snapshot.headers),
            "fetched_at": snapshot.fetched_at,
            "asked_at": None,
            "sha256": sha256,
        }
        return add_snapshot(self._connection, row)

    def _add_address(self, url: str) -> KnownAddress:
        add_address(self._connection, self._source, key := url_key(url), url)
        (added,) = known_addresses(self._connection, self._source, keys=[key])
        self._addresses[key] = added
        return added


def _is_of_proposal(letter: Letter) -> bool:
    """Return whether a title bears the number of a proposal: other pages are no letters."""
    return read_title(letter.title).number is not None


def _unknown(url: str) -> KnownAddress:
    """Return an address of which nothing is on record."""
    nothing: dict[str, Any] = dict.fromkeys(KnownAddress.__dataclass_fields__)
    return KnownAddress(**nothing | {"id": 0, "key": url_key(url), "url": url})
