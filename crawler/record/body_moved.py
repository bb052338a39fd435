"""Bodies that are in another element than before: what differs there is no edit by itself."""

from sqlalchemy import Connection

from crawler.page.reader import PageReader
from crawler.record.parser_upgrade import way_of
from crawler.sites import is_known_body
from crawler.visit import Visit
from storage.facts.snapshots import stored_pages

SIGN = "body container missing"  # as of a page that holds no body at all


def is_same_body(before: str | None, now: str | None) -> bool:
    """Return whether two pages have their bodies in one element, or each in one that is known."""
    return before == now or (is_known_body(before) and is_known_body(now))


def body_moved(connection: Connection, visit: Visit, reader: PageReader) -> str | None:
    """Return in words that a letter's body is not in the element where its last version had it.

    None where it is, or where both are elements that families of sites are known to have: these
    hold the body and nothing else, whatever they are called.
    """
    newest = visit.newest
    if visit.way is None or newest is None:
        return None
    before = way_of(stored_pages(connection, newest.snapshot_id), newest.letter, reader)
    if before is None or is_same_body(before, visit.way):
        return None
    return f"{SIGN}: it was in {before}, other words are in {visit.way}"
