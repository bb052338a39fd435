"""Plans the visits of a crawl once its directory is recorded, by what is on record."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from crawler.plan import Plan, make_plan
from crawler.record.crawl_state import CrawlContext
from crawler.revisit_policy import learned_rates
from crawler.sweep_pace import sweep_pace
from letters.addresses import KnownAddress
from storage.derived.addresses import RecordedRows, known_addresses
from storage.derived.edit_history import history_of
from storage.derived.revisits import (
    count_published,
    count_visited,
    longest_waiting,
    unsettled_addresses,
    urgent_addresses,
)
from storage.facts.crawls import newest_visiting_starts

_STARTS = 200  # earlier crawls by which it is known which pauses between them are usual


def plan_visits(
    connection: Connection,
    crawl: CrawlContext,
    absent: Sequence[KnownAddress],
    recorded: RecordedRows,
) -> Plan:
    """Return the visits of a crawl; `absent` are the addresses that its directory does not list.

    Letters of which nothing is asked but whether they were edited are chosen in the archive.
    """
    source = crawl.source
    besides = {each.id for each in absent}
    unsettled = unsettled_addresses(connection, source)
    asked = (recorded.without_letter | recorded.changed | set(unsettled)) - besides
    due = known_addresses(connection, source, ids=asked)
    return make_plan(absent, due, _revisits(connection, crawl, besides | asked))


def _revisits(connection: Connection, crawl: CrawlContext, besides: set[int]) -> list[int]:
    """Return the addresses to visit for quiet edits alone, in order, none of those `besides`."""
    source, now = crawl.source, crawl.now()
    budget = None if crawl.job.full else crawl.job.source.revisits
    swept = [] if budget is None else _swept(connection, crawl, besides, now)
    left_out = besides.union(swept)
    limit = None if budget is None else budget + len(left_out)
    rates = learned_rates(history_of(connection, source))
    urgent = urgent_addresses(connection, source, rates, now, limit)
    return swept + [each for each in urgent if each not in left_out][:budget]


def _swept(
    connection: Connection, crawl: CrawlContext, besides: set[int], now: datetime
) -> list[int]:
    """Return the addresses that this crawl visits so that no letter waits too long, in order."""
    source, every = crawl.source, timedelta(seconds=crawl.job.source.sweep)
    share = count_published(connection, source)
    pace = sweep_pace(every, newest_visiting_starts(connection, source, _STARTS))
    if pace is not None:
        moments = [now - age for age in pace.ages]
        share = pace.share(share, count_visited(connection, source, moments))
    waiting = longest_waiting(connection, source, share + len(besides)) if share else []
    return [each for each in waiting if each not in besides][:share]
