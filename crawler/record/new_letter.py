"""What a letter at an address without one is: published, or a known one that moved."""

from datetime import datetime

from sqlalchemy import Connection

from crawler.record.change import ChangeDraft, tell
from crawler.record.crawl_state import Course
from crawler.record.not_confirmed import Facts, NotConfirmedError
from crawler.visit import Visit
from differ.compare import compare
from letters.change import ChangeKind, Window
from letters.letter import Letter
from letters.records import Outcome, Status
from storage.derived.addresses import KnownAddress
from storage.derived.moved_letters import find_alike, find_moved, find_unlisted
from storage.derived.newest import letter_row, newest_version
from storage.facts.crawls import last_directory
from storage.facts.visits import SETTLED, Reading, add_letter, add_version, relocate, update_letter


def record_new(
    connection: Connection,
    course: Course,
    visit: Visit,
    reading: Reading,
    gone: Window | None = None,
) -> Facts:
    """Record a letter seen for the first time at its address: published, or relocated.

    `gone` lies between when a letter that had stood there was last found gone and when this
    one was first seen. Raises NotConfirmedError while it can't be told which.
    """
    source, letter = course.job.source.name, reading.letter
    read_at = course.directory_at
    if read_at is None:
        _ensure_unlike(connection, course, letter)
    elif moved := _moved(connection, course, letter, read_at):
        return _record_move(connection, course, reading, (moved, visit))
    listed_at = visit.known.first_listed_at and (read_at or visit.known.first_listed_at)
    letter_id, version = add_letter(connection, source, visit.known, reading, listed_at)
    course.seen.add(letter_id)
    after, before = _unlisted_until(connection, course, visit), visit.at
    if gone:
        after, before = max(filter(None, (after, gone.after)), default=None), gone.before
    window = Window(after, before)
    baseline = gone is None and _is_baseline(course, visit.known)
    happening = ChangeDraft(
        letter_id, ChangeKind.PUBLISHED, None, 1, visit.at, window, baseline=baseline
    )
    return version | tell(connection, course, happening)


def _moved(
    connection: Connection, course: Course, letter: Letter, read_at: datetime
) -> int | None:
    """Return the letter that `letter` is at a new address, or None.

    Raises NotConfirmedError where one is that is no longer listed, and whose old page gave no
    answer yet: after `confirm` directories without it, it is not served any more.
    """
    source = course.job.source.name
    if found := find_moved(connection, source, letter, read_at):
        if course.is_whole:
            return int(found.id)
        reason = f"it may be letter {found.id}; held back until the directory is read to its end"
        raise NotConfirmedError(reason, {})
    found = find_unlisted(connection, source, letter, read_at)
    if found is None or found.id in course.seen:
        return None
    if found.unlisted_crawls >= course.job.confirm:
        return int(found.id)
    reason = f"it may be letter {found.id}, whose old page gave no answer; held back"
    raise NotConfirmedError(reason, {})


def _ensure_unlike(connection: Connection, course: Course, letter: Letter) -> None:
    """Raise NotConfirmedError where a known letter answers the same paper.

    Whether that moved here, or both stand, only a crawl of the directory can tell.
    """
    if found := find_alike(connection, course.job.source.name, letter):
        reason = f"it may be letter {found.id}; held back until the directory is read"
        raise NotConfirmedError(reason, {})


def _record_move(
    connection: Connection, course: Course, reading: Reading, move: tuple[int, Visit]
) -> Facts:
    letter_id, visit = move
    address_id = visit.known.id
    row = letter_row(connection, letter_id)
    old, _, _ = newest_version(connection, letter_id)
    edits, number, facts = compare(old, reading.letter), row.version, {}
    if reading.letter.digest() != row.digest or edits:
        number += 1
        facts = add_version(connection, letter_id, number, reading)
    relocate(connection, letter_id, address_id)
    present = {"status": Status.PUBLISHED.value, "listed_at": course.directory_at}
    update_letter(
        connection,
        letter_id,
        last_seen=reading.since,
        served_at=reading.since,
        **present,
        unlisted_crawls=0,
        **SETTLED,
    )
    course.seen.add(letter_id)
    course.listed.add(letter_id)
    course.gone.discard(letter_id)
    after, at = row.served_at, reading.seen_at
    if row.status == Status.WITHDRAWN.value:  # it was away: it came back after it was missed here
        after = _unlisted_until(connection, course, visit) or row.gone_at or after
    window = Window(after, at)
    moved = ChangeDraft(letter_id, ChangeKind.RELOCATED, row.version, number, at, window, edits)
    return facts | {"moved": [letter_id, address_id]} | tell(connection, course, moved)


def _is_baseline(course: Course, known: KnownAddress) -> bool:
    """Return whether a new letter may have stood there when its source was first crawled.

    That it came later is proved by a crawl that had read the directory whole before the
    address was first listed, or by another letter that stood at the address.
    """
    if known.left_by is not None:
        return False
    listed_at, whole_at = known.first_listed_at, course.first_whole_at
    if whole_at is None:
        return True
    # One listed first by this very crawl is later whatever the clocks say; one that was
    # asked for by its URL and never listed is as late as the crawl that read it.
    return listed_at not in {None, course.directory_at} and listed_at <= whole_at


def _unlisted_until(connection: Connection, course: Course, visit: Visit) -> datetime | None:
    """Return the last look that still showed no such letter, or None where there was none."""
    known = visit.known
    gone = known.visited_at if known.outcome is Outcome.GONE else None
    listed_at = known.first_listed_at
    if listed_at and listed_at not in course.directories:
        source = course.job.source.name
        course.directories[listed_at] = last_directory(connection, source, listed_at)
    directory = course.directories.get(listed_at) if listed_at else None
    return max(filter(None, (gone, directory)), default=None)
