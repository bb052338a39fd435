"""Which alarms stand: pure conditions over what is known of sources and of the service.

To add a condition, write `def NAME(facts: Facts) -> Iterator[Alarm]`, which yields the alarms that
stand, and name it in `CONDITIONS` with its kinds: of these all others end.

What only happens (a backup fails, a configuration is refused) needs no condition. Who learns of it
calls `AlarmWatch.report(AlarmKind.BACKUP, "in English words, without a secret")`, and
`AlarmWatch.report(AlarmKind.BACKUP, None)` once it is well: the alarm stands in between, restarts
included. The sentence of what to do is in `letters/alarm_words.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from letters.alarm import Alarm, AlarmKind
from letters.crawl_record import CrawlOutcome
from scheduler.alarms.facts import Facts
from scheduler.alarms.service_conditions import (
    alert_alarms,
    clock_alarms,
    disk_alarms,
    worker_alarms,
)
from scheduler.alarms.source_conditions import SOURCE_KINDS, source_alarms


@dataclass(frozen=True, slots=True)
class Condition:
    """What judges alarms of some kinds: those that it yields stand, and no others."""

    kinds: frozenset[AlarmKind]
    standing: Callable[[Facts], Iterable[Alarm]]


# By the archive, and by what any process can see of the machine.
LASTING: tuple[Condition, ...] = (
    Condition(SOURCE_KINDS, source_alarms),
    Condition(frozenset((AlarmKind.DISK,)), disk_alarms),
    Condition(frozenset((AlarmKind.ALERTS,)), alert_alarms),
)
# By what a running service alone has seen.
CONDITIONS: tuple[Condition, ...] = (
    *LASTING,
    Condition(frozenset((AlarmKind.CLOCK,)), clock_alarms),
    Condition(frozenset((AlarmKind.WORKERS,)), worker_alarms),
)


def standing_alarms(conditions: Sequence[Condition], facts: Facts) -> Iterator[Alarm]:
    """Yield the alarms that stand by some conditions."""
    for condition in conditions:
        yield from condition.standing(facts)


def went_well(facts: Facts) -> bool:
    """Return whether no source's newest crawl failed or was cut off: that may be an alarm soon."""
    records = (facts.records.get(name) for name in facts.sources)
    return not any(
        each.outcome is CrawlOutcome.FAILED
        or (each.outcome is None and each.crawl_id not in facts.going_on)
        for each in records
        if each
    )
