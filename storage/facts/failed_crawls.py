"""Query which crawls failed lately: what was known of hosts that don't answer, after a restart."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Connection, select

from letters.crawl_record import CrawlOutcome
from storage.facts.crawled_sources import WHOLE_SOURCE, crawled_sources, newest_whole
from storage.schema.tables import crawls as table

_HAS_ENDED = table.c.outcome.is_not(None)
_HAS_FAILED = table.c.outcome == CrawlOutcome.FAILED.value


@dataclass(frozen=True, slots=True)
class FailedCrawl:
    """A crawl that could not read its directory."""

    at: datetime  # UTC, when it ended
    reason: str  # why; "" where none is on record


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """When the directory of a source was last read, UTC, and which crawls failed since."""

    at: datetime | None  # None: never
    failures: tuple[FailedCrawl, ...]  # the newest first


def last_answers(connection: Connection, most: int) -> dict[str, LastAnswer]:
    """Return the last answer of each crawled source by its name, with the last failures since.

    Of a source that is not read there are `most` failures at most.
    """
    source = crawled_sources()
    newest = newest_whole(source, table.c.outcome, table.c.id, _HAS_ENDED)
    ended = table.c.finished_at
    answered = newest_whole(source, ended, table.c.id, _HAS_ENDED, ~_HAS_FAILED)
    rows = connection.execute(select(source, newest, answered).where(source.is_not(None)))
    return {
        name: LastAnswer(
            at,
            _failures(connection, name, most) if outcome == CrawlOutcome.FAILED.value else (),
        )
        for name, outcome, at in rows.all()
    }


def _failures(connection: Connection, source: str, most: int) -> tuple[FailedCrawl, ...]:
    """Return the last crawls of `source`, as far as they failed in a row, the newest first."""
    of_source = table.c.source == source, WHOLE_SOURCE, _HAS_ENDED
    query = select(table.c.outcome, table.c.finished_at, table.c.errors).where(*of_source)
    rows = connection.execute(query.order_by(table.c.id.desc()).limit(most))
    failed = takewhile(lambda row: row.outcome == CrawlOutcome.FAILED.value, rows.all())
    return tuple(FailedCrawl(row.finished_at, _reason(row.errors)) for row in failed)


def _reason(errors: list[dict[str, str]]) -> str:
    return errors[0]["reason"] if errors else ""
