"""Query how the newest crawls of a source ended: since when none has succeeded, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from letters.crawl_record import CrawlOutcome
from storage.facts.crawled_sources import WHOLE_SOURCE
from storage.schema.tables import crawls


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source's crawls end, those of single letters left out. Moments are in UTC."""

    source: str
    failures: int = 0  # in a row
    since: datetime | None = None  # when the first of them began
    reason: str = ""  # of the newest
    succeeded_at: datetime | None = None  # when the last that was no failure ended; None: never


def source_health(connection: Connection, source: str) -> SourceHealth:
    """Return how the crawls of a source end; one that was cut off counts for nothing."""
    of_source = crawls.c.source == source, WHOLE_SOURCE
    is_failure = crawls.c.outcome == CrawlOutcome.FAILED.value
    ended_well = crawls.c.outcome.is_not(None) & ~is_failure
    succeeded = select(crawls.c.id, crawls.c.finished_at).where(*of_source, ended_well)
    last = connection.execute(succeeded.order_by(crawls.c.id.desc()).limit(1)).first()
    columns = crawls.c.started_at, crawls.c.errors
    failed = select(*columns).where(*of_source, is_failure, crawls.c.id > (last.id if last else 0))
    rows = connection.execute(failed.order_by(crawls.c.id)).all()
    errors = rows[-1].errors if rows else []
    return SourceHealth(
        source,
        failures=len(rows),
        since=rows[0].started_at if rows else None,
        reason=errors[0]["reason"] if errors else "",
        succeeded_at=last.finished_at if last else None,
    )
