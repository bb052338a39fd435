"""Keeps the pages that a look was served: the first, and those on which a letter goes on."""

from typing import Any

from sqlalchemy import Connection

from crawler.http.snapshot import Snapshot
from crawler.record.crawl_state import Course
from crawler.record.not_confirmed import Facts
from crawler.visit import Visit
from storage.facts.evidence import keep
from storage.facts.unread_pages import queue_unread
from storage.facts.visits import add_snapshot


def keep_pages(connection: Connection, course: Course, visit: Visit) -> tuple[int, Facts]:
    """Keep the pages of a look; return the first one's snapshot and what the ledger keeps."""
    seen = visit.snapshot
    if seen is None:
        return 0, {}
    sha256 = keep(connection, seen.body, course.primer)
    if course.primer is None and visit.letter is not None:
        course.primer = sha256
    snapshot_id, fact = add_snapshot(connection, _row(course, visit, seen) | {"sha256": sha256})
    facts: Facts = {"snapshot": fact}
    for page in seen.further:
        row = _row(course, visit, page) | {"sha256": keep(connection, page.body, course.primer)}
        _, fact = add_snapshot(connection, row | {"first_id": snapshot_id})
        facts.setdefault("further", []).append(fact | {"since": page.since.isoformat()})
    if visit.is_unread:
        queue_unread(connection, snapshot_id)
        facts["unread"] = snapshot_id
    return snapshot_id, facts


def _row(course: Course, visit: Visit, seen: Snapshot) -> dict[str, Any]:
    return {
        "address_id": visit.known.id,
        "crawl_id": course.id,
        "url": seen.url,
        "final_url": seen.final_url,
        "status": seen.status,
        "headers": dict(seen.headers),
        "fetched_at": seen.fetched_at,
        "asked_at": seen.asked_at,
    }
