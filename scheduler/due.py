"""When a source is due, by its schedule and its past crawls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from scheduler.cron import Cron

_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a source is to be crawled: by `cron` where there is one, else by interval."""

    every: timedelta
    cron: Cron | None = None
    zone: ZoneInfo = _BEIJING  # in which `cron` is read
    jitter: timedelta = timedelta(0)  # at most this much later, so that no site sees a metronome


def due_at(source: str, schedule: Schedule, last: datetime | None, now: datetime) -> datetime:
    """Return when `source` is to be crawled next, in UTC; a time gone by means at once.

    `last` is when its newest crawl began, whatever became of it. A source never crawled is due
    at once by interval, and at its next time by cron. However many times were missed, one crawl
    makes up for them. The jitter is drawn from `last`, so that a restart does not draw again.
    A clock that was set back leaves a crawl in the future: then it is time for the next one.
    """
    if last is not None and last > now:
        return now
    if schedule.cron:
        moment = schedule.cron.next_after(last or now, schedule.zone)
    elif last is None:
        return now
    else:
        moment = last + schedule.every
    return moment + schedule.jitter * _jitter_share(source, last)


def interval(schedule: Schedule, at: datetime) -> timedelta:
    """Return how long after `at`, at which a source is due, it is due again."""
    if schedule.cron is None:
        return schedule.every
    return schedule.cron.next_after(at, schedule.zone) - at


def deadline(known: int, delay: float) -> timedelta:
    """Return after how long a crawl is ended by force.

    Two hours and four times the pause between requests for each of the `known` letters: far
    more than a crawl takes that gets on. What it did not reach, the next crawl takes up.
    """
    return timedelta(hours=2, seconds=4 * known * delay)


def _jitter_share(source: str, last: datetime | None) -> float:
    """Return a share from 0 to 1 that is the same for the same source and crawl."""
    drawn = sha256(f"{source} {last and last.isoformat()}".encode()).digest()
    return int.from_bytes(drawn[:4]) / 2**32
