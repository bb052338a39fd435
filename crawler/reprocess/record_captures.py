"""Records what captures say of a letter: its earlier versions, and the changes between them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row

from crawler.job import CrawlJob
from crawler.page.reader import PageReader
from crawler.record.change import ChangeDraft, record_change
from crawler.record.crawl_state import CrawlContext
from crawler.record.parser_upgrade import read_again, ways_of
from crawler.reprocess.capture_timeline import (
    Capture,
    Span,
    State,
    comparable_captures,
    spans,
    state_of,
)
from differ.compare import compare
from letters.change import ChangeKind, Window
from letters.letter import Letter
from letters.letter_record import Cause
from letters.visit_span import VisitOutcome
from storage import queries
from storage.derived.corrections import retract_change, stored_versions
from storage.derived.newest import letter_row
from storage.facts import ledger
from storage.facts.entries import (
    CaptureEntry,
    ChangeEntry,
    LetterFacts,
    PageFacts,
    VersionFact,
)
from storage.facts.imports import imported_change
from storage.facts.packed_letters import load_letter
from storage.facts.snapshots import stored_pages
from storage.facts.visits import (
    Reading,
    add_earlier_version,
    add_letter,
    add_version,
    update_letter,
)


class CaptureRecorder:
    """Records the captures of one letter after another, within the import's transaction."""

    def __init__(self, connection: Connection, job: CrawlJob, at: datetime) -> None:
        self._connection = connection
        self._job = job
        self._at = at
        self._reader = PageReader.of_site(job.source.kind, job.source.site)
        self.versions = 0  # recorded
        self.changes = 0

    def record(self, captures: list[Capture]) -> None:
        """Record the captures of one address."""
        address = captures[0].address
        letter_id = address.letter_id or address.left_by
        if letter_id is None:
            self._begin_letter(captures)
            return
        rows = stored_versions(self._connection, letter_id)
        oldest = min(rows, key=lambda row: row.seen_at)
        paper = load_letter(self._connection, oldest.letter)
        pages = stored_pages(self._connection, oldest.snapshot_id)
        same = comparable_captures(captures, paper, ways_of(pages, paper, self._reader))
        self._keep(each for each in captures if each not in same)
        self._add_older(letter_id, rows, [each for each in same if each.at < oldest.seen_at])
        later = [each for each in same if each.at >= oldest.seen_at]
        newest_at = letter_row(self._connection, letter_id).served_at
        is_ours = any(
            span.outcome is VisitOutcome.LETTER
            for span in queries.visits(self._connection, letter_id)
        )
        newer = [] if is_ours else [each for each in later if each.at > newest_at]
        self._add_between(letter_id, rows, [each for each in later if each not in newer])
        self._add_newer(letter_id, rows, newer)

    def _begin_letter(self, captures: list[Capture]) -> None:
        """Record a letter that fuhan has never seen: it was there when it was first captured."""
        newest = max(captures, key=lambda each: each.at)
        same = comparable_captures(captures, newest.letter, newest.ways)
        self._keep(each for each in captures if each not in same)
        first, *others = spans(same)
        reading = self._reading(first.first)
        source = self._job.source.name
        letter_id, version = add_letter(
            self._connection, source, first.first.address, reading, None
        )
        begun = ChangeDraft(
            letter_id,
            ChangeKind.PUBLISHED,
            from_version=None,
            to_version=1,
            detected_at=self._at,
            window=Window(None, first.first.at),
            baseline=True,
        )
        self._keep_span(first, version)
        self._add_change(first.first.crawl_id, begun)
        self._append(letter_id, state_of(first, 1), others)

    def _add_older(self, letter_id: int, rows: list[Row[Any]], older: list[Capture]) -> None:
        """Add what a letter said before its oldest version: numbered down from the lowest."""
        if not older:
            return
        oldest = min(rows, key=lambda row: row.seen_at)
        by_time = spans(older)
        states = [self._state_of(oldest, by_time[-1])]
        if not compare(by_time[-1].last.letter, states[0].letter):
            last = by_time.pop()  # it said already what its oldest version says
            states = [replace(states[0], first_at=last.first.at)]
            self._keep_span(last)
        number = min(row.number for row in rows)
        for span in reversed(by_time):
            number -= 1
            self._add_earlier(letter_id, number, span)
            states.insert(0, state_of(span, number))
        for before, after in pairwise(states):
            self._add_edit(letter_id, before, after)

    def _add_between(self, letter_id: int, rows: list[Row[Any]], later: list[Capture]) -> None:
        """Add texts that a letter had between two of its versions, and that neither of them has.

        An edit that an earlier import recorded there is split. Else no change: what fuhan saw
        itself says from what to what the letter was edited.
        """
        known = {row.number: self._letter_of(row) for row in rows} if later else {}
        for span in spans(later):
            letter = span.first.letter
            number = next((at for at, each in known.items() if not compare(letter, each)), None)
            if number is not None:
                self._keep_span(span)
            else:
                number = min(known) - 1
                known[number] = letter
                self._add_earlier(letter_id, number, span)
            self._split_change(letter_id, known, state_of(span, number))

    def _add_earlier(self, letter_id: int, number: int, span: Span) -> None:
        reading = self._reading(span.first)
        self._keep_span(span, add_earlier_version(self._connection, letter_id, number, reading))

    def _split_change(self, letter_id: int, letters: Mapping[int, Letter], state: State) -> None:
        """Split the edit of an earlier import in whose window a letter was captured."""
        change = imported_change(self._connection, letter_id, state.first_at, state.last_at)
        if change is None:
            return
        entry = retract_change(self._connection, change)
        ledger.append(self._connection, self._job.source.name, entry)
        self.changes -= 1
        since, until, crawl_id = change.after, change.before, state.crawl_id
        before = State(change.from_version, letters[change.from_version], since, since, crawl_id)
        after = State(change.to_version, letters[change.to_version], until, until, crawl_id)
        if state.number == before.number:
            before = replace(before, last_at=state.last_at)
        elif state.number == after.number:
            after = replace(after, first_at=state.first_at)
        else:
            self._add_edit(letter_id, before, state)
            before = state
        self._add_edit(letter_id, before, after)

    def _add_newer(self, letter_id: int, rows: list[Row[Any]], newer: list[Capture]) -> None:
        """Add what a letter that fuhan has never seen itself said after its newest version."""
        if newer:
            newest = max(rows, key=lambda row: row.number)
            served_at = letter_row(self._connection, letter_id).served_at
            by_time = spans(newer)
            state = replace(self._state_of(newest, by_time[0]), last_at=served_at)
            self._append(letter_id, state, by_time)

    def _append(self, letter_id: int, state: State, by_time: list[Span]) -> None:
        """Add newer texts to a letter that is known by captures alone."""
        for span in by_time:
            reading = self._reading(span.first)
            if not compare(state.letter, span.first.letter):
                self._keep_span(span)
                state = replace(state, last_at=span.last.at)
                continue
            number = state.number + 1
            self._keep_span(span, add_version(self._connection, letter_id, number, reading))
            self._add_edit(letter_id, state, state := state_of(span, number))
        update_letter(
            self._connection, letter_id, last_seen=state.last_at, served_at=state.last_at
        )

    def _add_edit(self, letter_id: int, before: State, after: State) -> None:
        edits = compare(before.letter, after.letter)
        if not edits:
            return
        draft = ChangeDraft(
            letter_id,
            ChangeKind.EDITED,
            from_version=before.number,
            to_version=after.number,
            detected_at=self._at,
            window=Window(before.last_at, after.first_at),
            edits=edits,
        )
        self._add_change(after.crawl_id, draft)

    def _add_change(self, crawl_id: int, draft: ChangeDraft) -> None:
        crawl = CrawlContext(self._job, crawl_id, self._at, now=lambda: self._at)
        fact = record_change(self._connection, crawl, draft)
        ledger.append(self._connection, self._job.source.name, ChangeEntry(fact))
        self.changes += draft.kind is ChangeKind.EDITED

    def _keep_span(self, span: Span, version: VersionFact | None = None) -> None:
        first, *others = span.captures
        self._keep([first], LetterFacts(version=version))
        self._keep(others)
        self.versions += version is not None

    def _keep(self, captures: Iterable[Capture], facts: LetterFacts | None = None) -> None:
        for each in captures:
            entry = CaptureEntry(
                each.address.id,
                each.address.url,
                each.at,
                PageFacts(each.snapshot),
                facts or LetterFacts(),
            )
            ledger.append(self._connection, self._job.source.name, entry)

    def _reading(self, capture: Capture) -> Reading:
        label, at = self._reader.label, capture.at
        return Reading(capture.letter, capture.snapshot.id, at, at, label, Cause.IMPORT)

    def _state_of(self, row: Row[Any], nearest: Span) -> State:
        """Return a version on record as it is read today; its change is of `nearest`'s import."""
        letter = self._letter_of(row)
        return State(row.number, letter, row.seen_at, row.seen_at, nearest.first.crawl_id)

    def _letter_of(self, row: Row[Any]) -> Letter:
        letter = load_letter(self._connection, row.letter)
        if row.parser == self._reader.label:
            return letter
        return read_again(stored_pages(self._connection, row.snapshot_id), letter, self._reader)
