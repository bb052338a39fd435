"""Which alarms stand at this moment, also while no service runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.conditions import LASTING, standing_alarms
from scheduler.alarms.fact_reader import FactReader
from scheduler.alarms.facts import Watched
from storage.alarms.alarm_history import begun_by, open_alarms
from storage.database.archive import Archive


def current_alarms(archive: Archive, watched: Watched, now: datetime) -> list[Alarm]:
    """Return the alarms that stand, the oldest first.

    What the archive shows is judged now, since when it stands as recorded. What a running service
    alone can judge is as it was recorded last: its `judged_at` says when.
    """
    facts = FactReader(archive).read(watched, now)
    with archive.reading() as connection:
        recorded = {alarm.key: alarm for alarm in open_alarms(connection)}
    judged = {kind for each in LASTING for kind in each.kinds}
    alarms = [_as_recorded(alarm, recorded) for alarm in standing_alarms(LASTING, facts)]
    alarms += [alarm for alarm in recorded.values() if alarm.kind not in judged]
    alarms = [begun_by(alarm, now) for alarm in alarms]
    return sorted(alarms, key=lambda alarm: (alarm.since, alarm.key))


def _as_recorded(alarm: Alarm, recorded: Mapping[tuple[AlarmKind, str, str], Alarm]) -> Alarm:
    """Return an alarm since when it is recorded to stand, if it is, under its id there."""
    before = recorded.get(alarm.key, alarm)
    return replace(alarm, since=before.since, id=before.id)
