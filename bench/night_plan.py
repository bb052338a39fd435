"""What happens in the nights of bench.store_nights, the same on each store."""

import random
from dataclasses import dataclass
from typing import Self

STORY = (60, 12)  # letters of the demo, by kind


@dataclass(frozen=True)
class Plan:
    """What happens in the nights."""

    nights: int
    hosts: int = 2  # besides that of the demo's story
    letters: int = 40  # of each of them
    events: int = 3  # at most so many a night and host, before the crawl and during it
    seed: int = 1
    story: tuple[int, int] = STORY
    confirm: int = 2
    timeout: str = "1s"  # of a request: in the nights some get no answer


@dataclass(frozen=True)
class Night:
    """How much happens at one host in one night."""

    before: int
    amid: int
    after: float  # seconds from the beginning of the crawl

    @classmethod
    def drawn(cls, chance: random.Random, plan: Plan) -> Self:
        """Return a night drawn by lot."""
        return cls(
            chance.randint(0, plan.events), chance.randint(0, plan.events), chance.uniform(0, 1)
        )
