"""Records what a crawl sees: each visit in one transaction, all of it or nothing."""

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from crawler.directory.walk_result import AskedPage
from crawler.job import CrawlJob
from crawler.plan import Plan
from crawler.record.absences import hold_or_release, record_absences
from crawler.record.begin_dictionaries import begin_dictionaries
from crawler.record.crawl_state import CrawlContext, CrawlTally, DirectoryReading
from crawler.record.file_states import FileStore
from crawler.record.keep_asked import keep_asked
from crawler.record.new_letter import listed_and_not_visited
from crawler.record.plan_visits import plan_visits
from crawler.record.quarantine import Quarantine
from crawler.record.record_visit import record_visit
from crawler.record.unreadable import LastVersionError, unreadable
from crawler.visit import Visit
from letters.addresses import DirectoryRow, KnownAddress, RowSelection
from letters.crawl_record import Crawl, CrawlOutcome
from letters.letter_record import NewestVersion
from storage.database.archive import Archive
from storage.derived.absent_letters import count_suspect
from storage.derived.addresses import (
    RecordedRows,
    add_address,
    known_addresses,
    mark_unlisted,
    record_listed,
)
from storage.derived.edit_history import add_history, edited_classes
from storage.derived.letter_lists import count_letters_of
from storage.derived.newest import first_page, newest_version
from storage.derived.revisits import address_keys, count_listed
from storage.facts import ledger
from storage.facts.crawls import (
    CrawlEnd,
    begin_crawl,
    end_crawl,
    first_directory,
    largest_directory,
    last_success,
)
from storage.facts.dictionaries import newest_dictionaries
from storage.facts.directories import last_selection, store_directory
from storage.facts.entries import DirectoryEntry, UnreadDirectoryEntry
from storage.facts.evidence import EvidenceError
from storage.facts.packed_letters import LetterError


