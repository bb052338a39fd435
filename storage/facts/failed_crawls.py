"""Query which crawls failed lately: what was known of hosts that don't answer, after a restart."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from letters.crawl_record import CrawlOutcome
from storage.facts.crawled_sources import WHOLE_SOURCE, crawled_sources, newest_whole
from storage.schema.tables import crawls as table

_HAS_ENDED = table.c.outcome.is_not(None)
_HAS_FAILED = table.c.outcome == CrawlOutcome.FAILED.value


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """When the directory of a source was last read, and when crawls failed since, UTC."""

    at: datetime | None  # None: never
    failures: tuple[datetime, ...]  # the newest first


def last_answers(connection: Connection, most: int) -> dict[str, LastAnswer]:
    """Return the last answer of each crawled source by its name, with the last failures since.

    Of a source that does not answer there are `most` failures at most.
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


def _failures(connection: Connection, source: str, most: int) -> tuple[datetime, ...]:
    """Return when the last crawls of `source` failed in a row, the newest first."""
    of_source = table.c.source == source, WHOLE_SOURCE, _HAS_ENDED
    query = select(table.c.outcome, table.c.finished_at).where(*of_source)
    rows = connection.execute(query.order_by(table.c.id.desc()).limit(most)).all()
    outcomes = [row.outcome for row in rows]
    failed = CrawlOutcome.FAILED.value
    count = next((n for n, outcome in enumerate(outcomes) if outcome != failed), len(outcomes))
    return tuple(row.finished_at for row in rows[:count])
