"""Simulates a nation of sources: how many crawls at once it takes, and what they wait for.

Nothing is requested. The queue is one of events on a fast clock: sources are due by the product's
own schedule (`scheduler/due.py`), a host is crawled by one crawl at a time, a worker runs a few. What
a crawl requests follows from the size of its source, as the product does it: the directory whole,
then so many letters as are visited again, and its share of the sweep. How long a request takes is drawn.
`python -m bench.scale`.
"""

import argparse
import heapq
import random
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil, exp, log
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from crawler.sweep_pace import sweep_pace
from scheduler.due import Schedule, due_at

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SWEEP = timedelta(days=7)
SCHEDULE = Schedule(timedelta(hours=6), jitter=timedelta(minutes=10))
PACE = sweep_pace(SWEEP, [START + SCHEDULE.every, START])
SHARE = PACE.pause / PACE.within if PACE else 1.0  # of the letters, at most, in each crawl
REVISITS = 200  # known letters a crawl may visit again: the default
ROWS = 15  # on a page of a directory
PAUSE = 1.0  # seconds between two requests to one host: the default
SLOW = 1.5  # an answer takes its median, and so many times more or less by one sigma
MEDIAN_ANSWER = 0.4  # seconds


@dataclass(frozen=True, slots=True)
class Nation:
    """How many sources there are, and what runs their crawls."""

    sources: int
    letters: int  # in all; a few sources hold most of them
    slots: int  # crawls at once: workers by what each runs
    per_host: float = 1.5  # sources on one host
    days: int = 15  # simulated; the first week is not counted: all sources begin in it


@dataclass(slots=True)
class Simulated:
    """One source, and what became of it."""

    name: str
    host: int
    letters: int
    seconds: float  # of one request to its host


@dataclass(slots=True)
class Outcome:
    """What was counted in a simulation after its first week."""

    crawls: int = 0
    requests: int = 0
    busy: float = 0.0  # seconds of crawls
    waits: list[float] = field(default_factory=list)  # seconds from due to begun
    lengths: list[float] = field(default_factory=list)  # seconds of a crawl


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=14_000)
    parser.add_argument("--letters", type=int, default=30_000_000)
    asked = parser.parse_args()
    queue = Table(
        "crawls at once", "crawls a day", "requests a day", "busy", "wait p50 min", "p95"
    )
    for slots in (160, 320, 480, 640):
        nation = Nation(asked.sources, asked.letters, slots)
        queue.add_row(f"{slots}", *_queue_row(nation, simulate(nation)))
    Console().print(queue)


def simulate(nation: Nation) -> Outcome:
    """Return what happened to the crawls of all sources on a fast clock."""
    chance = random.Random("nation")
    sources = list(_sources(nation, chance))
    events: list[tuple[datetime, int, Simulated | None]] = []
    for place, each in enumerate(sources):
        spread = chance.random() * SCHEDULE.every
        heapq.heappush(events, (START + spread, place, each))
    return _Clock(nation, events).run()


def _sources(nation: Nation, chance: random.Random) -> Iterator[Simulated]:
    """Yield sources whose sizes are spread as towns are: logarithms by a normal distribution."""
    sigma = 1.6
    mean = log(nation.letters / nation.sources) - sigma**2 / 2
    for number in range(nation.sources):
        letters = max(1, min(int(chance.lognormvariate(mean, sigma)), 100_000))
        answer = MEDIAN_ANSWER * exp(chance.gauss(0, log(SLOW)))
        host = chance.randrange(int(nation.sources / nation.per_host))
        yield Simulated(f"s{number}", host, letters, max(PAUSE, answer))


class _Clock:
    """Goes from event to event: a source is due, or a crawl ends."""

    def __init__(
        self, nation: Nation, events: list[tuple[datetime, int, Simulated | None]]
    ) -> None:
        self._nation = nation
        self._due = events
        self._running: list[tuple[datetime, int, Simulated, datetime]] = []  # end, …, begin
        self._waiting: deque[tuple[datetime, Simulated]] = deque()
        self._of_host: defaultdict[int, deque[tuple[datetime, Simulated]]] = defaultdict(deque)
        self._busy_hosts: set[int] = set()
        self._outcome = Outcome()
        self._counted_from = START + 7 * DAY
        self._number = 0

    def run(self) -> Outcome:
        """Return what was counted until the last day ended."""
        end = START + self._nation.days * DAY
        while True:
            is_end = bool(self._running) and (
                not self._due or self._running[0][0] <= self._due[0][0]
            )
            now = self._running[0][0] if is_end else self._due[0][0]
            if now > end:
                return self._outcome
            if is_end:
                self._end(now)
            else:
                _, _, source = heapq.heappop(self._due)
                if source is not None:
                    self._want(now, source)
            self._begin(now)

    def _want(self, now: datetime, source: Simulated) -> None:
        """Let a source wait for a slot, or for its host where that is being crawled."""
        if source.host in self._busy_hosts:
            self._of_host[source.host].append((now, source))
        else:
            self._busy_hosts.add(source.host)
            self._waiting.append((now, source))

    def _begin(self, now: datetime) -> None:
        while self._waiting and len(self._running) < self._nation.slots:
            wanted, source = self._waiting.popleft()
            requests = self._requests(source)
            seconds = requests * source.seconds
            self._number += 1
            end = now + timedelta(seconds=seconds)
            heapq.heappush(self._running, (end, self._number, source, now))
            if now >= self._counted_from:
                self._count(requests, seconds, (now - wanted).total_seconds())

    def _count(self, requests: int, seconds: float, waited: float) -> None:
        counted = self._outcome
        counted.crawls += 1
        counted.requests += requests
        counted.busy += seconds
        counted.waits.append(waited)
        counted.lengths.append(seconds)

    def _requests(self, source: Simulated) -> int:
        directory = -(-source.letters // ROWS)
        return directory + min(source.letters, REVISITS + ceil(source.letters * SHARE))

    def _end(self, now: datetime) -> None:
        _, _, source, began = heapq.heappop(self._running)
        due = due_at(source.name, SCHEDULE, began, now)
        self._number += 1
        heapq.heappush(self._due, (max(due, now), self._number, source))
        self._busy_hosts.discard(source.host)
        if queue := self._of_host.get(source.host):
            wanted, other = queue.popleft()
            self._busy_hosts.add(source.host)
            self._waiting.append((wanted, other))


def _queue_row(nation: Nation, outcome: Outcome) -> tuple[str, ...]:
    days = nation.days - 7
    busy = outcome.busy / (nation.slots * days * DAY.total_seconds())
    waits = quantiles([each / 60 for each in outcome.waits], n=20)
    return (
        f"{outcome.crawls / days:,.0f}",
        f"{outcome.requests / days / 1e6:.1f} million",
        f"{busy:.0%}",
        f"{waits[9]:.1f}",
        f"{waits[18]:.1f}",
    )


if __name__ == "__main__":
    main()