class Recorder:
    """Writes one crawl into the archive: its directory, its visits, its end."""

    def __init__(self, archive: Archive, job: CrawlJob, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self.now = now
        self.job = job
        mode = "urls" if job.urls else "sweep" if job.full and job.limit is None else "normal"
        source, started_at = job.source.name, now()
        with archive.writing() as connection:
            first_whole_at = first_directory(connection, source)
            self.crawl = CrawlContext(
                job,
                begin_crawl(connection, source, mode, started_at),
                started_at,
                now,
                letters_before=count_letters_of(connection, source),
                first_whole_at=first_whole_at,
                tally=CrawlTally(
                    first_page(connection, source), newest_dictionaries(connection, source)
                ),
            )
        self.quarantine = Quarantine(archive, self.crawl)
        self.files = FileStore(archive, source)

    def known_addresses(self, ids: Collection[int] | None = None) -> list[KnownAddress]:
        """Return the addresses of the source as they are now; with `ids` those alone."""
        with self._archive.reading() as connection:
            return known_addresses(connection, self.crawl.source, ids=ids)

    def settled(self, ids: Sequence[int]) -> list[KnownAddress]:
        """Return those addresses in that order whose letters are still there."""
        at = {each.id: each for each in self.known_addresses(ids)}
        return [at[each] for each in ids if at[each].letter_id is not None]

    def unlisted_addresses(self, rows: AbstractSet[str]) -> tuple[list[KnownAddress], int]:
        """Return the addresses whose keys are not among `rows`, and how many letters were listed.

        Those that a directory lists are not loaded: of a large source, nearly all.
        """
        with self._archive.reading() as connection:
            absent = address_keys(connection, self.crawl.source) - rows
            known = known_addresses(connection, self.crawl.source, keys=absent)
            return known, count_listed(connection, self.crawl.source)

    def newest(self, address: KnownAddress) -> NewestVersion | None:
        """Return the newest version of the letter at an address; None where there is none.

        Raises LastVersionError where it can't be read.
        """
        if address.letter_id is None:
            return None
        with self._archive.reading() as connection:
            try:
                return newest_version(connection, address.letter_id)
            except LetterError as error:
                raise LastVersionError(f"its last version can't be read: {error}") from error

    def twins_to_visit(self, visit: Visit) -> list[KnownAddress]:
        """Return where the listed letters stand that a visit's new letter may be.

        Only those whose pages this crawl has not visited: they say whether it is another letter.
        """
        if visit.letter is None or visit.address.letter_id is not None:
            return []
        if (directory := self.crawl.directory) is None or self.crawl.letters_before == 0:
            return []  # nothing is known of others
        with self._archive.reading() as connection:
            return [
                address
                for row in listed_and_not_visited(
                    connection, self.crawl, visit.letter, directory.read_at
                )
                for address in known_addresses(connection, self.crawl.source, row.address_id)
            ]

    def record_addresses(self, keyed: Sequence[tuple[str, str]]) -> None:
        """Keep addresses that were asked for by URL: pairs of key and URL."""
        with self._archive.writing() as connection:
            for key, url in keyed:
                add_address(connection, self.crawl.source, key, url)

    def last_selection(self) -> RowSelection | None:
        """Return which links were the directory's rows when it was last read to its end."""
        with self._archive.reading() as connection:
            return last_selection(connection, self.crawl.source)

    def most_listed(self) -> int:
        """Return the most letters that the directory ever listed; 0 before the first crawl."""
        with self._archive.reading() as connection:
            return largest_directory(connection, self.crawl.source)

    def record_directory(
        self,
        rows: Sequence[DirectoryRow],
        began_at: datetime,
        *,
        whole: bool,
        selection: RowSelection | None = None,
        asked: Sequence[AskedPage] = (),
    ) -> RecordedRows:
        """Keep what the directory lists; with `whole`, also which known letters it does not.

        `began_at` is when its first page was asked for, `selection` which links were its rows.
        `asked` are the requests of an interface or a form, kept with their answers.
        Returns what its rows are to what was on record before.
        """
        source, ended_at = self.crawl.source, self.now()
        with self._archive.writing() as connection:
            answers = keep_asked(connection, asked)
            sha256 = store_directory(connection, rows, selection)
            recorded = record_listed(connection, source, rows, began_at)
            directory = DirectoryReading(
                began_at,
                is_whole=whole and self.quarantine.accepts_directory(connection, len(rows)),
                sha256=sha256,
                keys=frozenset(row.key for row in rows),
                letter_ids=recorded.letter_ids,
                without_letter=recorded.without_letter,
            )
            if directory.is_whole:
                mark_unlisted(connection, source, began_at, ended_at)
            entry = DirectoryEntry(sha256, began_at, directory.is_whole, answers)
            ledger.append(connection, source, entry)
        self.crawl.tally.counts["listed"] = len(rows)
        self.crawl = replace(self.crawl, directory=directory)
        return recorded

    def plan(self, absent: Sequence[KnownAddress], recorded: RecordedRows) -> Plan:
        """Return what to visit, once a directory is recorded; `absent` are not on its list."""
        with self._archive.reading() as connection:
            return plan_visits(connection, self.crawl, absent, recorded)

    def record_unread_directory(self, began_at: datetime, asked: Sequence[AskedPage]) -> None:
        """Keep what was asked for and answered where the directory could not be read."""
        with self._archive.writing() as connection:
            if answers := keep_asked(connection, asked):
                entry = UnreadDirectoryEntry(began_at, answers)
                ledger.append(connection, self.crawl.source, entry)

    def record(self, visit: Visit) -> None:
        """Record a visit, and those that had waited for it; or let it wait in quarantine."""
        for admitted in self._admitted(visit):
            begin_dictionaries(self._archive, self.crawl, admitted)
            record_visit(self._archive, self.crawl, admitted)

    def _admitted(self, visit: Visit) -> list[Visit]:
        try:
            return self.quarantine.admit(visit)
        except EvidenceError as error:
            return [unreadable(visit, error)]

    def close(self, *, failed: bool) -> Crawl:
        """Record what waits, the absences and the crawl's end; return the crawl."""
        for visit in self.quarantine.release():
            begin_dictionaries(self._archive, self.crawl, visit)
            newest = self.newest(visit.address)  # it may have changed while the visit waited
            record_visit(self._archive, self.crawl, replace(visit, newest=newest))
        tally, at = self.crawl.tally, self.now()
        with self._archive.writing() as connection:
            absences = record_absences(connection, self.crawl, at)
            for entry in (*absences, *hold_or_release(connection, self.crawl, at)):
                ledger.append(connection, self.crawl.source, entry)
            self._add_history(connection, at)
            tally.counts["suspect"] = count_suspect(connection, self.crawl.source)
            end = CrawlEnd(
                outcome=self._outcome(failed=failed),
                finished_at=self.now(),
                directory_at=self.crawl.directory_at if self.crawl.is_whole else None,
                listing=self.crawl.directory.sha256 if self.crawl.directory else None,
                counts=tally.counts,
                errors=tally.errors,
            )
            return end_crawl(connection, self.crawl.id, end)

    def _add_history(self, connection: Connection, at: datetime) -> None:
        """Add for how long letters were watched since the last crawl, and which were edited."""
        crawl = self.crawl
        if crawl.directory is None:
            return
        since = last_success(connection, crawl.source)
        edited = edited_classes(connection, crawl.id, crawl.tally.changed)
        add_history(connection, crawl.source, since, at, edited)

    def _outcome(self, *, failed: bool) -> CrawlOutcome:
        if failed:
            return CrawlOutcome.FAILED
        return CrawlOutcome.PARTIAL if self.crawl.tally.errors else CrawlOutcome.COMPLETE
