"""Plans the visits of a crawl once its directory is recorded, by what is on record."""

from collections.abc import Sequence

from sqlalchemy import Connection

from crawler.plan import Plan, make_plan
from crawler.record.crawl_state import CrawlContext
from crawler.revisit_policy import LONGEST_INTERVAL, learned_rates
from letters.addresses import KnownAddress
from storage.derived.addresses import RecordedRows, known_addresses
from storage.derived.edit_history import history_of
from storage.derived.revisits import overdue_addresses, unsettled_addresses, urgent_addresses


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
    chosen = _revisits(connection, crawl, besides | asked)
    at = {each.id: each for each in known_addresses(connection, source, ids=chosen)}
    return make_plan(absent, due, (at[each] for each in chosen if at[each].letter_id is not None))


def _revisits(connection: Connection, crawl: CrawlContext, besides: set[int]) -> list[int]:
    """Return the addresses to visit for quiet edits alone, in order, none of those `besides`."""
    source, now = crawl.source, crawl.now()
    rates = learned_rates(history_of(connection, source))
    budget = None if crawl.job.full else crawl.job.source.revisits
    if budget is None:
        every = urgent_addresses(connection, source, rates, now, None)
        return [each for each in every if each not in besides]
    overdue = overdue_addresses(connection, source, now - LONGEST_INTERVAL)
    chosen = dict.fromkeys(each for each in overdue if each not in besides)
    if (rest := budget - len(chosen)) > 0:
        left_out = besides | chosen.keys()
        limit = rest + len(left_out)
        urgent = urgent_addresses(connection, source, rates, now, limit)
        chosen |= dict.fromkeys([each for each in urgent if each not in left_out][:rest])
    return list(chosen)
