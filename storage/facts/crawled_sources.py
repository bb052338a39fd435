"""Query which sources were crawled, and the newest crawl of each: at one step for each source."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, literal, select, union_all

from letters.crawl_record import CrawlOutcome
from storage.schema.tables import crawls as table

IMPORT = "import"  # the mode of what was captured elsewhere: no crawl of ours
WHOLE_SOURCE = table.c.mode.not_in(["urls", IMPORT])  # the others visit single letters only
IS_COMPLETE = table.c.outcome == CrawlOutcome.COMPLETE.value


@dataclass(frozen=True, slots=True)
class LastCrawl:
    """The newest crawl of the whole of a source, without what it could not read."""

    outcome: CrawlOutcome | None  # None while it runs, or when it was killed
    counts: Mapping[str, int] | None  # by the name that a crawl has them; None: there was none
    last_success: datetime | None  # UTC, when the last complete crawl finished


def last_crawls(connection: Connection) -> dict[str, LastCrawl]:
    """Return the newest crawl of each source with a crawl on record, by its name."""
    source = crawled_sources()
    whole = table.alias("whole")
    newest = newest_whole(source, table.c.id, table.c.id)
    succeeded = newest_whole(source, table.c.finished_at, table.c.finished_at, IS_COMPLETE)
    columns = source, whole.c.outcome, whole.c.counts, succeeded
    query = select(*columns).outerjoin_from(source.table, whole, whole.c.id == newest)
    rows = connection.execute(query.where(source.is_not(None)))
    return {
        name: LastCrawl(outcome and CrawlOutcome(outcome), counts, last_success)
        for name, outcome, counts, last_success in sorted(rows, key=lambda row: str(row[0]))
    }


@dataclass(frozen=True, slots=True)
class CrawlStart:
    """When the newest crawl of the whole of a source began."""

    crawl_id: int
    at: datetime  # UTC
    has_ended: bool  # False while it runs, or when it was killed


def newest_starts(connection: Connection) -> dict[str, CrawlStart]:
    """Return when the newest crawl of the whole of each source began, by the source's name."""
    source = crawled_sources()
    newest = newest_whole(source, table.c.id, table.c.id)
    query = select(source, table.c.id, table.c.started_at, table.c.outcome.is_not(None))
    rows = connection.execute(query.join_from(source.table, table, table.c.id == newest))
    return {name: CrawlStart(crawl_id, at, bool(ended)) for name, crawl_id, at, ended in rows}


def was_crawled(connection: Connection, source: str) -> bool:
    """Return whether a crawl of `source` is on record, or one of its letters."""
    query = select(table.c.id).where(table.c.source == source).limit(1)
    return connection.execute(query).first() is not None


def source_names(connection: Connection) -> list[str]:
    """Return the names of all sources with a crawl on record, sorted."""
    source = crawled_sources()
    return sorted(connection.execute(select(source).where(source.is_not(None))).scalars())


def crawled_sources() -> ColumnElement[str]:
    """Return the column of sources with crawls: a step of the index for each, not for a crawl."""
    first = select(func.min(table.c.source).label("source")).cte("sources", recursive=True)
    later = select(func.min(table.c.source)).where(table.c.source > first.c.source)
    steps = select(later.scalar_subquery()).where(first.c.source.is_not(None))
    return first.union_all(steps).c.source


def crawled_among(names: Collection[str]) -> ColumnElement[str]:
    """Return the column of those of `names` that have crawls; one name at least is wanted."""
    named = union_all(*(select(literal(name).label("source")) for name in names)).subquery("named")
    is_crawled = exists().where(table.c.source == named.c.source)
    return select(named.c.source).where(is_crawled).subquery("sources").c.source


def newest_whole(source: Any, column: Any, order: Any, *terms: Any) -> Any:
    """Return the subquery for a column of the newest crawl of the whole of `source`."""
    of_source = select(column).where(table.c.source == source, WHOLE_SOURCE, *terms)
    return of_source.order_by(order.desc()).limit(1).correlate(source.table).scalar_subquery()
