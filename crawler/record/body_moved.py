"""Bodies that are in another element than before: what differs there is no edit by itself."""

from sqlalchemy import Connection

from crawler.page.reader import PageReader
from crawler.record.parser_upgrade import ways_of
from crawler.sites import is_known_body
from crawler.visit import Visit
from storage.facts.snapshots import stored_pages

SIGN = "body container missing"  # as of a page that holds no body at all


def is_same_body(before: str | None, now: str | None) -> bool:
    """Return whether two pages have their bodies in one element, or each in one that is known."""
    return before == now or (is_known_body(before) and is_known_body(now))


def body_moved(connection: Connection, visit: Visit, reader: PageReader) -> str | None:
    """Return in words that a page's body is not in the element where its last version had it.

    Of a letter that is printed on several pages it may be any of them. None where all are, or
    where both are elements that families of sites are known to have: these hold the body and
    nothing else, whatever they are called.
    """
    if not visit.ways or visit.newest is None:
        return None
    newest = visit.newest
    before = ways_of(stored_pages(connection, newest.snapshot_id), newest.letter, reader)
    for old, new in zip(before, visit.ways, strict=False):  # pages that both have
        if old and new and not is_same_body(old, new):
            return f"{SIGN}: it was in {old}, other words are in {new}"
    return None
