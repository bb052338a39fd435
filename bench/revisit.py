"""Simulates how late edits are seen at equal requests, by what decides whom to visit again.

Sources of 1,500 letters that appear over ten years, each first visited at once; a crawl every six
hours visits the same number of known letters by each policy. Ours learns by the product's own code
(`crawler/revisit_policy.py`), and spends a part of its visits on a sweep, spread as the product
does it (`crawler/sweep_pace.py`). `python -m bench.revisit [--seeds N] [--plot FILE.svg]`; needs numpy.
"""

import argparse
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert
from rich.console import Console
from rich.table import Table

from crawler.revisit_policy import learned_rates
from crawler.sweep_pace import SweepPace
from letters.edit_rates import AGES, MOST_EDITS, LetterClass, Watched

LETTERS = 1500
DAYS = 3650
CRAWLS_A_DAY = 4
BUDGETS = (15, 50)  # visits a day
LEARN_EVERY = 30  # days; the product learns before each crawl
LONGEST = 365.0  # days, after which any policy but the uniform visits a letter
SIZES = (100, 1000, 5000, 20_000)  # letters of a source
REVISITS = 200  # known letters a crawl may visit again: the default, as is a sweep of seven days
BOUNDS = np.array(AGES[:-1])
TAKEN_APART = 64  # edits of a letter, from which on its rate grows no more


@dataclass(frozen=True)
class World:
    """When letters appear and are edited; days since the beginning."""

    born: np.ndarray
    factor: np.ndarray  # of each letter's own rate
    season: np.ndarray  # of all rates, by day
    is_flat: bool  # letters of all ages are edited alike
    edits: list[list[float]] = field(default_factory=list)

    def by_age(self, day: float, live: int) -> np.ndarray:
        """Return the population's rate of edits a day at the age of each of the first letters."""
        if self.is_flat:
            return np.full(live, 0.0006)
        age = np.maximum(day - self.born[:live], 0)
        return 0.02 * np.exp(-age / 10) + 0.0008 * np.exp(-age / 400) + 0.00004

    def rates(self, day: float, live: int) -> np.ndarray:
        """Return the true rate of each of the first letters."""
        return self.by_age(day, live) * self.factor[:live] * self.season[int(day)]


def make_world(kind: str, seed: int, letters: int = LETTERS) -> World:
    """Return a world: shape 0.5, shape 2, bursts, campaign, seasons, no structure."""
    chance = np.random.default_rng(seed)
    born = np.sort(chance.random(letters) * DAYS)
    shape = 2.0 if kind == "shape 2" else 0.5
    is_flat = kind == "no structure"
    factor = np.ones(letters) if is_flat else chance.gamma(shape, 1 / shape, letters)
    season = np.ones(DAYS + 1)
    if kind == "bursts":  # forty weeks in which all is edited twelve times as often
        for first in chance.integers(0, DAYS - 7, 40):
            season[first : first + 7] = 12
    if kind == "seasons":
        season = 1 + 0.9 * np.sin(2 * np.pi * np.arange(DAYS + 1) / 365)
    world = World(born, factor, season, is_flat)
    world.edits.extend(_edits(world, chance))
    if kind == "campaign":  # a quarter of all letters of more than a year, three times
        for first in (1300, 2100, 2900):
            for number in np.flatnonzero((born < first - 365) & (chance.random(letters) < 0.25)):
                world.edits[number].append(first + 30 * chance.random())
                world.edits[number].sort()
    return world


def _edits(world: World, chance: np.random.Generator) -> list[list[float]]:
    edits: list[list[float]] = [[] for _ in world.born]
    for day in range(DAYS):
        live = int(np.searchsorted(world.born, day))
        counts = chance.poisson(world.rates(day, live))
        for number in np.flatnonzero(counts):
            edits[number] += sorted(day + chance.random(counts[number]))
    return edits


class Policy:
    """Visits the letters of greatest urgency: here, those that waited longest."""

    adds_sweep = False  # to the other visits; else it is a part of them

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen = np.zeros(len(world.born), int)  # edits of each letter that were seen

    def urgency(self, _day: float, waited: np.ndarray) -> np.ndarray:
        """Return how urgent a visit to each letter is."""
        return waited

    def swept(self, _waited: np.ndarray) -> int:
        """Return how many letters are visited as they wait longest, whatever their urgency."""
        return 0

    def observe(self, day: float, hits: np.ndarray, visited: np.ndarray) -> None:
        """Learn from a crawl: letters that were edited since their last visit."""
        del day, visited
        self.seen[hits] += 1


