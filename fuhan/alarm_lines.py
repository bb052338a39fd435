"""What the command line says of alarms: what is wrong, since when, and what to do."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fuhan.commands.options import shown_time
from letters.alarm import Alarm
from letters.alarm_words import ADVICE, NAMES

_FRESH = timedelta(minutes=15)  # after which it is said when an alarm was last known to stand


def in_words(alarm: Alarm, zone: ZoneInfo) -> str:
    """Return what is wrong, since when and why, in English.

    Of one that nobody can judge at this moment it says when it was last known to stand.
    """
    name = f" ({alarm.subject})" if alarm.subject else ""
    since = shown_time(alarm.since, zone)
    line = f"{NAMES[alarm.kind]}{name} since {since}: {alarm.reason}"
    is_old = alarm.judged_at and datetime.now(UTC) - alarm.judged_at > _FRESH
    return f"{line} (as of {shown_time(alarm.judged_at, zone)})" if is_old else line


def alarm_lines(
    of_service: Iterable[Alarm], everything: Iterable[Alarm], zone: ZoneInfo
) -> Iterator[str]:
    """Yield a line for each alarm of the service, and for each kind what to do about it."""
    for alarm in of_service:
        yield in_words(alarm, zone)
    for kind in dict.fromkeys(alarm.kind for alarm in everything):
        yield f"{NAMES[kind]}, what to do: {ADVICE[kind]}"
