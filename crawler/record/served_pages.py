"""Records the pages that a visit was served: the first, and those on which a letter goes on."""

from collections.abc import Iterator
from itertools import repeat

from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.record.crawl_state import CrawlContext
from crawler.visit import Visit
from storage.facts.dictionaries import Purpose
from storage.facts.entries import FurtherPageFact, PageFacts, SnapshotFact
from storage.facts.evidence import base_of, lock_evidence, store_evidence
from storage.facts.snapshots import page_digests
from storage.facts.unread_pages import queue_unread
from storage.facts.visits import add_snapshot


def record_pages(connection: Connection, crawl: CrawlContext, visit: Visit) -> PageFacts:
    """Record the pages of a visit; return what the ledger keeps of them."""
    if visit.snapshot is None:
        return PageFacts()
    if visit.snapshot.further:
        lock_evidence(connection)
    earlier = _earlier_pages(connection, visit)
    first = _record(connection, crawl, visit, visit.snapshot, base=next(earlier))
    if crawl.tally.template is None and visit.letter is not None:
        crawl.tally.template = first.sha256
    further = tuple(
        FurtherPageFact(_record(connection, crawl, visit, page, first.id, base), page.since)
        for page, base in zip(visit.snapshot.further, earlier, strict=False)
    )
    if not visit.needs_better_parser:
        return PageFacts(first, further)
    queue_unread(connection, first.id)
    return PageFacts(first, further, unread=first.id)


def _earlier_pages(connection: Connection, visit: Visit) -> Iterator[str | None]:
    """Yield for each page of a letter a stored one that it may differ little from, or None."""
    if visit.newest is not None:
        for sha256 in page_digests(connection, visit.newest.snapshot_id):
            yield base_of(connection, sha256)
    yield from repeat(None)


def _record(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    snapshot: Snapshot,
    first_id: int | None = None,
    base: str | None = None,
) -> SnapshotFact:
    """Record one page; `first_id` is the page of which it is a further one, None for the first.

    `base` is a stored page from which it may differ little.
    """
    dictionary = crawl.tally.dictionaries.get(Purpose.PAGES)
    row = {
        "address_id": visit.address.id,
        "crawl_id": crawl.id,
        "url": snapshot.url,
        "final_url": snapshot.final_url,
        "status": snapshot.status,
        "headers": dict(snapshot.headers),
        "fetched_at": snapshot.fetched_at,
        "asked_at": snapshot.asked_at,
        "sha256": store_evidence(connection, snapshot.body, dictionary, base),
    }
    return add_snapshot(connection, row if first_id is None else row | {"first_id": first_id})
