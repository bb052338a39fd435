"""Reads the pages that waited, in order, as if each had been read when it was served."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row

from crawler.job import CrawlJob
from crawler.page.reader import PARSER
from crawler.record.crawl_state import Course
from crawler.record.drift import SAMPLE, DriftGauge, SourceNorms
from crawler.record.known_letter import record_other, record_same
from crawler.record.longer_letter import first_page_alone, is_longer, record_longer
from crawler.record.new_letter import record_new
from crawler.record.not_confirmed import Facts, NotConfirmedError
from crawler.record.parser_upgrade import snapshot_from, with_digests
from crawler.visit import Visit, read_answer
from storage.database.archive import Archive
from storage.derived.addresses import KnownAddress, known_addresses
from storage.derived.newest import letter_row, newest_version, version_seen_at
from storage.facts import ledger
from storage.facts.alarms import LISTED, PERSON, REPARSE, clear_alarm, open_alarm
from storage.facts.crawls import first_directory
from storage.facts.snapshots import stored_pages
from storage.facts.unread_pages import mark_read, sample_letters, unread_pages
from storage.facts.visits import Reading, update_letter
from storage.schema.letter_codec import unpack


@dataclass(frozen=True, slots=True)
class Asked:
    """By whom the waiting pages of a source are to be read, and when."""

    job: CrawlJob
    at: datetime  # UTC: when what is found is told
    accepts: bool = False  # a person says that what was held back is how it is
    note: str | None = None
    dry_run: bool = False


def refill(archive: Archive, asked: Asked) -> Counter[str]:
    """Read the pages of a source that wait and end its alarm; return what was done, by its name.

    Each change is told with the window that its pages give it. While most of the newest
    pages still show signs of drift nothing is read and the alarm stands, unless a person
    accepts them.
    """
    done: Counter[str] = Counter()
    source = asked.job.source.name
    with archive.reading() as connection:
        alarm = open_alarm(connection, source)
        pages = unread_pages(connection, source)
        habits = SourceNorms.of(
            [unpack(each) for each in sample_letters(connection, source, SAMPLE)]
        )
        by_address = _grouped(pages)
        drifts = not asked.accepts and _still_drifts(
            connection, by_address.values(), asked, habits
        )
    if drifts or (alarm and alarm.sign == LISTED and not asked.accepts):
        return Counter(waiting=len(pages), standing=alarm is not None)
    for rows in by_address.values():
        with archive.rehearsing() if asked.dry_run else archive.writing() as connection:
            done += _fill(connection, rows, asked, habits)
    if alarm:
        done["cleared"] += 1
        with archive.rehearsing() if asked.dry_run else archive.writing() as connection:
            by = PERSON if asked.accepts else REPARSE
            clear_alarm(connection, alarm, by, asked.at, asked.note)
    return done


def _grouped(pages: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    of_address = sorted(pages, key=lambda page: (page.address_id, page.id))
    groups = groupby(of_address, key=lambda page: page.address_id)
    grouped = {address_id: list(rows) for address_id, rows in groups}
    return dict(sorted(grouped.items(), key=lambda item: item[1][0].id))


def _still_drifts(
    connection: Connection,
    pages: Iterable[list[Row[Any]]],
    asked: Asked,
    habits: SourceNorms,
) -> bool:
    """Tell whether the newest page of each letter, read today, still shows one sign too often.

    A letter that was seen since its last waiting page shows none.
    """
    gauge = DriftGauge()
    for rows in pages:
        for known in known_addresses(connection, asked.job.source.name, rows[-1].address_id):
            visit = _visit(connection, known, rows[-1], asked)
            row = known.letter_id and letter_row(connection, known.letter_id)
            is_past = row and row.last_seen > visit.at
            gauge.add(None if is_past else _sign(connection, visit, habits))
    return gauge.drift(at_end=True) is not None


def _visit(connection: Connection, known: KnownAddress, row: Row[Any], asked: Asked) -> Visit:
    first, *further = map(snapshot_from, stored_pages(connection, row.id))
    seen = replace(first, further=tuple(further))
    # What waits was a letter's page when it came: an unlisted one that leads elsewhere is gone.
    return read_answer(known, seen, asked.job.source.kind, is_listed=True)


def _sign(connection: Connection, visit: Visit, habits: SourceNorms) -> str | None:
    if visit.letter is None:
        return visit.reason
    letter_id = visit.known.letter_id
    old = newest_version(connection, letter_id)[0] if letter_id is not None else None
    return habits.sign(visit.letter, old)


def _fill(
    connection: Connection, rows: list[Row[Any]], asked: Asked, habits: SourceNorms
) -> Counter[str]:
    """Read the waiting pages of one address, oldest first; return what was done."""
    done: Counter[str] = Counter()
    source = asked.job.source.name
    for row in rows:
        for known in known_addresses(connection, source, row.address_id):
            visit = _visit(connection, known, row, asked)
            if visit.letter is None:
                done["unreadable"] += 1
            elif _is_doubtful(connection, visit, asked, habits):
                done["doubtful"] += 1
            else:
                facts = _record(connection, visit, row, asked)
                if facts is None:
                    done["doubtful"] += 1
                    continue
                mark_read(connection, row.id, asked.at)
                told = {"filled": row.address_id, "page": row.id, "at": visit.since.isoformat()}
                ledger.append(connection, source, told | {"read_at": asked.at.isoformat()} | facts)
                done["filled"] += 1
                done["told"] += "change" in facts
    return done


def _is_doubtful(connection: Connection, visit: Visit, asked: Asked, habits: SourceNorms) -> bool:
    """Return whether a page has to wait on.

    One that is edited, of a letter of which it shows more pages than before, is told apart
    by the next crawl alone.
    """
    if first_page_alone(connection, visit, asked.job.source.kind):
        return True
    return not asked.accepts and _sign(connection, visit, habits) is not None


def _record(connection: Connection, visit: Visit, row: Row[Any], asked: Asked) -> Facts | None:
    """Record what a page shows, unless a later page was read before it.

    None where it can't be told whose page it is: it waits on.
    """
    course = Course(
        asked.job, row.crawl_id, row.started_at, letters_before=0, primer=None,
        first_whole_at=first_directory(connection, asked.job.source.name, row.crawl_id),
        now=lambda: asked.at, told_at=asked.at, directory_at=row.directory_at,
        is_whole=row.directory_at is not None,
    )  # fmt: skip
    known, letter = visit.known, visit.letter
    if letter is None:
        return {}
    if known.letter_id is not None:
        if version_seen_at(connection, known.letter_id) >= visit.at:
            return {}
        letter = with_digests(letter, newest_version(connection, known.letter_id)[0])
        if letter.digest() == known.digest:
            return record_same(connection, course, known.letter_id, visit)
    reading = Reading(letter, row.id, visit.at, visit.since, PARSER)
    record = record_new if known.letter_id is None else record_other
    record = record_longer if is_longer(connection, visit) else record
    try:
        with connection.begin_nested():
            return record(connection, course, visit, reading)
    except NotConfirmedError as error:
        if known.letter_id is None or not error.waiting:
            return None
        update_letter(connection, known.letter_id, **error.waiting)
        return {}
