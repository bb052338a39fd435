"""Records what a crawl sees: one transaction a look, all of it or nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from crawler.job import CrawlJob
from crawler.page.reader import PARSER
from crawler.record.absences import settle
from crawler.record.crawl_state import Course
from crawler.record.file_states import record_files
from crawler.record.keep_snapshots import keep_pages
from crawler.record.known_letter import record_miss, record_other, record_same
from crawler.record.longer_letter import first_page_alone, is_longer, record_longer
from crawler.record.new_letter import record_new
from crawler.record.not_confirmed import Facts, UnsureError
from crawler.record.parser_upgrade import reread
from crawler.record.quarantine import Gate
from crawler.visit import Look
from letters.letter import Letter
from letters.records import Crawl, CrawlOutcome, Outcome, PageError
from storage.database.archive import Archive
from storage.derived.addresses import (
    Known,
    Listed,
    add_address,
    known_addresses,
    letter_at,
    mark_unlisted,
    record_listed,
)
from storage.derived.letters import count_letters_of
from storage.derived.newest import newest_version, primer
from storage.facts import ledger
from storage.facts.crawls import Closing, begin_crawl, end_crawl, first_directory
from storage.facts.evidence import keep
from storage.facts.visits import Reading, add_visit, set_validators


class Recorder:
    """The one that writes: what the spider sees becomes rows."""

    def __init__(self, archive: Archive, job: CrawlJob, now: Callable[[], datetime]) -> None:
        self.archive = archive
        self.job = job
        self.now = now
        mode = "urls" if job.urls else "sweep" if job.full and job.limit is None else "normal"
        source, started_at = job.source.name, now()
        with archive.writing() as connection:
            first_whole_at = first_directory(connection, source)
            self.course = Course(
                job=job,
                id=begin_crawl(connection, source, mode, started_at),
                started_at=started_at,
                letters_before=count_letters_of(connection, source),
                primer=primer(connection, source),
                first_whole_at=first_whole_at,
                now=now,
            )
        self.gate = Gate(archive, self.course, now)

    def known(self) -> list[Known]:
        """Return the addresses of the source as they stand."""
        with self.archive.reading() as connection:
            return known_addresses(connection, self.job.source.name)

    def record_addresses(self, keyed: Sequence[tuple[str, str]]) -> None:
        """Keep addresses that were asked for by URL: pairs of key and URL."""
        with self.archive.writing() as connection:
            for key, url in keyed:
                add_address(connection, self.job.source.name, key, url)

    def record_directory(self, rows: Sequence[Listed], began_at: datetime, *, whole: bool) -> None:
        """Keep what the directory lists; with `whole`, also which known letters it does not.

        `began_at` is when its first page was asked for.
        """
        course, source = self.course, self.job.source.name
        told = [[row.url, row.title, row.listed_on and row.listed_on.isoformat()] for row in rows]
        course.directory_at, ended_at = began_at, self.now()
        with self.archive.writing() as connection:
            listing = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
            course.listing = keep(connection, listing)
            course.listed_keys = {row.key for row in rows}
            course.listed = record_listed(connection, source, rows, course.directory_at)
            course.is_whole = whole and self.gate.takes_directory(connection, len(rows))
            if course.is_whole:
                mark_unlisted(connection, source, course.directory_at, ended_at)
            at = course.directory_at.isoformat()
            facts = {"directory": course.listing, "at": at, "whole": course.is_whole}
            ledger.append(connection, source, facts)

    def record(self, look: Look) -> None:
        """Record one look, or let it wait; a gutted letter is held back."""
        for judged in self.gate.judge(look):
            self._record_whole(judged)

    def _record_whole(self, look: Look) -> None:
        """Record a look; of one that has more pages than before, first what was edited."""
        with self.archive.reading() as connection:
            alone = first_page_alone(connection, look, self.job.source.kind)
        if alone and alone.letter:
            self._record_judged(alone)
            if self.newest(look.known.letter_id or 0).digest() != alone.letter.digest():
                return  # it waits to be confirmed
            look = replace(look, files=())
        self._record_judged(look)

    def _record_judged(self, look: Look) -> None:
        try:
            self._record(look)
        except UnsureError as error:
            self._record(look.settled(Outcome.BROKEN, str(error)), error.waiting)

    def _record(self, look: Look, waiting: Facts | None = None) -> None:
        with self.archive.writing() as connection:
            facts: Facts = {"look": look.known.id, "url": look.known.url}
            facts |= {"at": look.at.isoformat(), "since": look.since.isoformat()}
            facts["outcome"] = look.outcome.value
            if look.outcome is Outcome.LETTER and look.is_served:
                facts["served"] = True
            if look.reason:
                facts["reason"] = look.reason
            facts |= self._consequences(connection, look, waiting)
            facts |= self._files(connection, look)
            add_visit(connection, look.known.id, look.outcome, look.reason, look.at)
            ledger.append(connection, self.job.source.name, facts)
        self._count(look)

    def _consequences(self, connection: Connection, look: Look, waiting: Facts | None) -> Facts:
        known, course = look.known, self.course
        if look.outcome is not Outcome.LETTER:
            if known.letter_id is not None:
                record_miss(connection, course, look, waiting)
            is_new = look.is_unread or look.outcome is not known.outcome
            return keep_pages(connection, course, look)[1] if is_new else {}
        if look.letter is None and known.letter_id is not None:
            return record_same(connection, course, known.letter_id, look)
        return self._letter(connection, look)

    def _letter(self, connection: Connection, look: Look) -> Facts:
        known, letter = look.known, look.letter
        if letter is None:
            raise ValueError(f"nothing was read at {known.url}")
        self._remember_validators(connection, look)
        digest, facts = known.digest, Facts()
        if known.letter_id is not None:
            digest, facts = reread(connection, self.job.source.kind, known.letter_id)
        if known.letter_id is not None and letter.digest() == digest:
            return facts | record_same(connection, self.course, known.letter_id, look)
        snapshot_id, kept = keep_pages(connection, self.course, look)
        reading = Reading(letter, snapshot_id, look.at, look.since, PARSER)
        change = record_new if known.letter_id is None else record_other
        if is_longer(connection, look):
            change = record_longer
        return facts | kept | change(connection, self.course, look, reading)

    def _files(self, connection: Connection, look: Look) -> Facts:
        letter_id = look.known.letter_id or (look.files and letter_at(connection, look.known.id))
        return record_files(connection, letter_id, look.files) if letter_id and look.files else {}

    def _remember_validators(self, connection: Connection, look: Look) -> None:
        seen = look.snapshot  # of several pages the first speaks for itself alone
        headers = seen.headers if seen and not seen.further and not look.doubt else {}
        told = headers.get("etag"), headers.get("last-modified")
        if told != (look.known.etag, look.known.last_modified):
            set_validators(connection, look.known.id, *told)

    def _count(self, look: Look) -> None:
        self._count_files(look)
        if look.doubt and look.letter:
            self.course.errors.append(PageError(look.known.url, look.doubt))
        self.course.counts["fetched"] += look.outcome is Outcome.LETTER
        verdict = look.outcome in {Outcome.LETTER, Outcome.GONE}
        if verdict and (look.outcome is Outcome.LETTER or look.known.letter_id is not None):
            return
        is_foreign = look.known.letter_id is None and look.known.first_listed_at is None
        if is_foreign and not self.job.urls:
            return  # somebody asked for it once; the directory never listed it
        never_seen = look.outcome is Outcome.GONE and not self.job.urls
        if never_seen and look.known.left_by is not None:
            return  # a row that the directory forgot: its letter stands elsewhere now
        reason = f"listed, and never seen: {look.reason}" if never_seen else look.reason
        self.course.errors.append(PageError(look.known.url, reason or look.outcome.value))

    def _count_files(self, look: Look) -> None:
        for each in look.files:
            error = PageError(each.file.url, each.verdict.reason or each.verdict.outcome.value)
            if not each.has_verdict and error not in self.course.errors:
                self.course.errors.append(error)

    def newest(self, letter_id: int) -> Letter:
        """Return the newest version of a letter."""
        with self.archive.reading() as connection:
            return newest_version(connection, letter_id)[0]

    def close(self, *, failed: bool) -> Crawl:
        """Settle what the looks left open, record the crawl's end and return it."""
        course = self.course
        for look in self.gate.rest():
            self._record_whole(look)
        outcome = CrawlOutcome.FAILED if failed else CrawlOutcome.PARTIAL
        with self.archive.writing() as connection:
            facts = settle(connection, course, self.now())
            if not failed and not course.errors:
                outcome = CrawlOutcome.COMPLETE
            closing = Closing(
                outcome=outcome,
                finished_at=self.now(),
                directory_at=course.directory_at if course.is_whole else None,
                listing=course.listing,
                counts=course.counts,
                errors=course.errors,
            )
            for fact in facts:
                ledger.append(connection, self.job.source.name, fact)
            return end_crawl(connection, course.id, closing)
