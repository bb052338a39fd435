"""What the looks of a whole crawl, taken together, say: withdrawn, delisted, held."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from crawler.record.change import ChangeDraft, tell
from crawler.record.crawl_state import Course
from letters.change import ChangeKind, Window
from letters.records import Outcome, Status
from letters.titles import read_title
from storage.derived.addresses import known_addresses
from storage.derived.crawl_end import (
    count_suspect,
    find_released,
    hold_changes,
    open_letters,
    release,
)
from storage.facts.visits import update_letter

SICK = 0.2  # share of the letters looked at, listed and gone, beyond which a host is not healthy
FEW = 3  # that many listed letters may be gone on a healthy host of any size

Paper = str | tuple[str | None, str | None]  # known by its title, or by number and session


def record_absences(connection: Connection, course: Course, at: datetime) -> list[dict[str, Any]]:
    """Tell what is certain now and return what the ledger keeps of it.

    A letter is withdrawn when `confirm` crawls, each of which read the directory to its
    end, found its page gone: unlisted, or listed on a host that served other letters.
    It waits while the directory lists it at another URL whose page gave no answer yet.
    It is delisted when as many directories did not list it while its page was served.
    """
    facts: list[dict[str, Any]] = []
    if course.is_whole:
        missing = open_letters(connection, course.job.source.name)
        unanswered = _unanswered(connection, course) if missing else set()
        for row in missing:
            facts += _settle_letter(connection, course, row, at, unanswered)
    is_mass = _is_mass(course)
    if is_mass:
        facts.append({"held": hold_changes(connection, course.id)})
    elif course.is_whole:
        visited = (course.seen | course.gone) - course.changed
        if released := find_released(connection, course.job.source.name, visited):
            facts.append(release(connection, released, at))
    course.counts["suspect"] = count_suspect(connection, course.job.source.name)
    return facts


def _settle_letter(
    connection: Connection,
    course: Course,
    row: Row[Any],
    at: datetime,
    unanswered: set[Paper],
) -> Iterator[dict[str, Any]]:
    is_listed = row.id in course.listed
    if row.id in course.gone and (not is_listed or _is_healthy(course)):
        crawls = row.gone_crawls + 1
        update_letter(connection, row.id, gone_crawls=crawls)
        may_stand_elsewhere = unanswered & {row.title, (row.number, row.session)}
        if crawls >= course.job.confirm and not may_stand_elsewhere:
            update_letter(connection, row.id, status=Status.WITHDRAWN.value)
            yield _told(connection, course, row, ChangeKind.WITHDRAWN, at)
    elif row.id in course.seen and not is_listed and _is_delisted(course, row):
        update_letter(connection, row.id, status=Status.DELISTED.value)
        yield _told(connection, course, row, ChangeKind.DELISTED, at)


def _unanswered(connection: Connection, course: Course) -> set[Paper]:
    """Return the papers that are listed where no page has been read yet, nor found gone."""
    papers: set[Paper] = set()
    for each in known_addresses(connection, course.job.source.name):
        is_open = each.letter_id is None and each.outcome is not Outcome.GONE
        if is_open and each.listed_title and each.key in course.listed_keys:
            told = read_title(each.listed_title)
            papers |= {each.listed_title}
            papers |= {(told.number, told.session)} if told.number else set()
    return papers


def _is_delisted(course: Course, row: Row[Any]) -> bool:
    was_listed = row.listed_at is not None and row.status == Status.PUBLISHED.value
    return was_listed and bool(row.unlisted_crawls >= course.job.confirm)


def _told(
    connection: Connection, course: Course, row: Row[Any], kind: ChangeKind, at: datetime
) -> dict[str, Any]:
    withdrawn = kind is ChangeKind.WITHDRAWN
    after, before = (row.served_at, row.gone_at) if withdrawn else (row.listed_at, row.unlisted_at)
    to_version = None if withdrawn else row.version
    happening = ChangeDraft(row.id, kind, row.version, to_version, at, Window(after, before))
    return tell(connection, course, happening)


def _is_healthy(course: Course) -> bool:
    """Tell whether the host served letters while it said that others are gone."""
    gone = len(course.gone & course.listed)
    return bool(course.seen) and gone <= max(FEW, SICK * (len(course.seen) + gone))


def _is_mass(course: Course) -> bool:
    changed = sum(course.counts[kind.value] for kind in ChangeKind) - course.counts["published"]
    return bool(course.letters_before) and changed > course.job.mass * course.letters_before
