"""Hosts that failed a whole crawl: their other sources wait, longer with each failure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST = timedelta(minutes=10)
LONGEST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class _Failure:
    source: str  # the one whose crawl failed last
    count: int  # in a row
    until: datetime


class HostBackoff:
    """Which hosts are left alone, and until when.

    The source that failed keeps its own schedule, so that a host with one source is tried
    as ever; the others of its host need not each find out that it is down.
    """

    def __init__(self) -> None:
        self._failures: dict[str, _Failure] = {}

    def failed(self, host: str, source: str, now: datetime) -> None:
        """Take in that no answer came from `host` when `source` was crawled."""
        before = self._failures.get(host)
        count = before.count + 1 if before else 1
        rest = min(FIRST * 2 ** min(count - 1, 10), LONGEST)
        self._failures[host] = _Failure(source, count, now + rest)

    def answered(self, host: str) -> None:
        """Take in that `host` is there."""
        self._failures.pop(host, None)

    def until(self, host: str, source: str, now: datetime) -> datetime | None:
        """Return until when `source` is to wait, or None where it may be crawled now."""
        failure = self._failures.get(host)
        if failure is None or failure.source == source or failure.until <= now:
            return None
        return failure.until
