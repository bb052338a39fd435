"""Letters of which more pages are read than before: that is a better reading, not an edit."""

from dataclasses import replace

from sqlalchemy import Connection

from crawler.http.decoding import UndecodableError
from crawler.http.query_charset import decode_page
from crawler.page.further_pages import FurtherPageError, further_pages
from crawler.page.reader import PageReader
from crawler.record.crawl_state import CrawlContext
from crawler.record.known_letter import record_unchanged
from crawler.record.parser_upgrade import record_better_reading, snapshot_from, with_digests
from crawler.visit import Visit, read_answer
from letters.letter_record import NewestVersion
from storage.facts.entries import LetterFacts
from storage.facts.snapshots import stored_pages
from storage.facts.visits import Reading


def is_longer(
    connection: Connection, visit: Visit, newest: NewestVersion | None, reader: PageReader
) -> bool:
    """Return whether a visit has pages of a letter that its newest version was read without."""
    if newest is None or not visit.has_further_pages:
        return False
    first, *further = map(snapshot_from, stored_pages(connection, newest.snapshot_id))
    try:
        page = reader.page(decode_page(first.body, first.content_type)[0], first.final_url)
        _, more = further_pages(page, replace(first, further=tuple(further)))
    except (UndecodableError, FurtherPageError):
        return False
    return bool(more)


def first_page_alone(connection: Connection, visit: Visit, reader: PageReader) -> Visit | None:
    """Return what a visit would be without its further pages, where that was edited.

    Only this can be compared with a version that was read without them.
    """
    newest = visit.newest
    if visit.letter is None or visit.snapshot is None or newest is None:
        return None
    if not is_longer(connection, visit, newest, reader):
        return None
    first = replace(visit.snapshot, further=())
    alone = read_answer(visit.address, first, reader, is_listed=True, newest=newest)
    letter = alone.letter and with_digests(alone.letter, visit.letter)
    if letter is None or letter.digest() == newest.letter.digest():
        return None
    return replace(alone, letter=letter, files=visit.files)


def record_longer(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    reading: Reading,
    newest: NewestVersion,
) -> LetterFacts:
    """Record a letter whose further pages are read for the first time."""
    unchanged = record_unchanged(connection, crawl, newest.letter_id, visit)
    return replace(unchanged, longer=record_better_reading(connection, newest, reading))
