"""Simulates how late an edit is seen, by the number of letters of a source.

Each crawl visits what the product's own plan chooses (`crawler/plan.py`), on a clock of its own.
`python -m bench.delays`.
"""

import random
from datetime import UTC, datetime, timedelta
from math import exp
from statistics import fmean, quantiles

from rich.console import Console
from rich.table import Table

from crawler.plan import make_plan
from letters.addresses import KnownAddress
from letters.letter_record import Status
from letters.visit_span import VisitOutcome

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
EVERY = timedelta(hours=6)
SWEEP = timedelta(days=7)
REVISITS = 200  # known letters a crawl may visit again: the default


def main() -> None:
    """Print the table."""
    table = Table("letters of a source", "mean delay h", "p95", "of edits in the first month")
    for letters in (100, 1_000, 5_000, 20_000):
        table.add_row(f"{letters:,}", *_delay_row(letters))
    Console().print(table)


def edit_rate(age: float) -> float:
    """Return the expected edits of a letter a day, by its age in days: most come early."""
    return 0.02 * exp(-age / 10) + 0.0008 * exp(-age / 400) + 0.00004


def _delay_row(letters: int) -> tuple[str, ...]:
    rounds = [_delays(letters, seed) for seed in range(max(1, 20_000 // letters))]
    delays = [each for seen, _ in rounds for each in seen]
    early = [each for _, young in rounds for each in young]
    share = sum(early) / len(early)
    return f"{fmean(delays):.1f}", f"{quantiles(delays, n=20)[18]:.0f}", f"{share:.0%}"


def _delays(count: int, seed: int) -> tuple[list[float], list[bool]]:
    """Return how many hours after an edit it was seen, and whether its letter was young.

    Letters are of ten years, as many a day; the product plans each crawl, for sixty days.
    """
    chance = random.Random(f"{count} {seed}")
    born = [START - chance.random() * 3650 * DAY for _ in range(count)]
    known = [_known(number, moment) for number, moment in enumerate(born)]
    keys = frozenset(each.key for each in known)
    unseen: dict[int, datetime] = {}
    delays: list[float] = []
    early: list[bool] = []
    swept = START
    for crawl in range(60 * 4):
        now = START + crawl * EVERY
        is_sweep = now - swept >= SWEEP
        swept = now if is_sweep else swept
        plan = make_plan(known, keys, frozenset(), None if is_sweep else REVISITS, now)
        for each in plan.others:
            if edited := unseen.pop(each.id, None):
                delays.append((now - edited) / timedelta(hours=1))
                early.append(edited - born[each.id] < 30 * DAY)
            known[each.id] = _known(each.id, born[each.id], now)
        for number, moment in enumerate(born):
            age = (now - moment) / DAY
            if chance.random() < edit_rate(age) * (EVERY / DAY):
                unseen.setdefault(number, now + chance.random() * EVERY)
    return delays, early


def _known(number: int, born: datetime, visited: datetime = START - DAY) -> KnownAddress:
    return KnownAddress(
        id=number,
        key=f"{number}",
        url=f"{number}",
        first_listed_at=born,
        listed_title=None,
        listed_on=None,
        etag=None,
        last_modified=None,
        letter_id=number,
        left_by=None,
        status=Status.PUBLISHED,
        version=1,
        digest=None,
        first_seen=born,
        edits=0,
        visited_at=visited,
        outcome=VisitOutcome.LETTER,
    )


if __name__ == "__main__":
    main()
