"""Lets doubtful visits wait until the crawl shows whether its whole source is read worse."""

from collections import deque
from datetime import timedelta

from sqlalchemy import Connection

from crawler.http.decoding import has_end
from crawler.record import body_moved
from crawler.record.crawl_state import CrawlContext
from crawler.record.drift import SAMPLE, DriftGauge, SourceNorms, lists_far_fewer
from crawler.visit import Visit
from letters.letter import Letter
from letters.visit_span import VisitOutcome
from storage.database.archive import Archive
from storage.derived.newest import snapshot_row
from storage.facts.crawls import crawls, largest_directory
from storage.facts.drift_alarms import (
    LISTED,
    DriftAlarm,
    accepted_signs,
    first_crawl_as_now,
    open_drift_alarm,
    raise_alarm,
)
from storage.facts.evidence import load_evidence
from storage.facts.unread_pages import sample_letters

MOST_WAITING = 50  # visits that wait, with their pages, before the oldest is recorded as it is
# By then every letter was visited, and what a person accepted is in the newest versions.
ACCEPTED_FOR = timedelta(days=30)


class Quarantine:
    """Decides which visits of a crawl are recorded now, and which wait.

    A visit that shows a sign of drift waits until enough of its source was seen to say
    whether it is alone. While an alarm is open no visit is admitted that would make a version:
    its page is kept, to be read when the alarm is cleared.
    """

    def __init__(self, archive: Archive, crawl: CrawlContext) -> None:
        self._archive, self._crawl = archive, crawl
        self._gauge = DriftGauge()
        self._waiting: deque[Visit] = deque()
        self._norms: SourceNorms | None = None
        with archive.reading() as connection:
            self._alarm = open_drift_alarm(connection, crawl.source)
            since = crawl.now() - ACCEPTED_FOR
            self._accepted = accepted_signs(connection, crawl.source, since)

    def admit(self, visit: Visit) -> list[Visit]:
        """Return the visits to be recorded now: this one, one that waited, many, or none."""
        if _differs(visit):
            visit = self._comparable(visit)
        is_known = visit.address.letter_id is not None
        if not (visit.needs_better_parser or _differs(visit)):
            if visit.outcome is VisitOutcome.LETTER and is_known:
                self._gauge.add(None)
            return [visit]
        if self._alarm:
            return [_held_back(visit, self._alarm)]
        sign = self._sign(visit)
        if is_known:  # a new letter says nothing of how others were read
            self._gauge.add(sign)
        if sign is None:
            return [visit]
        self._waiting.append(visit)
        if drift := self._drift(at_end=False):
            return self._freeze(drift)
        return [self._waiting.popleft()] if len(self._waiting) > MOST_WAITING else []

    def release(self) -> list[Visit]:
        """Return the visits that still wait, now that the crawl has seen what it could."""
        if self._alarm is None and (drift := self._drift(at_end=True)):
            return self._freeze(drift)
        visits = list(self._waiting)
        self._waiting.clear()
        return visits

    def accepts_directory(self, connection: Connection, listed: int) -> bool:
        """Return whether a directory of that size can be believed; raise an alarm if not."""
        first = first_crawl_as_now(connection, self._crawl.source)
        most = largest_directory(connection, self._crawl.source, first)
        reason = lists_far_fewer(listed, most)
        if reason is None:
            return True
        if self._alarm is None:
            self._alarm = self._raise(connection, (LISTED, reason))
        self._crawl.tally.page_failed(self._crawl.job.source.listing, reason)
        return False

    def accepts_replacement(self, reason: str) -> bool:
        """Return whether a person accepted a directory that lists nothing of what it listed.

        The second crawl in a row that finds it so raises an alarm, for a person to clear.
        """
        if LISTED in self._accepted:
            return True
        with self._archive.reading() as connection:
            _, *before = crawls(connection, self._crawl.source, limit=2)
        is_repeated = any(error.reason == reason for each in before for error in each.errors)
        if is_repeated and self._alarm is None:
            with self._archive.writing() as connection:
                self._alarm = self._raise(connection, (LISTED, reason))
        return False

    def _comparable(self, visit: Visit) -> Visit:
        """Return a visit, broken where its words can't be compared with its newest version's."""
        if self._is_cut_off(visit):
            return visit.settled(VisitOutcome.BROKEN, "truncated: the page ends before its end")
        moved = self._body_moved(visit)
        return (
            visit.settled(VisitOutcome.BROKEN, moved, needs_better_parser=True) if moved else visit
        )

    def _is_cut_off(self, visit: Visit) -> bool:
        """Return whether a page lacks the end that its last version, or its template, has."""
        snapshot = visit.snapshot
        if snapshot is None or all(has_end(page.body) for page in (snapshot, *snapshot.further)):
            return False
        with self._archive.reading() as connection:
            sha256 = self._crawl.tally.template
            if visit.newest is not None:
                sha256 = snapshot_row(connection, visit.newest.snapshot_id).sha256
            return sha256 is not None and has_end(load_evidence(connection, sha256))

    def _body_moved(self, visit: Visit) -> str | None:
        """Return in words that a body is not where it was; None where a person accepted that."""
        if visit.newest is None or body_moved.SIGN in self._accepted:
            return None
        with self._archive.reading() as connection:
            return body_moved.body_moved(connection, visit, self._crawl.reader)

    def _sign(self, visit: Visit) -> str | None:
        """Return the sign of drift that a visit shows; None for none, or one that is accepted."""
        if visit.letter is not None:
            sign = self._sign_of_letter(visit, visit.letter)
        elif visit.reason and visit.address.letter_id is not None:
            sign = visit.reason.partition(":")[0]
        else:
            sign = None
        return None if sign in self._accepted else sign

    def _sign_of_letter(self, visit: Visit, letter: Letter) -> str | None:
        if self._norms is None:
            with self._archive.reading() as connection:
                sample = sample_letters(connection, self._crawl.source, SAMPLE)
            self._norms = SourceNorms.of(sample)
        newest = visit.newest
        if newest is None:
            return self._norms.sign(letter, None)
        # What another parser read differs by the parser, and is corrected before it is compared.
        is_comparable = newest.parser == self._crawl.reader.label
        return self._norms.sign(letter, newest.letter) if is_comparable else None

    def _drift(self, *, at_end: bool) -> tuple[str, str] | None:
        """Return sign and reason of the source's drift; a crawl of single letters can't say."""
        return None if self._crawl.job.urls else self._gauge.drift(at_end=at_end)

    def _freeze(self, drift: tuple[str, str]) -> list[Visit]:
        """Raise an alarm; return the visits that waited, of which none makes a version."""
        with self._archive.writing() as connection:
            alarm = self._raise(connection, drift)
        self._alarm = alarm
        self._crawl.tally.page_failed(self._crawl.job.source.listing, f"drift: {alarm.reason}")
        visits = [_held_back(visit, alarm) for visit in self._waiting]
        self._waiting.clear()
        return visits

    def _raise(self, connection: Connection, drift: tuple[str, str]) -> DriftAlarm:
        at = self._crawl.now()
        return raise_alarm(connection, self._crawl.source, self._crawl.id, at, drift)


def _differs(visit: Visit) -> bool:
    """Return whether a visit shows words that are not those of its letter's newest version."""
    return visit.letter is not None and visit.letter.digest() != visit.address.digest


def _held_back(visit: Visit, alarm: DriftAlarm) -> Visit:
    """Return a visit that makes no version; its page is kept and read later."""
    if visit.letter is None:
        return visit
    return visit.settled(
        VisitOutcome.BROKEN, f"held back by an alarm: {alarm.sign}", needs_better_parser=True
    )
