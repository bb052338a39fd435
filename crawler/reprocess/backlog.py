"""Reads the pages that waited for a better parser, as if each had been read when it was served."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row

from crawler.job import CrawlJob
from crawler.page.reader import PageReader
from crawler.record.body_moved import body_moved
from crawler.record.crawl_state import CrawlContext, DirectoryReading
from crawler.record.drift import SAMPLE, DriftGauge, SourceNorms
from crawler.record.known_letter import record_edited, record_unchanged
from crawler.record.longer_letter import first_page_alone, is_longer, record_longer
from crawler.record.new_letter import record_new_letter
from crawler.record.not_confirmed import NotConfirmedError
from crawler.record.parser_upgrade import snapshot_from, with_digests
from crawler.visit import Visit, read_answer
from letters.addresses import KnownAddress
from letters.letter import Letter
from letters.visit_span import VisitOutcome
from storage.database.archive import Archive
from storage.derived.addresses import known_addresses
from storage.derived.newest import letter_row, newest_version
from storage.facts import ledger
from storage.facts.crawls import first_directory
from storage.facts.drift_alarms import (
    LISTED,
    PERSON,
    REPARSE,
    DriftAlarm,
    clear_alarm,
    open_drift_alarm,
)
from storage.facts.entries import BacklogEntry, LetterFacts
from storage.facts.snapshots import stored_pages
from storage.facts.unread_pages import mark_read, sample_letters, unread_pages
from storage.facts.visits import Reading, update_letter


@dataclass(frozen=True, slots=True)
class BacklogJob:
    """One reading of the pages of a source that wait."""

    job: CrawlJob
    at: datetime  # UTC: when a change that they show is recorded as detected
    accepts: bool = False  # a person says that what was held back is how it is
    note: str | None = None  # of that person
    dry_run: bool = False

    @property
    def reader(self) -> PageReader:
        """How the pages of the source are read."""
        return PageReader.of_site(self.job.source.kind, self.job.source.site)


def read_backlog(archive: Archive, backlog: BacklogJob) -> Counter[str]:
    """Read the pages of a source that wait and clear its alarm; return what was done, by its name.

    Each change has the window that its pages give it. While most of the newest pages still
    show signs of drift nothing is read and the alarm stays, unless a person accepts them.
    """
    source = backlog.job.source.name
    with archive.reading() as connection:
        alarm = open_drift_alarm(connection, source)
        by_address = _by_address(unread_pages(connection, source))
        sample = sample_letters(connection, source, SAMPLE)
        norms = SourceNorms.of(sample)
        drifts = not backlog.accepts and _still_drifts(
            connection, by_address.values(), backlog, norms
        )
    if drifts or (alarm and alarm.sign == LISTED and not backlog.accepts):
        waiting = sum(len(pages) for pages in by_address.values())
        return Counter(waiting=waiting, standing=alarm is not None)
    done: Counter[str] = Counter()
    for pages in by_address.values():
        with archive.rehearsing() if backlog.dry_run else archive.writing() as connection:
            done += _read_address(connection, pages, backlog, norms)
    if alarm:
        _clear(archive, alarm, backlog)
        done["cleared"] += 1
    return done


def _clear(archive: Archive, alarm: DriftAlarm, backlog: BacklogJob) -> None:
    by = PERSON if backlog.accepts else REPARSE
    with archive.rehearsing() if backlog.dry_run else archive.writing() as connection:
        clear_alarm(connection, alarm, by, backlog.at, backlog.note)


def _by_address(pages: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """Return pages by their address, oldest first; addresses in order of their oldest page."""
    ordered = sorted(pages, key=lambda page: (page.address_id, page.id))
    groups = groupby(ordered, key=lambda page: page.address_id)
    by_address = {address_id: list(rows) for address_id, rows in groups}
    return dict(sorted(by_address.items(), key=lambda item: item[1][0].id))


def _still_drifts(
    connection: Connection,
    by_address: Iterable[list[Row[Any]]],
    backlog: BacklogJob,
    norms: SourceNorms,
) -> bool:
    """Return whether the newest page of each letter, read today, still shows one sign too often.

    A letter that was seen since its last waiting page shows none.
    """
    gauge = DriftGauge()
    for pages in by_address:
        for address in known_addresses(connection, backlog.job.source.name, pages[-1].address_id):
            visit = _read_page(connection, address, pages[-1], backlog)
            letter = address.letter_id and letter_row(connection, address.letter_id)
            is_past = letter and letter.last_seen > visit.at
            gauge.add(None if is_past else _sign(visit, norms))
    return gauge.drift(at_end=True) is not None


def _read_page(
    connection: Connection, address: KnownAddress, page: Row[Any], backlog: BacklogJob
) -> Visit:
    """Return the visit that a waiting page came from, as today's parser reads it."""
    first, *further = map(snapshot_from, stored_pages(connection, page.id))
    snapshot = replace(first, further=tuple(further))
    letter_id = address.letter_id
    newest = newest_version(connection, letter_id) if letter_id is not None else None
    # What waits was a letter's page when it came: an unlisted one that leads elsewhere is gone.
    visit = read_answer(address, snapshot, backlog.reader, is_listed=True, newest=newest)
    moved = None if backlog.accepts else body_moved(connection, visit, backlog.reader)
    if moved and visit.letter and newest and visit.letter.digest() != newest.letter.digest():
        visit = visit.settled(VisitOutcome.BROKEN, moved, needs_better_parser=True)
    return replace(visit, read_later_at=backlog.at)


