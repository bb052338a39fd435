"""Reads the pages of captures, and stores the bytes of those that are letters of a source."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from crawler.http.decoding import is_cut_off
from crawler.http.snapshot import Snapshot
from crawler.http.warc_file import DamagedCapture
from crawler.job import CrawlJob
from crawler.page.reader import PageReader
from crawler.visit import Visit, read_answer
from letters.addresses import KnownAddress
from letters.letter import Letter
from letters.titles import read_title
from letters.urls import is_same_site, url_key
from storage.database.archive import Archive
from storage.derived.addresses import known_addresses
from storage.facts.dictionaries import (
    Purpose,
    add_dictionary,
    newest_dictionary,
    raw_dictionary,
)
from storage.facts.evidence import lock_evidence, store_evidence
from storage.facts.imports import kept_captures

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # a capture of before was made with a wrong clock
_TOGETHER = 32  # pages stored in one transaction: who else writes waits for no more of them


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A letter's page as it was captured, which is to be recorded; its bytes are stored."""

    snapshot: Snapshot  # without its bytes
    sha256: str  # of them, hexadecimal
    at: datetime  # UTC, when it was captured
    letter: Letter
    ways: tuple[str | None, ...]  # by what its body is known: Page.way


class CapturedPages:
    """The pages of one import, read one after the other; nothing of them is recorded yet.

    Their bytes are stored in transactions of their own, a few pages in each, so that crawls go on
    meanwhile. What an import left that was broken off is stored, and nothing refers to it.
    """

    def __init__(self, archive: Archive, job: CrawlJob, at: datetime) -> None:
        self.known = 0  # captures that were imported before
        self.others = 0  # captures of pages that are no letters of the source
        self._archive = archive
        self._source = job.source
        self._at = at
        self._reader = PageReader.of_site(job.source.kind, job.source.site)
        with archive.reading() as connection:
            self.addresses = {
                each.key: each for each in known_addresses(connection, self._source.name)
            }
            kept = kept_captures(connection, self._source.name)
            self._dictionary = newest_dictionary(connection, self._source.name, Purpose.PAGES)
        keys = {each.id: each.key for each in self.addresses.values()}
        self._kept = {(keys.get(address), sha256, at) for address, sha256, at in kept}
        self._texts: dict[tuple[str, datetime], set[str]] = {}  # digests, by address and time
        self._waiting: list[bytes] = []  # to be stored

    def read(self, capture: Snapshot | DamagedCapture) -> CapturedPage | str | None:
        """Return a page that is to be recorded, or why one of a letter on record is not.

        None where it is known, or none of the source's letters: both are counted.
        """
        address = self.addresses.get(url_key(capture.url))
        if address is None and not is_same_site(capture.url, self._source.listing):
            self.others += 1
            return None
        if isinstance(capture, DamagedCapture):
            return capture.reason
        visit = read_answer(
            address or _unknown(capture.url), capture, self._reader, is_listed=True, newest=None
        )
        if address is None and (visit.letter is None or not _is_of_proposal(visit.letter)):
            self.others += 1
            return None
        if visit.letter is None:
            return visit.reason or visit.outcome.value
        return self._doubt(visit, visit.letter) or self._kept_page(capture, visit, visit.letter)

    def store(self) -> None:
        """Store the bytes of all pages that wait for it."""
        if not self._waiting:
            return
        with self._archive.writing() as connection:
            lock_evidence(connection)
            if self._dictionary is None:
                made = raw_dictionary(self._source.name, Purpose.PAGES, self._waiting[0])
                add_dictionary(connection, made)
                self._dictionary = made.name
            for body in self._waiting:
                store_evidence(connection, body, self._dictionary)
        self._waiting = []

    def _doubt(self, visit: Visit, letter: Letter) -> str | None:
        """Return why a letter was not captured whole, or not then; None if it was."""
        if visit.at > self._at:
            return f"captured in the future: {visit.at.isoformat()}"
        if visit.at < _EARLIEST:
            return f"captured before any such letter was published: {visit.at.isoformat()}"
        if visit.snapshot is not None and is_cut_off(visit.snapshot.body):
            return "truncated: the page ends before its end"
        # Where a letter said two things at one moment, neither is first.
        texts = self._texts.get((visit.address.key, visit.at), set())
        if texts - {letter.digest()}:
            return "another text was captured at the same moment"
        return visit.doubt or (f"the letter goes on at {visit.more[0]}" if visit.more else None)

    def _kept_page(self, snapshot: Snapshot, visit: Visit, letter: Letter) -> CapturedPage | None:
        key, sha256 = visit.address.key, hashlib.sha256(snapshot.body).hexdigest()
        if (key, sha256, snapshot.fetched_at) in self._kept:
            self.known += 1
            return None
        self._kept.add((key, sha256, snapshot.fetched_at))
        self._texts.setdefault((key, visit.at), set()).add(letter.digest())
        self._waiting.append(snapshot.body)
        if len(self._waiting) >= _TOGETHER:
            self.store()
        return CapturedPage(replace(snapshot, body=b""), sha256, visit.at, letter, visit.ways)


def _is_of_proposal(letter: Letter) -> bool:
    """Return whether a title bears the number of a proposal: other pages are no letters."""
    return read_title(letter.title).number is not None


def _unknown(url: str) -> KnownAddress:
    """Return an address of which nothing is on record."""
    nothing: dict[str, Any] = dict.fromkeys(KnownAddress.__dataclass_fields__)
    return KnownAddress(**nothing | {"id": 0, "key": url_key(url), "url": url})
