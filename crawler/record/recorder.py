"""Records what a crawl sees: one transaction a look, all of it or nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from crawler.job import CrawlJob
from crawler.page.reader import PARSER
from crawler.record.absences import record_absences
from crawler.record.crawl_state import Course
from crawler.record.file_states import record_files
from crawler.record.keep_snapshots import keep_pages
from crawler.record.known_letter import record_miss, record_other, record_same
from crawler.record.longer_letter import first_page_alone, is_longer, record_longer
from crawler.record.new_letter import record_new
from crawler.record.not_confirmed import Facts, NotConfirmedError
from crawler.record.parser_upgrade import upgrade_reading
from crawler.record.quarantine import Quarantine
from crawler.visit import Visit
from letters.letter import Letter
from letters.records import Crawl, CrawlOutcome, Outcome, PageError
from storage.database.archive import Archive
from storage.derived.addresses import (
    DirectoryRow,
    KnownAddress,
    add_address,
    known_addresses,
    letter_at,
    mark_unlisted,
    record_listed,
)
from storage.derived.letters import count_letters_of
from storage.derived.newest import newest_version, primer
from storage.facts import ledger
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl, first_directory
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
        self.gate = Quarantine(archive, self.course, now)

    def known(self) -> list[KnownAddress]:
        """Return the addresses of the source as they stand."""
        with self.archive.reading() as connection:
            return known_addresses(connection, self.job.source.name)

    def record_addresses(self, keyed: Sequence[tuple[str, str]]) -> None:
        """Keep addresses that were asked for by URL: pairs of key and URL."""
        with self.archive.writing() as connection:
            for key, url in keyed:
                add_address(connection, self.job.source.name, key, url)

    def record_directory(
        self, rows: Sequence[DirectoryRow], began_at: datetime, *, whole: bool
    ) -> None:
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

    def record(self, visit: Visit) -> None:
        """Record one look, or let it wait; a gutted letter is held back."""
        for judged in self.gate.judge(visit):
            self._record_whole(judged)

    def _record_whole(self, visit: Visit) -> None:
        """Record a look; of one that has more pages than before, first what was edited."""
        with self.archive.reading() as connection:
            alone = first_page_alone(connection, visit, self.job.source.kind)
        if alone and alone.letter:
            self._record_judged(alone)
            if self.newest(visit.known.letter_id or 0).digest() != alone.letter.digest():
                return  # it waits to be confirmed
            visit = replace(visit, files=())
        self._record_judged(visit)

    def _record_judged(self, visit: Visit) -> None:
        try:
            self._record(visit)
        except NotConfirmedError as error:
            self._record(visit.settled(Outcome.BROKEN, str(error)), error.waiting)

    def _record(self, visit: Visit, waiting: Facts | None = None) -> None:
        with self.archive.writing() as connection:
            facts: Facts = {"look": visit.known.id, "url": visit.known.url}
            facts |= {"at": visit.at.isoformat(), "since": visit.since.isoformat()}
            facts["outcome"] = visit.outcome.value
            if visit.outcome is Outcome.LETTER and visit.is_served:
                facts["served"] = True
            if visit.reason:
                facts["reason"] = visit.reason
            facts |= self._consequences(connection, visit, waiting)
            facts |= self._files(connection, visit)
            add_visit(connection, visit.known.id, visit.outcome, visit.reason, visit.at)
            ledger.append(connection, self.job.source.name, facts)
        self._count(visit)

    def _consequences(self, connection: Connection, visit: Visit, waiting: Facts | None) -> Facts:
        known, course = visit.known, self.course
        if visit.outcome is not Outcome.LETTER:
            if known.letter_id is not None:
                record_miss(connection, course, visit, waiting)
            is_new = visit.is_unread or visit.outcome is not known.outcome
            return keep_pages(connection, course, visit)[1] if is_new else {}
        if visit.letter is None and known.letter_id is not None:
            return record_same(connection, course, known.letter_id, visit)
        return self._letter(connection, visit)

    def _letter(self, connection: Connection, visit: Visit) -> Facts:
        known, letter = visit.known, visit.letter
        if letter is None:
            raise ValueError(f"nothing was read at {known.url}")
        self._remember_validators(connection, visit)
        digest, facts = known.digest, Facts()
        if known.letter_id is not None:
            digest, facts = upgrade_reading(connection, self.job.source.kind, known.letter_id)
        if known.letter_id is not None and letter.digest() == digest:
            return facts | record_same(connection, self.course, known.letter_id, visit)
        snapshot_id, kept = keep_pages(connection, self.course, visit)
        reading = Reading(letter, snapshot_id, visit.at, visit.since, PARSER)
        change = record_new if known.letter_id is None else record_other
        if is_longer(connection, visit):
            change = record_longer
        return facts | kept | change(connection, self.course, visit, reading)

    def _files(self, connection: Connection, visit: Visit) -> Facts:
        letter_id = visit.known.letter_id or (
            visit.files and letter_at(connection, visit.known.id)
        )
        return (
            record_files(connection, letter_id, visit.files) if letter_id and visit.files else {}
        )

    def _remember_validators(self, connection: Connection, visit: Visit) -> None:
        seen = visit.snapshot  # of several pages the first speaks for itself alone
        headers = seen.headers if seen and not seen.further and not visit.doubt else {}
        told = headers.get("etag"), headers.get("last-modified")
        if told != (visit.known.etag, visit.known.last_modified):
            set_validators(connection, visit.known.id, *told)

    def _count(self, visit: Visit) -> None:
        self._count_files(visit)
        if visit.doubt and visit.letter:
            self.course.errors.append(PageError(visit.known.url, visit.doubt))
        self.course.counts["fetched"] += visit.outcome is Outcome.LETTER
        verdict = visit.outcome in {Outcome.LETTER, Outcome.GONE}
        if verdict and (visit.outcome is Outcome.LETTER or visit.known.letter_id is not None):
            return
        is_foreign = visit.known.letter_id is None and visit.known.first_listed_at is None
        if is_foreign and not self.job.urls:
            return  # somebody asked for it once; the directory never listed it
        never_seen = visit.outcome is Outcome.GONE and not self.job.urls
        if never_seen and visit.known.left_by is not None:
            return  # a row that the directory forgot: its letter stands elsewhere now
        reason = f"listed, and never seen: {visit.reason}" if never_seen else visit.reason
        self.course.errors.append(PageError(visit.known.url, reason or visit.outcome.value))

    def _count_files(self, visit: Visit) -> None:
        for each in visit.files:
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
        for visit in self.gate.rest():
            self._record_whole(visit)
        outcome = CrawlOutcome.FAILED if failed else CrawlOutcome.PARTIAL
        with self.archive.writing() as connection:
            facts = record_absences(connection, course, self.now())
            if not failed and not course.errors:
                outcome = CrawlOutcome.COMPLETE
            closing = CrawlEnd(
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
