"""A letter at an address where none stood: it is published there, or a known one moved there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from crawler.record.change import ChangeDraft, record_change
from crawler.record.crawl_state import CrawlContext
from crawler.record.not_confirmed import NotConfirmedError
from crawler.visit import Visit
from differ.compare import compare
from letters.addresses import KnownAddress
from letters.change import ChangeKind, Window
from letters.letter import Letter
from letters.letter_record import Status
from letters.visit_span import VisitOutcome
from storage.derived.file_texts import with_file_texts
from storage.derived.moved_letters import (
    find_same_paper,
    is_listed,
    is_moved,
    is_page_of,
    is_unlisted,
)
from storage.derived.newest import letter_row, newest_version
from storage.facts.crawls import last_directory
from storage.facts.entries import LetterFacts, MoveFact
from storage.facts.visits import (
    PRESENT,
    Reading,
    add_letter,
    add_version,
    relocate,
    update_letter,
)


def record_new_letter(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    reading: Reading,
    replaced: Window | None = None,
) -> LetterFacts:
    """Record a letter seen for the first time at its address: published, or moved there.

    `replaced` lies between when a withdrawn letter of that address was last found gone and
    when this one was first seen; None where the address had none. Raises NotConfirmedError
    while this crawl can't say whether it was published or moved.
    """
    if crawl.directory is None:
        _ensure_unlike(connection, crawl, reading.letter)
    elif moved := _moved(connection, crawl, visit, reading.letter, crawl.directory.read_at):
        return _record_move(connection, crawl, visit, reading, moved)
    address = visit.address
    listed_at = address.first_listed_at and (crawl.directory_at or address.first_listed_at)
    letter_id, version = add_letter(connection, crawl.source, address, reading, listed_at)
    crawl.tally.letter_seen(letter_id)
    draft = ChangeDraft(
        letter_id,
        ChangeKind.PUBLISHED,
        from_version=None,
        to_version=1,
        detected_at=visit.detected_at,
        window=_published_between(connection, crawl, visit, replaced),
        baseline=replaced is None and _is_baseline(crawl, address),
    )
    return LetterFacts(version=version, change=record_change(connection, crawl, draft))


def _moved(
    connection: Connection, crawl: CrawlContext, visit: Visit, letter: Letter, read_at: datetime
) -> int | None:
    """Return the letter on record that `letter` is at a new address, or None.

    It is not served at its old one any more, or one address redirects to the other.
    Raises NotConfirmedError where one is that is no longer listed, and whose old page gave no
    answer yet: after `confirm` directories without it, it is not served any more. So too where
    one is listed besides, and its page was not served since: it may have moved while the
    directory was read, or its row was left behind.
    """
    same = find_same_paper(connection, crawl.source, letter)
    unlisted = next((each for each in same if is_unlisted(each, read_at)), None)
    moved = next((each for each in same if is_moved(each, read_at)), None)
    if moved is None and unlisted is not None and _redirects(connection, visit, unlisted):
        moved = unlisted
    if moved is not None:
        if crawl.is_whole:
            return int(moved.id)
        reason = f"it may be letter {moved.id}; held back until the directory is read to its end"
        raise NotConfirmedError(reason, {})
    if unlisted is not None and unlisted.id not in crawl.tally.seen:
        if unlisted.unlisted_crawls >= crawl.job.confirm:
            return int(unlisted.id)
        reason = f"it may be letter {unlisted.id}, whose old page gave no answer; held back"
        raise NotConfirmedError(reason, {})
    return _moved_from_a_listed_page(crawl, [each for each in same if is_listed(each, read_at)])


def _redirects(connection: Connection, visit: Visit, letter: Row[Any]) -> bool:
    """Return whether a visit was redirected to a letter's own page, or that to this address."""
    if (answer := visit.snapshot) is None:
        return False
    return is_page_of(connection, letter, answer.url, answer.final_url)


def _moved_from_a_listed_page(crawl: CrawlContext, same: Sequence[Row[Any]]) -> int | None:
    for listed in same:
        if listed.id in crawl.tally.seen:
            continue  # both are served: a letter and its twin
        is_gone = crawl.is_whole and listed.id in crawl.tally.gone
        if is_gone and listed.gone_crawls + 1 >= crawl.job.confirm:
            return int(listed.id)
        reason = f"it may be letter {listed.id}, which is listed too and was not seen; held back"
        raise NotConfirmedError(reason, {})
    return None


