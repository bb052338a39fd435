"""A task of housekeeping as it goes to its own process, and when each is due."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Literal, Self

_NIGHT = time(3, 30)  # in the configured zone


@dataclass(frozen=True, slots=True)
class HousekeepingTask:
    """What a process is to do: back up the archive, or check a share of it and tidy its file."""

    name: Literal["backup", "night"]
    database: str  # the archive's URL
    folder: str = ""  # of backups
    keep: int = 0  # backups

    def to_line(self) -> str:
        """Return the task as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Return the task that a line says."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Which backups are to be made, and where."""

    every: timedelta
    folder: str
    keep: int


def next_backup(last: datetime | None, every: timedelta, now: datetime) -> datetime:
    """Return when a backup is due: at once where one was missed, or none was ever made.

    One that was made later than `now`, before the clock was set back, counts as made now.
    """
    return now if last is None else min(last, now) + every


def next_night(last: datetime | None, zone: tzinfo, now: datetime) -> datetime:
    """Return when the nightly check is due after `last`; a time gone by means at once.

    The first one is due in the night that comes. Times are in UTC, but the night is `zone`'s.
    """
    after = (now if last is None else min(last, now)).astimezone(zone)
    night = datetime.combine(after.date(), _NIGHT, zone)
    if night <= after:
        night += timedelta(days=1)  # by the clock on the wall
    return night.astimezone(now.tzinfo)