def _sign(visit: Visit, norms: SourceNorms) -> str | None:
    if visit.letter is None:
        return visit.reason
    return norms.sign(visit.letter, visit.newest.letter if visit.newest else None)


def _read_address(
    connection: Connection, pages: list[Row[Any]], backlog: BacklogJob, norms: SourceNorms
) -> Counter[str]:
    """Read the waiting pages of one address, oldest first; return what was done."""
    done: Counter[str] = Counter()
    source = backlog.job.source.name
    for page in pages:
        for address in known_addresses(connection, source, page.address_id):
            visit = _read_page(connection, address, page, backlog)
            if visit.letter is None:
                done["unreadable"] += 1
                continue
            is_doubtful = _is_doubtful(connection, visit, backlog, norms)
            facts = (
                None if is_doubtful else _record(connection, visit, visit.letter, page, backlog)
            )
            if facts is None:
                done["doubtful"] += 1
                continue
            mark_read(connection, page.id, backlog.at)
            entry = BacklogEntry(page.address_id, page.id, visit.since, backlog.at, facts)
            ledger.append(connection, source, entry)
            done["filled"] += 1
            done["told"] += facts.change is not None
    return done


def _is_doubtful(
    connection: Connection, visit: Visit, backlog: BacklogJob, norms: SourceNorms
) -> bool:
    """Return whether a page has to wait on.

    One that is edited, of a letter of which it shows more pages than before, is recorded by
    the next crawl alone.
    """
    if first_page_alone(connection, visit, backlog.reader):
        return True
    return not backlog.accepts and _sign(visit, norms) is not None


def _record(
    connection: Connection, visit: Visit, letter: Letter, page: Row[Any], backlog: BacklogJob
) -> LetterFacts | None:
    """Record what a page shows, unless a later page was read before it.

    None where this can't say whose page it is: it waits on.
    """
    crawl, newest = _past_crawl(connection, page, backlog), visit.newest
    if newest is not None:
        if newest.seen_at >= visit.at:
            return LetterFacts()
        letter = with_digests(letter, newest.letter)
        if letter.digest() == newest.letter.digest():
            return record_unchanged(connection, crawl, newest.letter_id, visit)
    reading = Reading(letter, page.id, visit.at, visit.since, crawl.reader.label)
    try:
        with connection.begin_nested():
            return _record_reading(connection, crawl, visit, reading)
    except NotConfirmedError as error:
        if newest is None or not error.pending:
            return None
        update_letter(connection, newest.letter_id, **error.pending)
        return LetterFacts()


def _record_reading(
    connection: Connection, crawl: CrawlContext, visit: Visit, reading: Reading
) -> LetterFacts:
    if visit.newest is None:
        return record_new_letter(connection, crawl, visit, reading)
    if is_longer(connection, visit, visit.newest, crawl.reader):
        return record_longer(connection, crawl, visit, reading, visit.newest)
    return record_edited(connection, crawl, visit, reading, visit.newest)


def _past_crawl(connection: Connection, page: Row[Any], backlog: BacklogJob) -> CrawlContext:
    """Return the crawl that was served a page, as far as it is still known."""
    directory_at = page.directory_at  # None: that crawl did not read the directory to its end
    return CrawlContext(
        backlog.job,
        page.crawl_id,
        page.started_at,
        now=lambda: backlog.at,
        first_whole_at=first_directory(connection, backlog.job.source.name, page.crawl_id),
        directory=DirectoryReading(directory_at, is_whole=True) if directory_at else None,
    )
