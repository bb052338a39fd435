"""Make the sources of a host wait after a crawl without an answer, longer with each failure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.alarms.failure_kinds import is_unanswered
from storage.queries import LastAnswer

FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)
_DOUBLED = 7  # times: from then on the wait is the longest


@dataclass(frozen=True, slots=True)
class _Failure:
    source: str  # the one whose crawl failed last
    count: int  # in a row
    wait_until: datetime


class HostBackoff:
    """Which hosts did not answer lately, and until when their sources wait.

    The source that failed keeps its own schedule, so that a host with one source is tried
    as ever; the others need not each find out that it is down.
    """

    def __init__(self) -> None:
        self._failures: dict[str, _Failure] = {}

    @classmethod
    def recorded(
        cls, answers: Mapping[str, LastAnswer], hosts: Mapping[str, str]
    ) -> "HostBackoff":
        """Return what past crawls say of hosts, by the last answers and the hosts of sources."""
        known = {each: answers[each] for each in hosts.keys() & answers.keys()}
        answered: dict[str, datetime] = {}
        for source, last in known.items():
            host = hosts[source]
            for at in _answers(last):
                answered[host] = max(at, answered.get(host, at))
        backoff = cls()
        failures = ((at, source) for source, last in known.items() for at in _unanswered(last))
        for at, source in sorted(failures):
            host = hosts[source]
            if host not in answered or answered[host] < at:
                backoff.record_failure(host, source, at)
        return backoff

    def record_failure(self, host: str, source: str, now: datetime) -> None:
        """Record that the crawl of `source` failed as `host` did not answer.

        During a wait it adds nothing: a source that is crawled more often than that would keep
        the others from their next try for ever.
        """
        before = self._failures.get(host)
        if before and now < before.wait_until:
            self._failures[host] = replace(before, source=source)
            return
        count = before.count + 1 if before else 1
        wait = min(FIRST_WAIT * 2 ** min(count - 1, _DOUBLED), LONGEST_WAIT)
        self._failures[host] = _Failure(source, count, now + wait)

    def record_answer(self, host: str) -> bool:
        """Record that `host` answered, which ends the wait; return whether there was one."""
        return self._failures.pop(host, None) is not None

    def wait_until(self, host: str, source: str, now: datetime) -> datetime | None:
        """Return until when `source` is to wait, or None where it may be crawled now."""
        failure = self._failures.get(host)
        if failure is None or failure.source == source or failure.wait_until <= now:
            return None
        return failure.wait_until


def _answers(last: LastAnswer) -> Iterator[datetime]:
    """Yield when a host answered a crawl: with a directory, or otherwise."""
    if last.at is not None:
        yield last.at
    yield from (each.at for each in last.failures if not is_unanswered(each.reason))


def _unanswered(last: LastAnswer) -> Iterator[datetime]:
    return (each.at for each in last.failures if is_unanswered(each.reason))
