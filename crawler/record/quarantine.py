"""What of a crawl's looks is recorded, and when: doubtful ones wait for the source as a whole."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from crawler.http.decoding import has_end
from crawler.page.reader import PARSER
from crawler.record.crawl_state import Course
from crawler.record.drift import SAMPLE, DriftGauge, SourceNorms, lists_far_fewer
from crawler.visit import Visit
from letters.records import Outcome, PageError
from storage.database.archive import Archive
from storage.derived.newest import newest_version, snapshot_row
from storage.facts.alarms import (
    LISTED,
    Alarm,
    accepted_signs,
    first_crawl_as_now,
    open_alarm,
    raise_alarm,
)
from storage.facts.crawls import crawls, most_listed
from storage.facts.evidence import fetch
from storage.facts.unread_pages import sample_letters
from storage.schema.letter_codec import unpack

MOST_WAITING = 50  # looks that wait, with their pages, before the oldest is taken at its word
# By then every letter was visited, and what a person accepted is in the newest versions.
ACCEPTED_FOR = timedelta(days=30)


class Quarantine:
    """Lets looks pass to the archive; holds back what a worse reading may have changed.

    A look that shows a sign of drift waits until enough of its source was seen to say
    whether it is alone. While an alarm stands nothing passes that would make a version:
    its page is kept, to be read when the alarm is over.
    """

    def __init__(self, archive: Archive, course: Course, now: Callable[[], datetime]) -> None:
        self._archive, self._course, self._now = archive, course, now
        self._source = course.job.source.name
        self._gauge = DriftGauge()
        self._waiting: deque[Visit] = deque()
        self._habits: SourceNorms | None = None
        with archive.reading() as connection:
            self._alarm = open_alarm(connection, self._source)
            self._accepted = accepted_signs(connection, self._source, now() - ACCEPTED_FOR)

    def judge(self, visit: Visit) -> list[Visit]:
        """Return the looks to be recorded now: this one, one that waited, many, or none."""
        if _differs(visit) and self._is_cut_off(visit):
            visit = visit.settled(Outcome.BROKEN, "truncated: the page ends before its end")
        if not (visit.is_unread or _differs(visit)):
            if visit.outcome is Outcome.LETTER and visit.known.letter_id is not None:
                self._gauge.add(None)
            return [visit]
        if self._alarm:
            return [_held_back(visit, self._alarm)]
        sign = self._sign(visit)
        if visit.known.letter_id is not None:  # a new letter says nothing of how others were read
            self._gauge.add(sign)
        if sign is None:
            return [visit]
        self._waiting.append(visit)
        if why := self._drift(at_end=False):
            return self._freeze(why)
        return [self._waiting.popleft()] if len(self._waiting) > MOST_WAITING else []

    def rest(self) -> list[Visit]:
        """Return the looks that still wait, now that the crawl has seen what it could."""
        if self._alarm is None and (why := self._drift(at_end=True)):
            return self._freeze(why)
        visits = list(self._waiting)
        self._waiting.clear()
        return visits

    def takes_directory(self, connection: Connection, listed: int) -> bool:
        """Tell whether a directory of that size can be believed; raise an alarm if not."""
        first = first_crawl_as_now(connection, self._source)
        reason = lists_far_fewer(listed, most_listed(connection, self._source, first))
        if reason is None:
            return True
        if self._alarm is None:
            self._alarm = self._raise(connection, (LISTED, reason))
        self._course.errors.append(PageError(self._course.job.source.listing, reason))
        return False

    def takes_another(self, reason: str) -> bool:
        """Tell whether a directory that lists nothing it listed was accepted by a person.

        The second crawl in a row that finds it so raises an alarm, for a person to clear.
        """
        if LISTED in self._accepted:
            return True
        with self._archive.reading() as connection:
            _, *before = crawls(connection, self._source, limit=2)
        again = any(error.reason == reason for each in before for error in each.errors)
        if again and self._alarm is None:
            with self._archive.writing() as connection:
                self._alarm = self._raise(connection, (LISTED, reason))
        return False

    def _is_cut_off(self, visit: Visit) -> bool:
        """Tell whether a page lacks the end that its last version, or its template, has."""
        seen = visit.snapshot
        if seen is None or all(has_end(page.body) for page in (seen, *seen.further)):
            return False
        letter_id = visit.known.letter_id
        with self._archive.reading() as connection:
            sha256 = self._course.primer
            if letter_id is not None:
                snapshot_id = newest_version(connection, letter_id)[2]
                sha256 = snapshot_row(connection, snapshot_id).sha256
            return sha256 is not None and has_end(fetch(connection, sha256))

    def _sign(self, visit: Visit) -> str | None:
        if visit.letter is None:
            known = visit.known.letter_id is not None
            sign = visit.reason.partition(":")[0] if visit.reason and known else None
        else:
            sign = self._sign_of_letter(visit)
        return None if sign in self._accepted else sign

    def _sign_of_letter(self, visit: Visit) -> str | None:
        if visit.letter is None:
            return None
        with self._archive.reading() as connection:
            if self._habits is None:
                sample = sample_letters(connection, self._source, SAMPLE)
                self._habits = SourceNorms.of([unpack(each) for each in sample])
            if visit.known.letter_id is None:
                return self._habits.sign(visit.letter, None)
            old, parser, _ = newest_version(connection, visit.known.letter_id)
        # What another parser read differs by the parser, and is corrected before it is compared.
        return self._habits.sign(visit.letter, old) if parser == PARSER else None

    def _drift(self, *, at_end: bool) -> tuple[str, str] | None:
        """Return why the source drifts; a crawl of single letters can't say."""
        return None if self._course.job.urls else self._gauge.drift(at_end=at_end)

    def _freeze(self, why: tuple[str, str]) -> list[Visit]:
        with self._archive.writing() as connection:
            alarm = self._raise(connection, why)
        self._alarm = alarm
        listing = self._course.job.source.listing
        self._course.errors.append(PageError(listing, f"drift: {alarm.reason}"))
        visits = [_held_back(visit, alarm) for visit in self._waiting]
        self._waiting.clear()
        return visits

    def _raise(self, connection: Connection, why: tuple[str, str]) -> Alarm:
        return raise_alarm(connection, self._source, self._course.id, self._now(), why)


def _differs(visit: Visit) -> bool:
    """Tell whether a look shows words that are not those of its letter's newest version."""
    return visit.letter is not None and visit.letter.digest() != visit.known.digest


def _held_back(visit: Visit, alarm: Alarm) -> Visit:
    if visit.letter is None:
        return visit
    return visit.settled(Outcome.BROKEN, f"held back by an alarm: {alarm.sign}", is_unread=True)
