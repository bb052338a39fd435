"""Quiet hours: when a channel is sent nothing."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_FORM = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of each day, which may go on past midnight."""

    begin: time
    end: time

    def end_after(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours end in which `at` is; None where it is in none.

        >>> zone = ZoneInfo("Asia/Shanghai")
        >>> quiet = read_quiet_hours("22:00-07:00")
        >>> str(quiet.end_after(datetime(2026, 3, 1, 23, 30, tzinfo=zone), zone))
        '2026-03-02 07:00:00+08:00'
        >>> quiet.end_after(datetime(2026, 3, 1, 12, 0, tzinfo=zone), zone) is None
        True
        """
        local = at.astimezone(zone)
        now = local.time()
        if self.begin < self.end:
            is_quiet = self.begin <= now < self.end
        else:
            is_quiet = now >= self.begin or now < self.end
        if not is_quiet:
            return None
        day = local.date() + timedelta(days=now >= self.end)
        return datetime.combine(day, self.end, zone).replace(
            fold=local.fold
        )  # the hour come twice


def read_quiet_hours(written: str) -> QuietHours:
    """Return the hours that are `written`, such as 22:00-07:00; raise ValueError for none."""
    match = _FORM.fullmatch(written.strip())
    if not match:
        raise ValueError("expected hours such as 22:00-07:00")
    hours = [int(each) for each in match.groups()]
    begin, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    if begin == end:
        raise ValueError("expected hours that end at another time than they begin")
    return QuietHours(begin, end)
