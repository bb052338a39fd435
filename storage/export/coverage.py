"""Proof of looking, told from the ledger: what each crawl saw, and what it could not see."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from letters.records import Outcome, PageError
from storage.facts import ledger
from storage.schema.tables import addresses, letters

_VERDICTS = {Outcome.LETTER.value, Outcome.GONE.value}


@dataclass(frozen=True, slots=True)
class Interval:
    """What was looked at of one source from the end of one crawl to the end of the next."""

    source: str
    crawl: int
    after: datetime | None  # UTC, when the crawl before ended; None: there was none
    before: datetime  # UTC, when this one ended; when it began, where it did not end
    outcome: str | None  # None: it was killed, or goes on
    listed: int
    visited: int  # looks that got a verdict: the letter, or that it is gone
    longest_gap: timedelta | None  # between two such looks at one letter, or since its last
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


def coverage(connection: Connection, source: str, dead: Collection[int]) -> Iterator[Interval]:
    """Yield the intervals of `source`, oldest first.

    Letters that moved count at the address where they stand now. A last crawl that did not end
    goes on, unless it is one of the `dead`.
    """
    here = letters.c.address_id == addresses.c.id
    urls = select(addresses.c.id, addresses.c.url).join(letters, here)
    telling = _Telling(source, {row.id: row.url for row in connection.execute(urls)})
    for _, facts, _ in ledger.entries(connection, source):
        yield from telling.read(json.loads(facts))
    yield from telling.unended(dead)


class _Telling:
    """Reads the ledger of one source, entry by entry, and tells each interval when it ends."""

    def __init__(self, source: str, urls: Mapping[int, str]) -> None:
        self._source = source
        self._urls = urls
        self._last: dict[int, datetime] = {}  # last verdict by address, before this crawl
        self._looks: dict[int, datetime] = {}  # in this crawl
        self._crawl: tuple[int, datetime] | None = None
        self._after: datetime | None = None

    def read(self, facts: Mapping[str, Any]) -> Iterator[Interval]:
        if "begin" in facts:
            yield from self.unended()
            self._crawl = facts["begin"], datetime.fromisoformat(facts["at"])
        elif "look" in facts and facts["outcome"] in _VERDICTS:
            self._looks[facts["look"]] = datetime.fromisoformat(facts["at"])
        elif "end" in facts:
            yield self._interval(facts["end"])

    def unended(self, dead: Collection[int] | None = None) -> Iterator[Interval]:
        """Yield the interval of a crawl that has no end; it goes on if not among `dead`."""
        if self._crawl is not None:
            number, began = self._crawl
            goes_on = dead is not None and number not in dead
            reason = "the crawl goes on" if goes_on else "the crawl was cut off before its end"
            hole = {"url": "", "reason": reason}
            told = {"id": number, "outcome": None, "listed": 0, "errors": [hole]}
            yield self._interval({**told, "finished_at": began.isoformat()})

    def _interval(self, end: Mapping[str, Any]) -> Interval:
        before = datetime.fromisoformat(end["finished_at"])
        gaps = {
            address: self._looks.get(address, before) - last
            for address, last in self._last.items()
            if address in self._urls
        }
        widest = max(gaps, key=lambda address: gaps[address], default=None)
        interval = Interval(
            source=self._source,
            crawl=end["id"],
            after=self._after,
            before=before,
            outcome=end["outcome"],
            listed=end["listed"],
            visited=len(self._looks),
            longest_gap=None if widest is None else gaps[widest],
            longest_gap_url=None if widest is None else self._urls[widest],
            holes=tuple(PageError(each["url"], each["reason"]) for each in end["errors"]),
        )
        self._last |= self._looks
        self._looks, self._crawl, self._after = {}, None, before
        return interval
