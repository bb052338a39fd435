"""Records one visit in one transaction: its evidence, its version and change, its ledger entry."""

from dataclasses import replace

from sqlalchemy import Connection

from crawler.record.crawl_state import CrawlContext
from crawler.record.file_states import record_files
from crawler.record.known_letter import record_edited, record_missed, record_unchanged
from crawler.record.longer_letter import first_page_alone, is_longer, record_longer
from crawler.record.new_letter import record_new_letter
from crawler.record.not_confirmed import NotConfirmedError, Pending
from crawler.record.parser_upgrade import upgrade_newest
from crawler.record.served_pages import record_pages
from crawler.record.unreadable import unreadable
from crawler.visit import Visit
from letters.crawl_record import PageError
from letters.letter import Letter
from letters.visit_span import VisitOutcome
from storage.database.archive import Archive
from storage.derived.addresses import letter_at
from storage.derived.newest import newest_version
from storage.facts import ledger
from storage.facts.dictionaries import Purpose
from storage.facts.entries import FilesFact, LetterFacts, PageFacts, VisitEntry
from storage.facts.evidence import EvidenceError
from storage.facts.packed_letters import LetterError
from storage.facts.visits import Reading, add_visit, set_validators


def record_visit(
    archive: Archive, crawl: CrawlContext, visit: Visit, pending: Pending | None = None
) -> bool:
    """Record a visit, all of it or nothing; return False where it is not confirmed yet.

    `pending` is what to remember of one that is not confirmed until the next crawl.
    A visit that brings more pages of a letter than were read before is recorded twice: first
    what was edited on the pages that were known, then the letter with all its pages.
    """
    alone = _first_page_alone(archive, crawl, visit)
    if alone is not None and alone.newest is not None:
        if not record_visit(archive, crawl, alone):
            return False
        with archive.reading() as connection:
            newest = newest_version(connection, alone.newest.letter_id)
        visit = replace(visit, files=(), newest=newest)
    try:
        with archive.writing() as connection:
            if visit.letter is not None:
                pages, letter = _write_letter(connection, crawl, visit, visit.letter)
            else:
                pages, letter = _write_without_letter(connection, crawl, visit, pending)
            _write_entry(connection, crawl, visit, pages, letter)
    except NotConfirmedError as error:
        record_visit(archive, crawl, visit.settled(VisitOutcome.BROKEN, str(error)), error.pending)
        return False
    except (EvidenceError, LetterError) as error:
        record_visit(archive, crawl, unreadable(visit, error))
        return False
    _count(crawl, visit)
    return True


def _first_page_alone(archive: Archive, crawl: CrawlContext, visit: Visit) -> Visit | None:
    if not visit.has_further_pages:
        return None
    with archive.reading() as connection:
        return first_page_alone(connection, visit, crawl.reader)


def _write_letter(
    connection: Connection, crawl: CrawlContext, visit: Visit, letter: Letter
) -> tuple[PageFacts, LetterFacts]:
    _keep_validators(connection, visit)
    newest, reparsed = visit.newest, None
    if newest is not None:
        newest, reparsed = upgrade_newest(connection, crawl.reader, newest)
        if letter.digest() == newest.letter.digest():
            facts = record_unchanged(connection, crawl, newest.letter_id, visit)
            return PageFacts(), replace(facts, reparsed=reparsed)
    pages = record_pages(connection, crawl, visit)
    snapshot_id = pages.snapshot.id if pages.snapshot else 0
    read = letter, snapshot_id, visit.at, visit.since, crawl.reader.label
    dictionary = crawl.tally.dictionaries.get(Purpose.LETTERS)
    reading = Reading(*read, page_digest=visit.page_digest, dictionary=dictionary)
    if newest is None:
        facts = record_new_letter(connection, crawl, visit, reading)
    elif is_longer(connection, visit, newest, crawl.reader):
        facts = record_longer(connection, crawl, visit, reading, newest)
    else:
        facts = record_edited(connection, crawl, visit, reading, newest)
    return pages, replace(facts, reparsed=reparsed)


def _write_without_letter(
    connection: Connection, crawl: CrawlContext, visit: Visit, pending: Pending | None
) -> tuple[PageFacts, LetterFacts]:
    letter_id = visit.address.letter_id
    if visit.outcome is VisitOutcome.LETTER and letter_id is not None:  # "not modified"
        return PageFacts(), record_unchanged(connection, crawl, letter_id, visit)
    if letter_id is not None:
        record_missed(connection, crawl, visit, pending)
    is_new = visit.needs_better_parser or visit.outcome is not visit.address.outcome
    pages = record_pages(connection, crawl, visit) if is_new else PageFacts()
    return pages, LetterFacts()


def _write_entry(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    pages: PageFacts,
    letter: LetterFacts,
) -> None:
    entry = VisitEntry(
        address_id=visit.address.id,
        url=visit.address.url,
        at=visit.at,
        outcome=visit.outcome,
        since=visit.since,
        is_served=visit.outcome is VisitOutcome.LETTER and visit.is_served,
        reason=visit.reason or None,
        pages=pages,
        letter=letter,
        files=_write_files(connection, visit),
    )
    add_visit(connection, visit.address.id, visit.outcome, visit.reason, visit.at)
    ledger.append(connection, crawl.source, entry)


def _write_files(connection: Connection, visit: Visit) -> FilesFact | None:
    if not visit.files:
        return None
    letter_id = visit.address.letter_id or letter_at(connection, visit.address.id)
    return record_files(connection, letter_id, visit.files) if letter_id else None


def _keep_validators(connection: Connection, visit: Visit) -> None:
    """Keep what a conditional request for the page shall carry: of several pages, nothing."""
    snapshot = visit.snapshot
    speaks_for_all = snapshot is not None and not snapshot.further and not visit.doubt
    headers = snapshot.headers if snapshot and speaks_for_all else {}
    validators = headers.get("etag"), headers.get("last-modified")
    if validators != (visit.address.etag, visit.address.last_modified):
        set_validators(connection, visit.address.id, *validators)


def _count(crawl: CrawlContext, visit: Visit) -> None:
    tally = crawl.tally
    tally.counts["fetched"] += visit.outcome is VisitOutcome.LETTER
    for each in visit.files:
        reason = each.verdict.reason or each.verdict.outcome.value
        # A file that several letters offer is visited for each, and counted once.
        if not each.has_verdict and PageError(each.file.url, reason) not in tally.errors:
            tally.page_failed(each.file.url, reason)
    if visit.doubt and visit.letter:
        tally.page_failed(visit.address.url, visit.doubt)
    if failure := _failure(crawl, visit):
        tally.page_failed(visit.address.url, failure)


def _failure(crawl: CrawlContext, visit: Visit) -> str | None:
    """Return why a visit leaves a hole in the crawl; None where it was decided what is there."""
    address, reason = visit.address, visit.reason or visit.outcome.value
    if visit.outcome is VisitOutcome.LETTER:
        return None
    if visit.outcome is VisitOutcome.GONE and address.letter_id is not None:
        return None
    if crawl.job.urls:
        return reason
    if address.letter_id is None and address.first_listed_at is None:
        return None  # somebody asked for it once; the directory never listed it
    if visit.outcome is not VisitOutcome.GONE:
        return reason
    # A row that the directory forgot: its letter stands elsewhere now.
    return None if address.left_by is not None else f"listed, and never seen: {visit.reason}"
