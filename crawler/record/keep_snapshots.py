"""Keeps the pages that a visit was served: the first, and those on which a letter goes on."""

from typing import Any

from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.record.crawl_state import CrawlContext
from crawler.record.not_confirmed import Facts
from crawler.visit import Visit
from storage.facts.evidence import store_evidence
from storage.facts.unread_pages import queue_unread
from storage.facts.visits import add_snapshot


def keep_snapshots(connection: Connection, crawl: CrawlContext, visit: Visit) -> tuple[int, Facts]:
    """Keep the pages of a visit; return the first one's id and what the ledger keeps."""
    snapshot = visit.snapshot
    if snapshot is None:
        return 0, {}
    sha256 = store_evidence(connection, snapshot.body, crawl.tally.primer)
    if crawl.tally.primer is None and visit.letter is not None:
        crawl.tally.primer = sha256
    row = _row(crawl, visit, snapshot) | {"sha256": sha256}
    snapshot_id, fact = add_snapshot(connection, row)
    further = [
        _keep_further(connection, crawl, visit, page, snapshot_id) for page in snapshot.further
    ]
    facts = {"snapshot": fact} | ({"further": further} if further else {})
    if not visit.is_unread:
        return snapshot_id, facts
    queue_unread(connection, snapshot_id)
    return snapshot_id, facts | {"unread": snapshot_id}


def _keep_further(
    connection: Connection, crawl: CrawlContext, visit: Visit, page: Snapshot, first_id: int
) -> Facts:
    sha256 = store_evidence(connection, page.body, crawl.tally.primer)
    row = _row(crawl, visit, page) | {"sha256": sha256, "first_id": first_id}
    _, fact = add_snapshot(connection, row)
    return fact | {"since": page.since.isoformat()}


def _row(crawl: CrawlContext, visit: Visit, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "address_id": visit.known.id,
        "crawl_id": crawl.id,
        "url": snapshot.url,
        "final_url": snapshot.final_url,
        "status": snapshot.status,
        "headers": dict(snapshot.headers),
        "fetched_at": snapshot.fetched_at,
        "asked_at": snapshot.asked_at,
    }
