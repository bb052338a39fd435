"""Letters of which more pages are read than before: that is a better reading, not an edit."""

from dataclasses import replace

from sqlalchemy import Connection

from crawler.http.decoding import UndecodableError, decode
from crawler.page.dom import Page
from crawler.page.further_pages import FurtherPageError, further_of
from crawler.record.crawl_state import Course
from crawler.record.known_letter import record_reparse, record_same
from crawler.record.not_confirmed import Facts
from crawler.record.parser_upgrade import snapshot_from, with_digests
from crawler.visit import Visit, read_answer
from letters.letter import Kind
from storage.derived.newest import newest_version
from storage.facts.snapshots import stored_pages
from storage.facts.visits import Reading


def is_longer(connection: Connection, visit: Visit) -> bool:
    """Return whether a look has pages of a letter that its last version was read without."""
    if visit.snapshot is None or not visit.snapshot.further or visit.known.letter_id is None:
        return False
    _, _, snapshot_id = newest_version(connection, visit.known.letter_id)
    first, *further = map(snapshot_from, stored_pages(connection, snapshot_id))
    try:
        page = Page(decode(first.body, first.content_type), first.final_url)
        _, more = further_of(page, replace(first, further=tuple(further)))
    except (UndecodableError, FurtherPageError):
        return False
    return bool(more)


def first_page_alone(connection: Connection, visit: Visit, kind: Kind) -> Visit | None:
    """Return what a look would be without its further pages, where that was edited.

    Only this can be compared with a version that was read without them.
    """
    if visit.letter is None or visit.snapshot is None or not is_longer(connection, visit):
        return None
    old, _, _ = newest_version(connection, visit.known.letter_id or 0)
    alone = read_answer(visit.known, replace(visit.snapshot, further=()), kind, is_listed=True)
    letter = alone.letter and with_digests(alone.letter, visit.letter)
    if letter is None or letter.digest() == old.digest():
        return None
    return replace(alone, letter=letter, files=visit.files)


def record_longer(connection: Connection, course: Course, visit: Visit, reading: Reading) -> Facts:
    """Record a letter whose further pages are read for the first time."""
    letter_id = visit.known.letter_id or 0
    facts = record_same(connection, course, letter_id, visit)
    return facts | {"longer": record_reparse(connection, letter_id, reading)["reparsed"]}
