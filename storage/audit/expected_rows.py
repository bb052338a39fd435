"""What the rows of the archive must say, by the entries of its ledgers."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatchmethod

from letters.review import Review
from letters.visit_span import VisitOutcome
from letters.watching import WatchDecision
from storage.audit.expected_changes import ExpectedChanges
from storage.audit.expected_parts import (
    ExpectedAlarm,
    ExpectedCrawl,
    ExpectedLetter,
    ExpectedSpan,
)
from storage.audit.named_evidence import evidence_in
from storage.facts.crawled_sources import IMPORT
from storage.facts.entries import (
    AlarmClearedEntry,
    AlarmRaisedEntry,
    BacklogEntry,
    BaselineEntry,
    CaptureEntry,
    ChangeEntry,
    ChangeRetractedEntry,
    ChangesHeldEntry,
    ChangesReleasedEntry,
    CrawlBegunEntry,
    CrawlEndedEntry,
    DirectoryEntry,
    Entry,
    FileEntry,
    FileTextEntry,
    ImportEntry,
    LetterFacts,
    PageFacts,
    ReviewEntry,
    VersionCorrectedEntry,
    VersionFact,
    VisitEntry,
    WatchEntry,
)
from storage.facts.files import FileRecord


@dataclass(slots=True)
class ExpectedRows:
    """What the entries of all ledgers say, by the ids of the rows that must say the same."""

    source: str = ""  # whose ledger is being read
    changes: dict[str, ExpectedChanges] = field(default_factory=dict)  # by source
    snapshots: dict[int, str] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)
    version_sources: dict[int, str] = field(default_factory=dict)
    spans: dict[int, list[ExpectedSpan]] = field(default_factory=dict)  # by address
    letters: dict[int, ExpectedLetter] = field(default_factory=dict)  # by address
    homes: dict[int, int] = field(default_factory=dict)  # address, by letter that was moved
    crawls: dict[int, ExpectedCrawl | None] = field(default_factory=dict)  # None: it did not end
    modes: dict[int, str] = field(default_factory=dict)  # of crawls; not kept before 2026-11-25
    directory_at: datetime | None = None  # of the crawl that goes on, where it is whole
    files: dict[tuple[str, str], str] = field(default_factory=dict)  # sha256 by URL and source
    # of all files that were stored: sha256 of the bytes, and of what they say
    contents: set[tuple[str, str | None]] = field(default_factory=set)
    file_texts: dict[str, set[str]] = field(default_factory=dict)  # digests by the bytes' sha256
    file_records: dict[int, tuple[FileRecord, ...]] = field(default_factory=dict)  # by letter
    directories: dict[str, str] = field(default_factory=dict)  # sha256 of the newest, by source
    evidence: dict[str, str] = field(default_factory=dict)  # what each is, by sha256
    seen: dict[int, datetime] = field(default_factory=dict)  # its letter last, by address
    served: dict[int, datetime] = field(default_factory=dict)  # its page last, by address
    asked: dict[int, datetime] = field(default_factory=dict)  # when it was, by snapshot
    first_pages: dict[int, int] = field(default_factory=dict)  # of further ones, by snapshot
    alarms: dict[int, ExpectedAlarm] = field(default_factory=dict)
    unread: dict[int, datetime | None] = field(default_factory=dict)  # when read, by snapshot
    reviews: dict[int, Review] = field(default_factory=dict)
    watching: dict[int, WatchDecision] = field(default_factory=dict)
    imports: dict[int, tuple[str, str]] = field(default_factory=dict)  # name and sha256 of files
    captured: set[int] = field(default_factory=set)  # addresses whose letter fuhan has not seen

    def add(self, source: str, entry: Entry) -> None:
        """Apply one ledger entry of `source`."""
        self.source = source
        self.evidence |= evidence_in(source, entry)
        self._apply(entry)

    @property
    def _changes_of_source(self) -> ExpectedChanges:
        return self.changes.setdefault(self.source, ExpectedChanges())

    @singledispatchmethod
    def _apply(self, entry: Entry) -> None:
        """Apply an entry by its kind; one of an unknown kind says nothing."""

    @_apply.register
    def _(self, entry: CrawlBegunEntry) -> None:
        self.crawls[entry.crawl_id] = self.directory_at = None
        if entry.mode is not None:
            self.modes[entry.crawl_id] = entry.mode

    @_apply.register
    def _(self, entry: DirectoryEntry) -> None:
        self.directories[self.source] = entry.sha256
        self.directory_at = entry.at if entry.is_whole else None

    @_apply.register
    def _(self, entry: CrawlEndedEntry) -> None:
        self.crawls[entry.crawl.id] = ExpectedCrawl(entry.crawl, self.directory_at, entry.listing)

    @_apply.register
    def _(self, entry: VisitEntry) -> None:
        self._add_pages(entry.pages, entry.earliest)
        self._add_letter(entry.address_id, entry.letter)
        self._add_to_span(entry)
        if entry.files:
            self.file_records[entry.files.letter_id] = entry.files.records
        if entry.outcome is VisitOutcome.LETTER:
            self.captured.discard(entry.address_id)
            self.seen[entry.address_id] = entry.earliest
            if entry.is_served:
                self.served[entry.address_id] = entry.earliest

    @_apply.register
    def _(self, entry: BacklogEntry) -> None:
        self._add_letter(entry.address_id, entry.letter)
        self.unread[entry.snapshot_id] = entry.read_at
        if entry.letter.version or entry.at > self.seen.get(entry.address_id, entry.at):
            self.seen[entry.address_id] = self.served[entry.address_id] = entry.at

    @_apply.register
    def _(self, entry: CaptureEntry) -> None:
        self._add_pages(entry.pages, entry.at)
        self._add_letter(entry.address_id, entry.letter)
        if entry.address_id not in self.seen and entry.letter.version:
            self.captured.add(entry.address_id)
        if entry.address_id in self.captured:
            last = max(self.seen.get(entry.address_id, entry.at), entry.at)
            self.seen[entry.address_id] = self.served[entry.address_id] = last

    @_apply.register
    def _(self, entry: ImportEntry) -> None:
        self.crawls[entry.crawl.id] = ExpectedCrawl(entry.crawl)
        self.modes[entry.crawl.id] = IMPORT
        self.imports[entry.crawl.id] = entry.name, entry.sha256

    @_apply.register
    def _(self, entry: FileEntry) -> None:
        self.files[entry.url, self.source] = entry.sha256
        self.contents.add((entry.sha256, entry.content))

    @_apply.register
    def _(self, entry: FileTextEntry) -> None:
        self.file_texts.setdefault(entry.sha256, set()).add(entry.digest)

    @_apply.register
    def _(self, entry: AlarmRaisedEntry) -> None:
        self.alarms[entry.alarm_id] = ExpectedAlarm(self.source, entry)

    @_apply.register
    def _(self, entry: AlarmClearedEntry) -> None:
        raised = self.alarms[entry.alarm_id].raised
        self.alarms[entry.alarm_id] = ExpectedAlarm(self.source, raised, entry)

    @_apply.register
    def _(self, entry: ReviewEntry) -> None:
        self.reviews[entry.review.id] = entry.review
        if entry.released:
            self._release(entry.released)

    @_apply.register
    def _(self, entry: WatchEntry) -> None:
        self.watching[entry.decision.id] = replace(entry.decision, source=self.source)

    @_apply.register
    def _(self, entry: ChangesHeldEntry) -> None:
        self._changes_of_source.held.update(entry.change_ids)

    @_apply.register
    def _release(self, entry: ChangesReleasedEntry) -> None:
        self._changes_of_source.held.difference_update(entry.change_ids)
        self._changes_of_source.announce(entry.change_ids, entry.announced_at)

    @_apply.register
    def _(self, entry: BaselineEntry) -> None:
        self._changes_of_source.baseline.update(entry.change_ids)

    @_apply.register
    def _(self, entry: ChangeEntry) -> None:
        self._changes_of_source.add(entry.change)

    @_apply.register
    def _(self, entry: ChangeRetractedEntry) -> None:
        self._changes_of_source.retract(entry.change_id)

    @_apply.register
    def _(self, entry: VersionCorrectedEntry) -> None:
        self._add_version(entry.version)

    def _add_to_span(self, entry: VisitEntry) -> None:
        spans = self.spans.setdefault(entry.address_id, [])
        outcome, reason = entry.outcome.value, entry.reason
        if spans and (spans[-1].outcome, spans[-1].reason) == (outcome, reason):
            spans[-1].last_at = entry.at
            spans[-1].visits += 1
        else:
            spans.append(ExpectedSpan(outcome, reason, entry.at, entry.at, 1))

    def _add_pages(self, pages: PageFacts, asked_at: datetime) -> None:
        if pages.unread is not None:
            self.unread[pages.unread] = None
        if pages.snapshot is None:
            return
        first_id = pages.snapshot.id
        self.snapshots[first_id], self.asked[first_id] = pages.snapshot.seal, asked_at
        for page in pages.further:
            page_id = page.snapshot.id
            self.snapshots[page_id], self.asked[page_id] = page.snapshot.seal, page.since
            self.first_pages[page_id] = first_id

    def _add_letter(self, address_id: int, facts: LetterFacts) -> None:
        for version in filter(None, (facts.version, facts.reparsed, facts.longer)):
            self._add_version(version)
        if facts.version:
            self.letters[address_id] = ExpectedLetter(self.source, version_id=facts.version.id)
        if facts.moved:
            home = ExpectedLetter(self.source, letter_id=facts.moved.letter_id)
            self.letters[facts.moved.address_id] = home
            self.homes[facts.moved.letter_id] = facts.moved.address_id
        if facts.change:
            self._changes_of_source.add(facts.change)

    def _add_version(self, version: VersionFact) -> None:
        self.versions[version.id] = version.seal
        self.version_sources[version.id] = self.source
