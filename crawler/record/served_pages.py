"""Records the pages that a visit was served: the first, and those on which a letter goes on."""

from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.record.crawl_state import CrawlContext
from crawler.visit import Visit
from storage.facts.entries import FurtherPageFact, PageFacts, SnapshotFact
from storage.facts.evidence import store_evidence
from storage.facts.unread_pages import queue_unread
from storage.facts.visits import add_snapshot


def record_pages(connection: Connection, crawl: CrawlContext, visit: Visit) -> PageFacts:
    """Record the pages of a visit; return what the ledger keeps of them."""
    if visit.snapshot is None:
        return PageFacts()
    first = _record(connection, crawl, visit, visit.snapshot, None)
    if crawl.tally.primer is None and visit.letter is not None:
        crawl.tally.primer = first.sha256
    further = tuple(
        FurtherPageFact(_record(connection, crawl, visit, page, first.id), page.since)
        for page in visit.snapshot.further
    )
    if not visit.needs_better_parser:
        return PageFacts(first, further)
    queue_unread(connection, first.id)
    return PageFacts(first, further, unread=first.id)


def _record(
    connection: Connection,
    crawl: CrawlContext,
    visit: Visit,
    snapshot: Snapshot,
    first_id: int | None,
) -> SnapshotFact:
    """Record one page; `first_id` is the page of which it is a further one, None for the first."""
    row = {
        "address_id": visit.address.id,
        "crawl_id": crawl.id,
        "url": snapshot.url,
        "final_url": snapshot.final_url,
        "status": snapshot.status,
        "headers": dict(snapshot.headers),
        "fetched_at": snapshot.fetched_at,
        "asked_at": snapshot.asked_at,
        "sha256": store_evidence(connection, snapshot.body, crawl.tally.primer),
    }
    return add_snapshot(connection, row if first_id is None else row | {"first_id": first_id})