class NewestFirst(Policy):
    """Visits the newest letters, and others once they waited for the longest interval."""

    def urgency(self, _day: float, waited: np.ndarray) -> np.ndarray:
        """Return the place in the order of publication."""
        return np.where(waited >= LONGEST, np.inf, np.arange(len(waited), dtype=float))


class GivenByAge(Policy):
    """Is given the population's true rate by age."""

    def urgency(self, day: float, waited: np.ndarray) -> np.ndarray:
        """Return λτ²."""
        rates = self.world.by_age(day, len(waited))
        return np.where(waited >= LONGEST, np.inf, rates * waited**2)


class GivenEach(Policy):
    """Is given each letter's true rate."""

    def urgency(self, day: float, waited: np.ndarray) -> np.ndarray:
        """Return λτ²."""
        rates = self.world.rates(min(day, DAYS), len(waited))
        return np.where(waited >= LONGEST, np.inf, rates * waited**2)


class Ours(Policy):
    """Learns rates from what it sees, by the product's code, and visits all within some days."""

    def __init__(self, world: World, within: float = LONGEST) -> None:
        super().__init__(world)
        crawled = timedelta(days=1) / CRAWLS_A_DAY
        self.pace = SweepPace(timedelta(days=0.9 * within) - crawled, crawled)
        self.ages = np.array([each / timedelta(days=1) for each in self.pace.ages])
        self.days = np.zeros((len(AGES), MOST_EDITS + 1))
        self.edits = np.zeros((len(AGES), MOST_EDITS + 1), int)
        self.rates = np.ones((len(AGES), TAKEN_APART))
        self.learns_at = float(LEARN_EVERY)

    def urgency(self, day: float, waited: np.ndarray) -> np.ndarray:
        """Return λτ², λ as it was learned."""
        if day >= self.learns_at:
            self._learn()
            self.learns_at = day + LEARN_EVERY
        live = len(waited)
        ages = self._ages(day, np.arange(live))
        rates = self.rates[ages, np.minimum(self.seen[:live], TAKEN_APART - 1)]
        return rates * waited**2

    def swept(self, waited: np.ndarray) -> int:
        """Return the share of the sweep."""
        within = np.searchsorted(np.sort(waited), self.ages)
        return self.pace.share(len(waited), [int(each) for each in within])

    def observe(self, day: float, hits: np.ndarray, visited: np.ndarray) -> None:
        """Add to the history what a crawl of the product adds."""
        live = np.arange(int(np.searchsorted(self.world.born, day)))
        before = np.minimum(self.seen, MOST_EDITS)
        np.add.at(self.days, (self._ages(day, live), before[live]), 1 / CRAWLS_A_DAY)
        middle = (day + visited[hits]) / 2
        np.add.at(self.edits, (self._ages(middle, hits), before[hits]), 1)
        super().observe(day, hits, visited)

    def _ages(self, day: Any, letters: np.ndarray) -> np.ndarray:
        return np.searchsorted(BOUNDS, day - self.world.born[letters], side="right")

    def _learn(self) -> None:
        classes = [(age, edits) for age in range(len(AGES)) for edits in range(MOST_EDITS + 1)]
        history = {
            LetterClass(age, age, edits): Watched(
                float(self.days[age, edits]), int(self.edits[age, edits])
            )
            for age, edits in classes
        }
        rates = learned_rates(history)
        for age in range(len(AGES)):
            self.rates[age] = [rates.own(age, age, edits) for edits in range(TAKEN_APART)]


class Service(Ours):
    """Visits as the service does by default: a sweep of seven days beside the other visits."""

    adds_sweep = True

    def __init__(self, world: World) -> None:
        super().__init__(world, within=7.0)
        self.visits = 0
        self.longest = 0.0  # that a letter waited for a visit

    def swept(self, waited: np.ndarray) -> int:
        """Return the share of the sweep; count visits."""
        share = super().swept(waited)
        self.visits += min(share + REVISITS, len(waited))
        self.longest = max(self.longest, float(waited.max(initial=0.0)))
        return share


POLICIES: dict[str, Callable[[World], Policy]] = {
    "uniform": Policy,
    "newest first": NewestFirst,
    "ours": Ours,
    "given the rate by age": GivenByAge,
    "given each rate": GivenEach,
}
WORLDS = ("shape 0.5", "shape 2", "bursts", "campaign", "seasons", "no structure")


