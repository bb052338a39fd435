"""Record that crawls begin and end; queries over past crawls."""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from letters.crawl_record import Crawl, CrawlOutcome, PageError, SourceState
from storage.database.insert import insert
from storage.derived.list_page import Cut, ListPage, cut_query, read_page
from storage.facts import ledger
from storage.facts.crawled_sources import (
    IMPORT,
    IS_COMPLETE,
    WHOLE_SOURCE,
    crawled_among,
    crawled_sources,
    newest_whole,
)
from storage.facts.entries import CrawlBegunEntry, CrawlEndedEntry
from storage.schema.tables import crawls as table
from storage.schema.tables import letter_counts

_IS_CRAWL = table.c.mode != IMPORT


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How a crawl ended."""

    outcome: CrawlOutcome
    finished_at: datetime
    directory_at: datetime | None  # when the directory was read to its end; None: it was not
    listing: str | None  # sha256 of the directory's rows; None: it could not be read
    counts: Mapping[str, int]
    errors: Sequence[PageError]


def begin_crawl(connection: Connection, source: str, mode: str, started_at: datetime) -> int:
    """Record that a crawl of `source` has begun and return its id."""
    row = {"source": source, "mode": mode, "started_at": started_at, "counts": {}, "errors": []}
    crawl_id = insert(connection, table, row)
    ledger.append(connection, source, CrawlBegunEntry(crawl_id, started_at, mode))
    return crawl_id


def end_crawl(connection: Connection, crawl_id: int, end: CrawlEnd) -> Crawl:
    """Record how a crawl ended and return it."""
    values = {
        "outcome": end.outcome.value,
        "finished_at": end.finished_at,
        "directory_at": end.directory_at,
        "listing": end.listing,
        "counts": dict(end.counts),
        "errors": [{"url": each.url, "reason": each.reason} for each in end.errors],
    }
    connection.execute(update(table).where(table.c.id == crawl_id).values(**values))
    row = connection.execute(select(table).where(table.c.id == crawl_id)).one()
    ended = crawl_of(row)
    ledger.append(connection, row.source, CrawlEndedEntry(ended, end.listing))
    return ended


def crawls(
    connection: Connection,
    source: str | None = None,
    *,
    since: datetime | None = None,
    limit: int | None = None,
) -> Generator[Crawl]:
    """Yield crawls, newest first; with `since` those that began then or later.

    They are in the order of ids, as a clock may have been set back between two.
    """
    query = _select_crawls(source).order_by(table.c.id.desc()).limit(limit)
    if since:
        query = query.where(table.c.started_at >= since)
    with connection.execute(query, execution_options={"yield_per": 200}) as rows:
        yield from map(crawl_of, rows)


def crawl_page(
    connection: Connection, source: str | None, cut: Cut, limit: int
) -> ListPage[Crawl]:
    """Return one page of the list of crawls; it is cut by their ids."""
    query = cut_query(_select_crawls(source), (table.c.id,), cut)
    return read_page(connection, [query], lambda rows: [crawl_of(row) for row in rows], cut, limit)


def _select_crawls(source: str | None) -> Select[Any]:
    query = select(table).where(_IS_CRAWL)
    return query.where(table.c.source == source) if source else query


def last_started(connection: Connection, source: str) -> datetime | None:
    """Return when the newest crawl of the whole of `source` began, or None."""
    of_source = select(table.c.started_at).where(table.c.source == source, WHOLE_SOURCE)
    newest = of_source.order_by(table.c.id.desc()).limit(1)
    started_at: datetime | None = connection.execute(newest).scalar()
    return started_at


def last_ended(connection: Connection, source: str) -> bool:
    """Return whether the newest crawl of the whole of `source` has ended; False where none was."""
    of_source = select(table.c.outcome).where(table.c.source == source, WHOLE_SOURCE)
    newest = of_source.order_by(table.c.id.desc()).limit(1)
    return connection.execute(newest).scalar() is not None


def last_span(connection: Connection, source: str) -> timedelta | None:
    """Return how long the newest crawl of the whole of `source` took that read its directory."""
    is_success = table.c.outcome.in_([CrawlOutcome.COMPLETE.value, CrawlOutcome.PARTIAL.value])
    of_source = table.c.source == source, WHOLE_SOURCE, is_success
    span = select(table.c.started_at, table.c.finished_at).where(*of_source)
    row = connection.execute(span.order_by(table.c.id.desc()).limit(1)).first()
    return row.finished_at - row.started_at if row else None


def unfinished_crawls(connection: Connection) -> list[tuple[int, str]]:
    """Return id and source of each crawl without an end: it goes on, or was cut off."""
    rows = connection.execute(select(table.c.id, table.c.source).where(table.c.outcome.is_(None)))
    return [(row.id, row.source) for row in rows]


def last_success(connection: Connection, source: str) -> datetime | None:
    """Return when the newest crawl of the whole of `source` ended that read its directory."""
    is_success = table.c.outcome.in_([CrawlOutcome.COMPLETE.value, CrawlOutcome.PARTIAL.value])
    return _newest(connection, source, table.c.finished_at, WHOLE_SOURCE, is_success)


def newest_visiting_starts(connection: Connection, source: str, limit: int) -> list[datetime]:
    """Return when the last crawls of the whole of `source` began that could visit letters.

    The newest comes first, one that goes on or was cut off too; at most `limit`.
    """
    failed = table.c.outcome.is_not_distinct_from(CrawlOutcome.FAILED.value)
    query = select(table.c.started_at).where(table.c.source == source, WHOLE_SOURCE, ~failed)
    return list(connection.execute(query.order_by(table.c.id.desc()).limit(limit)).scalars())


def first_directory(
    connection: Connection, source: str, before_crawl: int | None = None
) -> datetime | None:
    """Return when the directory of `source` was first read to its end, or None.

    With `before_crawl` only crawls whose id is lower count.
    """
    whole = [table.c.source == source, table.c.directory_at.is_not(None)]
    if before_crawl is not None:
        whole.append(table.c.id < before_crawl)
    first = select(table.c.directory_at).where(*whole).order_by(table.c.id).limit(1)
    read_at: datetime | None = connection.execute(first).scalar()
    return read_at


_LAST_DIRECTORY = select(func.max(table.c.directory_at).label("newest")).where(
    table.c.source == bindparam("of"), table.c.directory_at < bindparam("before")
)


def last_directory(connection: Connection, source: str, before: datetime) -> datetime | None:
    """Return when the directory of `source` was last read to its end before a moment, or None."""
    read_at: datetime | None = connection.execute(
        _LAST_DIRECTORY, {"of": source, "before": before}
    ).scalar()
    return read_at


def largest_directory(connection: Connection, source: str, first: int = 0) -> int:
    """Return the most letters that a directory of `source` ever listed; 0 before the first crawl.

    Crawls whose id is below `first` do not count.
    """
    query = select(table.c.counts).where(table.c.source == source, table.c.id >= first)
    counts = connection.execute(query).scalars()
    return max((each.get("listed", 0) for each in counts), default=0)


def sources(connection: Connection, names: Collection[str] | None = None) -> list[SourceState]:
    """Return the state of each source, or of those of `names` that were ever crawled, by name.

    Visits to single letters are no crawl of a source.
    """
    if names is not None and not names:
        return []
    source = crawled_sources() if names is None else crawled_among(names)
    whole = table.alias("whole")
    newest = newest_whole(source, table.c.id, table.c.id)
    succeeded = newest_whole(source, table.c.finished_at, table.c.finished_at, IS_COMPLETE)
    counted = select(func.sum(letter_counts.c.count)).where(letter_counts.c.source == source)
    query = select(
        source.label("of"),
        func.coalesce(counted.scalar_subquery(), 0).label("letters"),
        succeeded.label("last_success"),
        whole,
    ).outerjoin_from(source.table, whole, whole.c.id == newest)
    rows = sorted(connection.execute(query.where(source.is_not(None))), key=lambda row: row.of)
    return [
        SourceState(
            source=row.of,
            letters=int(row.letters),
            last_crawl=crawl_of(row) if row.id is not None else None,
            last_success=row.last_success,
        )
        for row in rows
    ]


def _newest(connection: Connection, source: str, column: Any, *terms: Any) -> datetime | None:
    query = select(func.max(column).label("newest")).where(table.c.source == source, *terms)
    newest: datetime | None = connection.execute(query).scalar()
    return newest


def crawl_of(row: Row[Any]) -> Crawl:
    """Return the crawl that a row of its table holds."""
    return Crawl(
        id=row.id,
        source=row.source,
        outcome=row.outcome and CrawlOutcome(row.outcome),
        started_at=row.started_at,
        finished_at=row.finished_at,
        errors=tuple(PageError(**error) for error in row.errors),
        **row.counts,
    )
