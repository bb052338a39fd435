"""Simulates whose turn it is among sources of which some are huge and some dead, on a fast clock.

Fifty sources, crawled every six hours: of five, or ten, a crawl takes hours, of ten the host does
not answer. Turns are given by the product's own code (`scheduler/crawl_turns.py`) and, beside it,
first come, first served. Waits are from when a crawl was due. `python -m bench.fair_turns`.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, product
from statistics import median

from rich.console import Console
from rich.table import Table

from scheduler.concurrency import MAX_CRAWLS
from scheduler.crawl_turns import LONG, CrawlTurn, CrawlTurns

START = datetime(2026, 11, 24, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """A source, and how long its crawls take."""

    name: str
    group: str
    host: str
    takes: timedelta
    every: timedelta = 6 * HOUR


@dataclass(slots=True)
class Waits:
    """How long the crawls of a group waited for their turns, and how many there were."""

    first: list[timedelta] = field(default_factory=list)  # on the first day
    later: list[timedelta] = field(default_factory=list)

    def cells(self, expected: int) -> list[str]:
        """Return crawls as a share of what was due, and waits in minutes: median and longest."""
        minutes = [each / MINUTE for each in self.later]
        return [
            f"{len(minutes) / expected:.0%}",
            f"{median(minutes):.0f}",
            f"{max(minutes):.0f}",
            f"{max(self.first) / MINUTE:.0f}",
        ]


class FirstCome(CrawlTurns):
    """Gives turns in the order in which they are wanted, as long as there are slots."""

    def begin(self, now: datetime) -> CrawlTurn | None:
        """Return the first that waits, and whose host is free."""
        hosts = {each.host for each in self._running}
        able = (each for each in self._waiting if each.host not in hosts)
        if len(self._running) >= self._slots or (first := next(able, None)) is None:
            return None
        del self._waiting[first]
        self._running[first] = now
        return first


def nation(huge: int) -> list[Watched]:
    """Return fifty sources: some huge, some dead, some on one host with a huge one."""
    return [
        *(Watched(f"huge-{place}", "huge", f"huge-{place}", 4 * HOUR) for place in range(huge)),
        *(Watched(f"dead-{place}", "dead", f"dead-{place}", 2 * MINUTE) for place in range(10)),
        *(Watched(f"city-{place}", "others", f"city-{place}", 5 * MINUTE) for place in range(38 - huge)),
        *(Watched(f"beside-{place}", "beside a huge", f"huge-{place}", 5 * MINUTE) for place in range(2)),
    ]  # fmt: skip


def simulate(
    turns: CrawlTurns, sources: Sequence[Watched], days: int, stop: timedelta = timedelta(0)
) -> dict[str, Waits]:
    """Return the waits by group; all sources are due at the beginning, `stop` ago."""
    return _Clock(turns, sources, stop).run(START + days * DAY)


class _Clock:
    """Goes from event to event: a source is due, a crawl ends, a crawl counts as a long one."""

    def __init__(self, turns: CrawlTurns, sources: Iterable[Watched], stop: timedelta) -> None:
        self._turns = turns
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._numbers: Iterator[int] = count()
        self._crawls: dict[CrawlTurn, Watched] = {}
        self._last: dict[str, timedelta] = {}  # how long the last crawl of a source took
        self._waits: defaultdict[str, Waits] = defaultdict(Waits)
        for each in sources:
            self._at(START, partial(self._want_since, each, START - stop))

    def run(self, end: datetime) -> dict[str, Waits]:
        """Return how long crawls waited that began before the end, or wait then."""
        while self._events[0][0] < end:
            now, _, happen = heapq.heappop(self._events)
            happen(now)
            while turn := self._turns.begin(now):
                self._begin(turn, now)
        return self._waits

    def _at(self, moment: datetime, happen: Callable[[datetime], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happen))

    def _want_since(self, source: Watched, due: datetime, _now: datetime) -> None:
        self._want(source, due)

    def _want(self, source: Watched, due: datetime) -> None:
        is_long = self._last.get(source.name, timedelta(0)) >= LONG
        turn = CrawlTurn(source.name, source.host, due, source.every, is_long)
        self._crawls[turn] = source
        self._turns.want(turn)

    def _begin(self, turn: CrawlTurn, now: datetime) -> None:
        source = self._crawls[turn]
        waits = self._waits[source.group]
        counted = waits.first if now < START + DAY else waits.later
        counted.append(now - max(turn.due, START))
        self._at(now + LONG, lambda _: None)
        self._at(now + source.takes, lambda at: self._end(turn, now, at))

    def _end(self, turn: CrawlTurn, began: datetime, now: datetime) -> None:
        source = self._crawls.pop(turn)
        self._turns.leave(turn)
        self._last[source.name] = now - began
        due = max(began + source.every, now)
        self._at(due, lambda _: self._want(source, due))


def main() -> None:
    """Print how the groups fare by each rule."""
    columns = (
        "huge",
        "turns",
        "of",
        "crawls of those due",
        "wait, median min",
        "longest",
        "at first",
    )
    table = Table(*columns)
    days = 14
    for huge, (name, make) in product((5, 10), (("ours", CrawlTurns), ("first come", FirstCome))):
        sources = nation(huge)
        for group, waits in simulate(make(MAX_CRAWLS), sources, days).items():
            number = sum(each.group == group for each in sources)
            table.add_row(f"{huge}", name, group, *waits.cells(number * (days - 1) * 4))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
