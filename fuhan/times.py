"""Moments as people name them on the command line."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fuhan.errors import UsageError
from fuhan.units import duration


def moment(
    written: str | None, zone: ZoneInfo, now: datetime, *, end: bool = False
) -> datetime | None:
    """Return the moment, in UTC, that an ISO time, a date or an age such as 7d names.

    What has no offset is meant in `zone`. A date is its first moment, with `end` its last.
    Raises UsageError for anything else.

    >>> moment("2h", ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 24, 4, tzinfo=UTC)).hour
    2
    """
    if written is None:
        return None
    try:
        return _age(written, now) or _day(written, zone, end=end) or _time(written, zone)
    except (ValueError, OverflowError):
        raise UsageError(
            f"expected an ISO time, a date or an age such as 7d, found {written!r}"
        ) from None


def _age(written: str, now: datetime) -> datetime | None:
    try:
        return now - duration(written) if written.strip()[-1:] in set("smhd") else None
    except ValueError:
        return None


def _day(written: str, zone: ZoneInfo, *, end: bool) -> datetime | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    first = datetime.combine(day + timedelta(days=int(end)), time(), zone)
    return first.astimezone(UTC)


def _time(written: str, zone: ZoneInfo) -> datetime:
    read = datetime.fromisoformat(written)
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