def listed_and_not_visited(
    connection: Connection, crawl: CrawlContext, letter: Letter, read_at: datetime
) -> list[Row[Any]]:
    """Return the letters that a new one may be, listed besides, whose page was not visited yet.

    `read_at` is when reading the directory that lists them began.
    """
    visited = crawl.tally.seen | crawl.tally.gone
    same = find_same_paper(connection, crawl.source, letter)
    listed = (each for each in same if is_listed(each, read_at))
    return [each for each in listed if each.id not in visited]


def _ensure_unlike(connection: Connection, crawl: CrawlContext, letter: Letter) -> None:
    """Raise NotConfirmedError where a letter on record answers the same paper.

    Whether that moved here, or both stand, only a crawl of the directory can say.
    """
    if same := find_same_paper(connection, crawl.source, letter):
        reason = f"it may be letter {same[0].id}; held back until the directory is read"
        raise NotConfirmedError(reason, {})


def _record_move(
    connection: Connection, crawl: CrawlContext, visit: Visit, reading: Reading, letter_id: int
) -> LetterFacts:
    row = letter_row(connection, letter_id)
    states = newest_version(connection, letter_id).letter, reading.letter
    edits = compare(*(with_file_texts(connection, each) for each in states))
    number, version = row.version, None
    if reading.letter.digest() != row.digest or edits:
        number += 1
        version = add_version(connection, letter_id, number, reading)
    relocate(connection, letter_id, visit.address.id)
    update_letter(
        connection,
        letter_id,
        status=Status.PUBLISHED.value,
        last_seen=reading.since,
        served_at=reading.since,
        listed_at=crawl.directory_at,
        unlisted_crawls=0,
        **PRESENT,
    )
    crawl.tally.letter_moved(letter_id)
    after = row.served_at
    if row.status == Status.WITHDRAWN.value:  # it was away: it came back after it was missed here
        after = _absent_until(connection, crawl, visit.address) or row.gone_at or after
    draft = ChangeDraft(
        letter_id,
        ChangeKind.RELOCATED,
        from_version=row.version,
        to_version=number,
        detected_at=visit.detected_at,
        window=Window(after, reading.seen_at),
        edits=edits,
    )
    change = record_change(connection, crawl, draft)
    return LetterFacts(version=version, change=change, moved=MoveFact(letter_id, visit.address.id))


def _is_baseline(crawl: CrawlContext, address: KnownAddress) -> bool:
    """Return whether a new letter may have stood there when its source was first crawled.

    That it came later is proved by a crawl that had read the directory whole before the
    address was first listed, or by another letter that stood at the address.
    """
    if address.left_by is not None:
        return False
    listed_at, whole_at = address.first_listed_at, crawl.first_whole_at
    if whole_at is None:
        return True
    # One listed first by this very crawl is later whatever the clocks say; one that was
    # asked for by its URL and never listed is as late as the crawl that read it.
    return listed_at not in {None, crawl.directory_at} and listed_at <= whole_at


def _published_between(
    connection: Connection, crawl: CrawlContext, visit: Visit, replaced: Window | None
) -> Window:
    after, before = _absent_until(connection, crawl, visit.address), visit.at
    if replaced:
        after, before = max(filter(None, (after, replaced.after)), default=None), replaced.before
    return Window(after, before)


def _absent_until(
    connection: Connection, crawl: CrawlContext, address: KnownAddress
) -> datetime | None:
    """Return the last visit or directory that still showed no such letter; None without one."""
    gone = address.visited_at if address.outcome is VisitOutcome.GONE else None
    listed_at = address.first_listed_at
    directory = _directory_before(connection, crawl, listed_at) if listed_at else None
    return max(filter(None, (gone, directory)), default=None)


def _directory_before(
    connection: Connection, crawl: CrawlContext, moment: datetime
) -> datetime | None:
    """Return when the directory was last read to its end before a moment; asked for once a crawl.

    Its letters were listed first at few moments, and no other crawl of the source ends meanwhile.
    """
    known = crawl.tally.directories
    if moment not in known:
        known[moment] = last_directory(connection, crawl.source, moment)
    return known[moment]
