"""Cron lines as cron(5) reads them: five fields, Sunday is 0 and 7; read by cronsim."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))  # minute, hour, day, month, weekday
_PART = re.compile(r"(?:\*|(?:[a-z]+|\d+)(?:-(?:[a-z]+|\d+))?)(?:/\d+)?", re.ASCII)
_RANGE_OF_ONE = re.compile(r"\b(\w+)-\1/\d+")  # cronsim reads 5-5/2 like 5/2: up to the end
_NAME_LENGTH = 3  # mon, jan; cronsim also knows L and LW, which cron(5) does not


class CronError(ValueError):
    """Raised for a line that is no cron expression, or one that never comes true."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron line of five fields; made by `read_cron`."""

    line: str

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first time after `moment` at which the line comes true in `zone`, in UTC.

        A wall time that a change of clocks leaves out comes one hour later, one that it
        repeats comes once. Raises CronError for a line that does not come true in fifty years.
        """
        # cronsim would move a time that is left out to the first minute after the gap, so it is
        # asked for wall times without a zone; from midnight on, since they don't always ascend.
        midnight = datetime.combine(moment.astimezone(zone), time())
        for wall in CronSim(self.line, midnight - timedelta(seconds=1)):
            at = wall.replace(tzinfo=zone).astimezone(UTC)
            if at > moment:
                return at
        raise CronError("expected a cron line that comes true within fifty years")


def read_cron(expression: str) -> Cron:
    """Return what `expression` says; raise CronError if it is not a cron line of five fields."""
    fields = expression.lower().split()
    if len(fields) != len(_BOUNDS):
        raise CronError('expected a cron line of five fields such as "23 */6 * * *"')
    for place, field in enumerate(fields):
        for part in field.split(","):
            _check_part(part, place)
    line = _RANGE_OF_ONE.sub(r"\1", " ".join(fields))
    if not _is_valid(line):
        raise CronError(f"expected a day that comes, not day {fields[2]} of month {fields[3]}")
    return Cron(line)


def _check_part(part: str, place: int) -> None:
    """Raise CronError where `part` can't stand in the field at `place`."""
    if not _PART.fullmatch(part):
        raise CronError(f"expected a cron field where it says {part!r}")
    for word in re.findall("[a-z]+", part):
        if len(word) != _NAME_LENGTH or not _is_valid(_line_with(word, place)):
            raise CronError(f"expected a number where it says {word!r}")
    if not _is_valid(_line_with(part, place)):
        low, high = _BOUNDS[place]
        raise CronError(f"expected {low} to {high} in ascending order where it says {part!r}")


def _line_with(part: str, place: int) -> str:
    """Return a line that says `part` in the field at `place` and nothing else."""
    return " ".join(part if field == place else "*" for field in range(len(_BOUNDS)))


def _is_valid(line: str) -> bool:
    try:
        CronSim(line, datetime.fromisoformat("2000-01-01"))
    except CronSimError:
        return False
    return True
