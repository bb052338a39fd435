"""Coverage by the ledger: what each crawl visited, what it could not see, the longest gaps."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from letters.crawl_record import Crawl, PageError
from letters.visit_span import VisitOutcome
from storage.facts import ledger
from storage.facts.entries import (
    CrawlBegunEntry,
    CrawlEndedEntry,
    Entry,
    VisitEntry,
    read_entry,
)
from storage.schema.tables import addresses, letters


@dataclass(frozen=True, slots=True)
class Interval:
    """What was visited of one source from the end of one crawl to the end of the next."""

    source: str
    crawl: int
    after: datetime | None  # UTC, when the crawl before ended; None: there was none
    before: datetime  # UTC, when this one ended; when it began, where it did not end
    outcome: str | None  # None: it was killed, or goes on
    listed: int
    visited: int  # addresses that got a verdict: the letter, or that it is gone
    longest_gap: timedelta | None  # between two such visits to one letter, or since its last
    longest_gap_url: str | None  # which letter's
    holes: tuple[PageError, ...]  # what got no verdict, and why

    def as_json(self) -> dict[str, Any]:
        """Return it as one row of `fuhan coverage`; the gap is in seconds."""
        return {
            "source": self.source,
            "crawl": self.crawl,
            "after": self.after and self.after.isoformat(),
            "before": self.before.isoformat(),
            "outcome": self.outcome,
            "listed": self.listed,
            "visited": self.visited,
            "longest_gap": self.longest_gap and self.longest_gap.total_seconds(),
            "longest_gap_url": self.longest_gap_url,
            "holes": [{"url": each.url, "reason": each.reason} for each in self.holes],
        }


def coverage(
    connection: Connection, source: str, cut_off_ids: Collection[int]
) -> Iterator[Interval]:
    """Yield the intervals of `source`, oldest first.

    Letters that moved count at the address where they are now. A last crawl without an end
    goes on, unless it is among `cut_off_ids`.
    """
    is_current = letters.c.address_id == addresses.c.id
    present = select(addresses.c.id, addresses.c.url).join(letters, is_current)
    rows = connection.execute(present.where(letters.c.source == source))
    coverage = _SourceCoverage(source, {row.id: row.url for row in rows})
    for _, facts, _ in ledger.entries(connection, source):
        yield from coverage.add(read_entry(json.loads(facts)))
    yield from coverage.unended(cut_off_ids)


class _SourceCoverage:
    """Divides the ledger of one source into intervals, each yielded when it ends."""

    def __init__(self, source: str, urls: Mapping[int, str]) -> None:
        self._source = source
        self._urls = urls  # of the letters' present addresses, by id
        self._visited_before: dict[
            int, datetime
        ] = {}  # last verdict by address, before this crawl
        self._visited: dict[int, datetime] = {}  # in this crawl
        self._begun: CrawlBegunEntry | None = None
        self._after: datetime | None = None

    def add(self, entry: Entry) -> Iterator[Interval]:
        """Apply the next entry; yield the interval that it ends."""
        match entry:
            case CrawlBegunEntry():
                yield from self.unended()
                self._begun = entry
            case VisitEntry(outcome=VisitOutcome.LETTER | VisitOutcome.GONE):
                self._visited[entry.address_id] = entry.at
            case CrawlEndedEntry(crawl=crawl):
                yield self._interval(crawl, crawl.finished_at or crawl.started_at)

    def unended(self, cut_off_ids: Collection[int] | None = None) -> Iterator[Interval]:
        """Yield the interval of a crawl without an end; without `cut_off_ids` it was cut off."""
        if self._begun is None:
            return
        goes_on = cut_off_ids is not None and self._begun.crawl_id not in cut_off_ids
        reason = "the crawl goes on" if goes_on else "the crawl was cut off before its end"
        crawl = Crawl(
            id=self._begun.crawl_id,
            source=self._source,
            outcome=None,
            started_at=self._begun.at,
            finished_at=None,
            errors=(PageError("", reason),),
        )
        yield self._interval(crawl, self._begun.at)

    def _interval(self, crawl: Crawl, before: datetime) -> Interval:
        gaps = {
            address_id: self._visited.get(address_id, before) - last
            for address_id, last in self._visited_before.items()
            if address_id in self._urls
        }
        widest = max(gaps, key=lambda address_id: gaps[address_id], default=None)
        interval = Interval(
            source=self._source,
            crawl=crawl.id,
            after=self._after,
            before=before,
            outcome=crawl.outcome and crawl.outcome.value,
            listed=crawl.listed,
            visited=len(self._visited),
            longest_gap=None if widest is None else gaps[widest],
            longest_gap_url=None if widest is None else self._urls[widest],
            holes=crawl.errors,
        )
        self._visited_before |= self._visited
        self._visited, self._begun, self._after = {}, None, before
        return interval
