"""Read the times that --since and --until name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fuhan.errors import UsageError
from letters.moments import EXPECTED, read_moment


def read_time(
    written: str | None, zone: ZoneInfo, now: datetime, *, end: bool = False
) -> datetime | None:
    """Return the time that is `written`, in UTC, None for None; raise UsageError for no time."""
    if written is None:
        return None
    try:
        return read_moment(written, zone, now, end=end)
    except ValueError:
        raise UsageError(f"expected {EXPECTED}, found {written!r}") from None


def read_period(
    since: str | None, until: str | None, zone: ZoneInfo, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the times of --since and --until, in UTC; raise UsageError where all is empty."""
    begin, end = read_time(since, zone, now), read_time(until, zone, now, end=True)
    if begin and end and begin >= end:
        raise UsageError(f"--since: expected a time before --until, found {since!r}")
    return begin, end