def delays(world: World, budget: int, policy: Policy) -> np.ndarray:
    """Return after how many days each edit was seen; one never seen, until the end."""
    unseen = [list(reversed(each)) for each in world.edits]
    upcoming = np.array([each[-1] if each else np.inf for each in unseen])
    visited = world.born.copy()
    seen: list[float] = []
    for crawl in range(1, DAYS * CRAWLS_A_DAY + 1):
        day = crawl / CRAWLS_A_DAY
        live = int(np.searchsorted(world.born, day))
        count = min(crawl * budget // CRAWLS_A_DAY - (crawl - 1) * budget // CRAWLS_A_DAY, live)
        waited = day - visited[:live]
        urgency = policy.urgency(day, waited)
        if swept := policy.swept(waited):
            urgency[np.argsort(-waited)[:swept]] = np.inf
            count = min(count + swept * policy.adds_sweep, live)
        chosen = np.argpartition(-urgency, count - 1)[:count] if count else np.arange(0)
        hits = chosen[upcoming[chosen] <= day]
        for number in hits:
            while unseen[number] and unseen[number][-1] <= day:
                seen.append(day - unseen[number].pop())
            upcoming[number] = unseen[number][-1] if unseen[number] else np.inf
        policy.observe(day, hits, visited)
        visited[chosen] = day
    return np.array([*seen, *(DAYS - moment for each in unseen for moment in each)])


def main() -> None:
    """Print the table, and draw it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--sizes", action="store_true", help="by the size of a source instead")
    wanted = parser.parse_args()
    if wanted.sizes:
        Console(width=150).print(_table_by_size())
        return
    table = Table("world", "visits a day", *POLICIES)
    points: list[dict[str, object]] = []
    with ProcessPoolExecutor(len(WORLDS)) as pool:
        for measured in pool.map(measure, WORLDS, [wanted.seeds] * len(WORLDS)):
            for line in measured:
                table.add_row(line.world, str(line.budget), *line.cells())
                points += line.points()
    Console(width=150).print(table)
    if wanted.plot:
        wanted.plot.write_text(vl_convert.vegalite_to_svg(json.dumps(_plot(points))), "utf-8")


def _table_by_size() -> Table:
    """Return how late edits are seen as the service visits by default, and at which cost."""
    table = Table("letters", "mean h", "p95 h", "visits a crawl", "longest wait days")
    for letters in SIZES:
        policy = Service(make_world("shape 0.5", 0, letters))
        hours = 24 * delays(policy.world, REVISITS * CRAWLS_A_DAY, policy)
        visits = policy.visits / (DAYS * CRAWLS_A_DAY)
        seen = f"{hours.mean():.0f}", f"{np.quantile(hours, 0.95):.0f}"
        table.add_row(f"{letters:,}", *seen, f"{visits:.0f}", f"{policy.longest:.1f}")
    return table


@dataclass(frozen=True)
class Line:
    """The delays of each policy in one world at one budget."""

    world: str
    budget: int
    delays: dict[str, np.ndarray]

    def cells(self) -> list[str]:
        """Return mean and p95 in days, and the mean as a share of that of uniform sweeps."""
        return [
            f"{each.mean():.1f} · {np.quantile(each, 0.95):.0f} · {self._share(each):.2f}"
            for each in self.delays.values()
        ]

    def points(self) -> list[dict[str, object]]:
        """Return what is drawn."""
        common = {"world": self.world, "budget": f"{self.budget} visits a day"}
        return [
            common | {"policy": name, "share": self._share(each)}
            for name, each in self.delays.items()
        ]

    def _share(self, delays: np.ndarray) -> float:
        return float(delays.mean() / self.delays["uniform"].mean())


def measure(kind: str, seeds: int) -> list[Line]:
    """Return what each policy does in some worlds of one kind, all their edits together."""
    worlds = [make_world(kind, seed) for seed in range(seeds)]
    return [
        Line(
            kind, budget, {name: _delays(worlds, budget, make) for name, make in POLICIES.items()}
        )
        for budget in BUDGETS
    ]


def _delays(worlds: list[World], budget: int, make: Callable[[World], Policy]) -> np.ndarray:
    return np.concatenate([delays(each, budget, make(each)) for each in worlds])


def _plot(points: list[dict[str, object]]) -> dict[str, object]:
    """Return the picture: the mean delay of each policy as a share of that of uniform sweeps."""
    share = {"field": "share", "type": "quantitative", "title": "mean delay, uniform sweeps = 1"}
    policy = {"field": "policy", "type": "nominal", "sort": list(POLICIES), "title": None}
    world = {"field": "world", "type": "nominal", "sort": list(WORLDS), "title": None}
    mark = {"type": "point", "filled": True, "size": 80}
    scale = {"scale": {"domain": [0, 2], "clamp": True}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "data": {"values": points},
        "mark": mark,
        "encoding": {
            "x": share | scale,
            "y": world,
            "color": policy,
            "shape": policy,
            "column": {"field": "budget", "type": "nominal", "title": None},
        },
        "width": 320,
    }


if __name__ == "__main__":
    main()
