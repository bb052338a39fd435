"""Moments as people name them on the command line."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fuhan.errors import UsageError
from letters.moments import EXPECTED, read_moment


def moment(
    written: str | None, zone: ZoneInfo, now: datetime, *, end: bool = False
) -> datetime | None:
    """Return the moment, in UTC, that was named, or None; raise UsageError for what is none."""
    if written is None:
        return None
    try:
        return read_moment(written, zone, now, end=end)
    except ValueError:
        raise UsageError(f"expected {EXPECTED}, found {written!r}") from None
