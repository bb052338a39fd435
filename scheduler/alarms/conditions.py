"""Which alarms stand: pure conditions over what is known of sources and of the service.

To add a condition, write `def NAME(facts: Facts) -> Iterator[Alarm]`, which yields the alarms that
stand, and name it in `CONDITIONS` with its kinds: of these all others end.

What only happens (a backup fails, a configuration is refused) needs no condition. Who learns of it
calls `AlarmWatch.report(AlarmKind.BACKUP, "in English words, without a secret")`, and
`AlarmWatch.report(AlarmKind.BACKUP, None)` once it is well: the alarm stands in between, restarts
included. The sentence of what to do is in `letters/alarm_advice.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from letters.alarm import Alarm, AlarmKind
from scheduler.scheduled_source import ScheduledSource


@dataclass(frozen=True, slots=True)
class Facts:
    """What alarms are judged by."""

    now: datetime  # UTC
    sources: Mapping[str, ScheduledSource] = field(default_factory=dict)  # by name


@dataclass(frozen=True, slots=True)
class Condition:
    """What judges alarms of some kinds: those that it yields stand, and no others."""

    kinds: frozenset[AlarmKind]
    standing: Callable[[Facts], Iterable[Alarm]]


CONDITIONS: tuple[Condition, ...] = ()
