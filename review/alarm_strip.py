"""The alarms that stand, as pages show them above all else."""

from dataclasses import dataclass
from typing import Any

from letters.alarm import Alarm
from storage import queries

MOST = 20  # alarms that are shown


@dataclass(frozen=True, slots=True)
class AlarmStrip:
    """Alarms that stand, those of the service first, then the oldest."""

    shown: tuple[Alarm, ...]
    more: int  # that are not shown


def alarm_strip(connection: Any) -> AlarmStrip:
    """Return the alarms that stand; of more than `MOST` how many others there are."""
    alarms = sorted(queries.open_alarms(connection), key=lambda alarm: alarm.source is not None)
    return AlarmStrip(tuple(alarms[:MOST]), len(alarms[MOST:]))
