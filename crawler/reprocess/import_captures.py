"""Imports captures that were made elsewhere: older versions of letters, each at its own time.

They are kept apart from what fuhan saw itself: no visit, no span of a crawl and no window between
two visits changes by them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import DamagedCapture, WarcError
from crawler.job import CrawlJob
from crawler.reprocess.capture_timeline import Capture
from crawler.reprocess.captured_pages import CapturedPage, CapturedPages
from crawler.reprocess.record_captures import CaptureRecorder
from letters.addresses import KnownAddress
from letters.crawl_record import PageError
from letters.urls import url_key
from storage.database.archive import Archive
from storage.derived.addresses import add_address, known_addresses
from storage.facts.imports import ImportedFile, begin_import, end_import, is_imported
from storage.facts.visits import add_snapshot


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

    The source is to be locked. Pages are read and their bytes stored before all is recorded in one
    transaction: who else writes waits for that one alone.
    """
    with archive.reading() as connection:
        new = [each for each in files if not is_imported(connection, job.source.name, each.file)]
    pages = CapturedPages(archive, job, at)
    read = [_read(each, pages) for each in new]
    pages.store()
    done = Imported(known=len(files) - len(new) + pages.known, others=pages.others)
    if read:
        with archive.writing() as connection:
            _Recording(connection, job, at, pages.addresses).record(read, done)
    return done


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A file whose captures were read."""

    file: ImportedFile
    pages: Sequence[CapturedPage]  # to be recorded
    skipped: list[PageError]  # captures of letters that are not


def _read(captured: CaptureFile, pages: CapturedPages) -> _ReadFile:
    """Read the captures of a file; what is damaged in it is skipped."""
    kept: list[CapturedPage] = []
    skipped: list[PageError] = []
    try:
        for each in captured.captures:
            found = pages.read(each)
            if isinstance(found, CapturedPage):
                kept.append(found)
            elif found is not None:
                skipped.append(PageError(each.url, found))
    except WarcError as error:  # what it holds before that is whole
        skipped.append(PageError(captured.file.name, str(error)))
    return _ReadFile(captured.file, kept, skipped)


class _Recording:
    """The transaction in which an import is recorded."""

    def __init__(
        self,
        connection: Connection,
        job: CrawlJob,
        at: datetime,
        addresses: dict[str, KnownAddress],
    ) -> None:
        self._connection = connection
        self._job = job
        self._at = at
        self._addresses = dict(addresses)
        self._captures: dict[int, list[Capture]] = {}  # by address

    def record(self, files: Iterable[_ReadFile], done: Imported) -> None:
        """Record what the pages say of each letter, then that the files were imported."""
        begun = [(self._begin(each), each) for each in files]
        recorder = CaptureRecorder(self._connection, self._job, self._at)
        for captures in self._captures.values():
            recorder.record(captures)
        done.versions, done.changes = recorder.versions, recorder.changes
        for crawl_id, each in begun:
            end_import(self._connection, crawl_id, each.file, each.skipped)
            done.captures += len(each.pages)
            done.skipped += each.skipped

    def _begin(self, read: _ReadFile) -> int:
        """Record the captures of a file; return the id that they bear."""
        source = self._job.source.name
        crawl_id = begin_import(self._connection, source, read.file, self._at)
        for page in read.pages:
            self._add_capture(page, crawl_id)
        return crawl_id

    def _add_capture(self, page: CapturedPage, crawl_id: int) -> None:
        snapshot, address = page.snapshot, self._address(page.snapshot.url)
        row = {
            "address_id": address.id,
            "crawl_id": crawl_id,
            "url": snapshot.url,
            "final_url": snapshot.final_url,
            "status": snapshot.status,
            "headers": dict(snapshot.headers),
            "fetched_at": snapshot.fetched_at,
            "asked_at": None,
            "sha256": page.sha256,
        }
        fact = add_snapshot(self._connection, row)
        capture = Capture(address, page.at, page.letter, page.ways, fact, crawl_id)
        self._captures.setdefault(address.id, []).append(capture)

    def _address(self, url: str) -> KnownAddress:
        """Return the address of a URL, which is added where it is new."""
        key = url_key(url)
        if key not in self._addresses:
            add_address(self._connection, self._job.source.name, key, url)
            (added,) = known_addresses(self._connection, self._job.source.name, keys=[key])
            self._addresses[key] = added
        return self._addresses[key]
