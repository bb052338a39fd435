"""Moments as people name them: an ISO time, a date, or an age such as 7d."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EXPECTED = "an ISO time, a date or an age such as 7d"
# The bounds of what every time zone can express; a moment beyond is taken for the bound.
EARLIEST = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
LATEST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)

_AGE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([smhd])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def read_moment(written: str, zone: ZoneInfo, now: datetime, *, end: bool = False) -> datetime:
    """Return the moment, in UTC, that `written` names.

    What has no offset is meant in `zone`. A date is its first moment, with `end` its last.
    An age that no calendar reaches is taken for the bound, too. Raises ValueError for what names
    no moment.

    >>> read_moment("2h", ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 24, 4, tzinfo=UTC)).hour
    2
    """
    if age := _AGE.fullmatch(written.strip()):
        return _before(now, float(age[1]) * _SECONDS[age[2]])
    if (day := _day(written)) is None:
        return _in_utc(datetime.fromisoformat(written), zone)
    if end and day == date.max:
        return LATEST
    return _in_utc(datetime.combine(day + timedelta(days=int(end)), time()), zone)


def _before(now: datetime, seconds: float) -> datetime:
    try:
        return max(now - timedelta(seconds=seconds), EARLIEST)
    except OverflowError:
        return EARLIEST


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    try:
        return min(max(aware.astimezone(UTC), EARLIEST), LATEST)
    except OverflowError:
        return EARLIEST if moment.year == 1 else LATEST
