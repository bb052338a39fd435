"""Make the sources of a host wait after a crawl that failed, longer with each failure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class _Failure:
    source: str  # the one whose crawl failed last
    count: int  # in a row
    wait_until: datetime


class HostBackoff:
    """Which hosts failed lately, and until when their sources wait.

    The source that failed keeps its own schedule, so that a host with one source is tried
    as ever; the others need not each find out that it is down.
    """

    def __init__(self) -> None:
        self._failures: dict[str, _Failure] = {}

    def record_failure(self, host: str, source: str, now: datetime) -> None:
        """Record that the crawl of `source` failed as `host` did not answer."""
        before = self._failures.get(host)
        count = before.count + 1 if before else 1
        wait = min(FIRST_WAIT * 2 ** min(count - 1, 10), LONGEST_WAIT)
        self._failures[host] = _Failure(source, count, now + wait)

    def record_answer(self, host: str) -> None:
        """Record that `host` answered, which ends the wait."""
        self._failures.pop(host, None)

    def wait_until(self, host: str, source: str, now: datetime) -> datetime | None:
        """Return until when `source` is to wait, or None where it may be crawled now."""
        failure = self._failures.get(host)
        if failure is None or failure.source == source or failure.wait_until <= now:
            return None
        return failure.wait_until
