"""What the archive says of how sources do: by it alarms are judged. A few queries for all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from letters.crawl_record import CrawlOutcome
from letters.listed_days import ListedDays, listed_days
from storage.facts.crawled_sources import (
    IS_COMPLETE,
    WHOLE_SOURCE,
    crawled_among,
    crawled_sources,
    newest_whole,
)
from storage.schema.tables import crawls, letters

_NAMED = 400  # sources that are named in a query; of more all are read (SQLite: 500 in a union)
READ_CRAWLS = 7  # of each source, the newest that did not fail
_SUCCEEDED = (CrawlOutcome.COMPLETE.value, CrawlOutcome.PARTIAL.value)


@dataclass(frozen=True, slots=True)
class ReadCrawl:
    """What a crawl read that did not fail."""

    is_complete: bool
    listed: int  # letters
    fetched: int  # letters
    errors: int  # pages without a verdict
    started_at: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """How the crawls of a source ended, those of single letters left out. Moments are in UTC."""

    source: str
    crawl_id: int  # of the newest
    started_at: datetime
    outcome: CrawlOutcome | None = None  # of the newest; None: it goes on, or was cut off
    succeeded_at: datetime | None = None  # when the last ended that did not fail; None: none did
    begun: int = 0  # crawls since then, failed, cut off or going on
    begun_since: datetime | None = None  # when the first of them began
    failures: int = 0  # of these, how many failed
    failed_since: datetime | None = None  # when the first of the failed began
    reason: str = ""  # why the newest that failed did
    read: tuple[ReadCrawl, ...] = ()  # the newest first
    refusals: tuple[str, ...] = ()  # why pages got no verdict, in the newest that did not fail
    listed: ListedDays | None = None  # up to its last success; None: no day is known
    arrived_on: date | None = None  # when a letter was last seen that was not known


def source_records(
    connection: Connection, names: Collection[str] | None = None
) -> dict[str, SourceRecord]:
    """Return the record of each source, or of those of `names`, that was ever crawled."""
    if names is not None and not names:
        return {}
    few = names if names is not None and len(names) <= _NAMED else None
    records = _newest_crawls(connection, few)
    _add_failures(connection, few, records)
    _add_read(connection, few, records)
    _add_arrivals(connection, few, records)
    return {name: each for name, each in records.items() if names is None or name in names}


def _source(names: Collection[str] | None) -> ColumnElement[str]:
    return crawled_sources() if names is None else crawled_among(names)


def _good_id(source: Any) -> Any:
    is_success = crawls.c.outcome.in_(_SUCCEEDED)
    return func.coalesce(newest_whole(source, crawls.c.id, crawls.c.id, is_success), 0)


def _newest_crawls(
    connection: Connection, names: Collection[str] | None
) -> dict[str, SourceRecord]:
    source = _source(names)
    whole, good = crawls.alias("whole"), crawls.alias("good")
    newest = newest_whole(source, crawls.c.id, crawls.c.id)
    query = (
        select(source.label("name"), whole.c.id, whole.c.started_at, whole.c.outcome)
        .add_columns(good.c.finished_at.label("succeeded_at"))
        .join_from(source.table, whole, whole.c.id == newest)
        .outerjoin(good, good.c.id == _good_id(source))
    )
    return {
        row.name: SourceRecord(
            row.name,
            row.id,
            row.started_at,
            row.outcome and CrawlOutcome(row.outcome),
            row.succeeded_at,
        )
        for row in connection.execute(query)
    }


def _add_failures(
    connection: Connection, names: Collection[str] | None, records: dict[str, SourceRecord]
) -> None:
    """Add what began since a crawl succeeded, and how much of that failed."""
    source = _source(names)
    is_failure = crawls.c.outcome == CrawlOutcome.FAILED.value
    later = and_(crawls.c.source == source, WHOLE_SOURCE, crawls.c.id > _good_id(source))
    query = (
        select(
            source.label("name"),
            func.count().label("begun"),
            func.min(crawls.c.started_at).label("begun_since"),
            func.count(case((is_failure, 1))).label("failures"),
            func.min(case((is_failure, crawls.c.started_at))).label("failed_since"),
            func.max(case((is_failure, crawls.c.id))).label("failed_id"),
        )
        .join_from(source.table, crawls, later)
        .group_by(source)
    )
    rows = connection.execute(query).all()
    reasons = _reasons(connection, [row.failed_id for row in rows if row.failed_id])
    for row in rows:
        records[row.name] = replace(
            records[row.name],
            begun=row.begun,
            begun_since=row.begun_since,
            failures=row.failures,
            failed_since=row.failed_since,
            reason=next(iter(reasons.get(row.failed_id, ())), ""),
        )


def _add_read(
    connection: Connection, names: Collection[str] | None, records: dict[str, SourceRecord]
) -> None:
    """Add what the newest crawls read that did not fail."""
    source = _source(names)
    is_server = connection.dialect.name == "postgresql"
    length = func.jsonb_array_length if is_server else func.json_array_length
    each = crawls.alias("each")
    newest = (
        select(each.c.id)
        .where(each.c.source == source, each.c.mode.not_in(["urls", "import"]))
        .where(each.c.outcome.in_(_SUCCEEDED))
        .order_by(each.c.id.desc())
        .limit(READ_CRAWLS)
        .correlate(source.table)
    )
    query = (
        select(source.label("name"), crawls.c.id, crawls.c.counts, crawls.c.started_at)
        .add_columns(IS_COMPLETE.label("is_complete"), length(crawls.c.errors).label("errors"))
        .join_from(source.table, crawls, crawls.c.id.in_(newest))
        .order_by(crawls.c.id.desc())
    )
    read: dict[str, list[ReadCrawl]] = defaultdict(list)
    newest_ids: dict[str, int] = {}
    for row in connection.execute(query):
        counts = row.counts.get("listed", 0), row.counts.get("fetched", 0)
        if row.name not in newest_ids:
            newest_ids[row.name] = row.id
        crawl = ReadCrawl(bool(row.is_complete), *counts, row.errors, row.started_at)
        read[row.name].append(crawl)
    of_many = [newest_ids[name] for name, each in read.items() if each[0].errors]
    reasons = _reasons(connection, of_many)
    for name, crawls_read in read.items():
        refusals = reasons.get(newest_ids[name], ())
        records[name] = replace(records[name], read=tuple(crawls_read), refusals=refusals)


def _reasons(connection: Connection, crawl_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return why pages of some crawls got no verdict, by the crawl."""
    found: dict[int, tuple[str, ...]] = {}
    ordered = sorted(crawl_ids)
    for first in range(0, len(ordered), _NAMED):
        some = crawls.c.id.in_(ordered[first : first + _NAMED])
        for row in connection.execute(select(crawls.c.id, crawls.c.errors).where(some)):
            found[row.id] = tuple(error["reason"] for error in row.errors)
    return found


def _add_arrivals(
    connection: Connection, names: Collection[str] | None, records: dict[str, SourceRecord]
) -> None:
    """Add the days of each source on which letters were listed, and when one was new here."""
    wanted = letters.c.source.in_(names) if names is not None else letters.c.source.is_not(None)
    query = select(letters.c.source, letters.c.listed_on).where(wanted).distinct()
    by_day = query.where(letters.c.listed_on.is_not(None))
    rows = connection.execute(by_day.order_by(letters.c.source, letters.c.listed_on))
    for name, days in groupby(rows, key=lambda row: row.source):
        if (record := records.get(name)) and (seen_at := record.succeeded_at):
            seen_on = seen_at.date()  # later days are typing errors
            known = (row.listed_on for row in days if row.listed_on <= seen_on)
            records[name] = replace(record, listed=listed_days(known))
    newest = func.max(letters.c.first_seen).label("first_seen")
    arrived = select(letters.c.source, newest).where(wanted).group_by(letters.c.source)
    for row in connection.execute(arrived):
        if record := records.get(row.source):
            records[row.source] = replace(record, arrived_on=row.first_seen.date())
