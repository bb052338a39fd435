"""Cron lines as cron(5) reads them: five fields, Sunday is 0 and 7."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART = re.compile(r"(?:\*|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:/(\d+))?", re.ASCII)
_LONGEST_WAIT = 8 * 366  # days from one 29 February to the next over a year such as 2100
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class CronError(ValueError):
    """Raised for a line that is no cron expression, or one that never comes true."""


@dataclass(frozen=True, slots=True)
class Cron:
    """The moments of a cron line, each field as the values at which it fires."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]  # of the month
    months: tuple[int, ...]
    weekdays: tuple[int, ...]  # 0 is Sunday
    either_day: bool  # both kinds of day are restricted: one of them is enough, says cron(5)

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first time after `moment` at which the line comes true in `zone`, in UTC.

        A wall time that a change of clocks leaves out comes one hour later, one that it
        repeats comes once.
        """
        today = moment.astimezone(zone).date()
        for ahead in range(_LONGEST_WAIT):
            for wall in self._times(today + timedelta(days=ahead)):
                if (found := wall.replace(tzinfo=zone).astimezone(UTC)) > moment:
                    return found
        raise CronError("expected a cron line that comes true within eight years")

    def _times(self, day: date) -> Iterator[datetime]:
        if self._holds(day):
            for hour in self.hours:
                for minute in self.minutes:
                    yield datetime.combine(day, time(hour, minute))

    def _holds(self, day: date) -> bool:
        by_month = day.day in self.days
        by_week = day.isoweekday() % 7 in self.weekdays
        right_day = by_month or by_week if self.either_day else by_month and by_week
        return day.month in self.months and right_day


def read_cron(expression: str) -> Cron:
    """Return what `expression` says; raise CronError if it is not a cron line of five fields.

    >>> read_cron("23 */6 * * 1-5").hours
    (0, 6, 12, 18)
    """
    fields = expression.lower().split()
    if len(fields) != 5:  # noqa: PLR2004 - the five fields of cron
        raise CronError('expected a cron line of five fields such as "23 */6 * * *"')
    minutes, hours, days, months, weekdays = fields
    read = Cron(
        minutes=_values(minutes, 0, 59),
        hours=_values(hours, 0, 23),
        days=_values(days, 1, 31),
        months=_values(months, 1, 12, _MONTHS),
        weekdays=tuple(sorted({day % 7 for day in _values(weekdays, 0, 7, _DAYS)})),
        either_day=not (days.startswith("*") or weekdays.startswith("*")),
    )
    if not read.either_day and read.days[0] > max(_DAYS_IN_MONTH[m - 1] for m in read.months):
        raise CronError(f"expected a day that comes, not day {days} of month {months}")
    return read


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> tuple[int, ...]:
    parts = [_part(part, low, high, names) for part in field.split(",")]
    return tuple(sorted({value for part in parts for value in part}))


def _part(part: str, low: int, high: int, names: tuple[str, ...]) -> Iterator[int]:
    read = _PART.fullmatch(part)
    if not read:
        raise CronError(f"expected a cron field where it says {part!r}")
    first, last, step = read[1], read[2], int(read[3] or 1)
    start = _value(first, low, names) if first else low
    # "5/10" is from 5 to the end; "5" alone is 5.
    stop = _value(last, low, names) if last else start if first and not read[3] else high
    if not (low <= start <= stop <= high and step):
        raise CronError(f"expected {low} to {high} in ascending order where it says {part!r}")
    yield from range(start, stop + 1, step)


def _value(written: str, low: int, names: tuple[str, ...]) -> int:
    if written.isdigit():
        return int(written)
    if written not in names:
        raise CronError(f"expected a number where it says {written!r}")
    return names.index(written) + low
