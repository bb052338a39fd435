"""How a sweep, a visit to every known letter, is spread over the crawls of its interval.

Whatever `crawler/revisit_policy.py` chooses, no letter waits for a visit longer than the
interval. Each crawl visits as many of those that wait longest as keep the pace; visits that were
made for any other reason count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import pairwise
from math import ceil

_IN_TIME = 0.9  # of the interval: a crawl that is late, slow or fails makes no letter wait longer
_MOST_AGES = 28  # at which it is asked how many letters were visited since
_CATCH_UP = 4  # usual shares at most in one crawl, after a stop of the service
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class SweepPace:
    """The pace at which the letters of a source must be visited."""

    within: timedelta  # a letter that waited so long in this crawl would wait too long in the next
    pause: timedelta  # between two crawls, the longest usual one

    @property
    def ages(self) -> tuple[timedelta, ...]:
        """The ages of last visits at which the pace is judged, the shortest first."""
        count = _MOST_AGES
        if self.pause > _NONE:
            count = max(min(self.within // self.pause, _MOST_AGES), 1)
        return tuple(self.within * place / count for place in range(1, count + 1))

    def share(self, known: int, visited: Sequence[int]) -> int:
        """Return how many of `known` letters a crawl must visit, those that wait longest.

        `visited` are how many letters were visited within each of `ages`: as many as correspond
        to the age, were they visited evenly. So letters that were all first visited in one crawl
        are not due in one crawl again.
        """
        expected = (known * place // len(visited) for place in range(1, len(visited) + 1))
        missing = max(due - had for due, had in zip(expected, visited, strict=True))
        usual = known * max(self.pause / self.within, 0)
        return min(max(missing, 0), ceil(_CATCH_UP * usual))


def sweep_pace(every: timedelta, starts: Sequence[datetime]) -> SweepPace | None:
    """Return the pace at which each letter is visited within `every`; None: all are due at once.

    `starts` are when this crawl and those before it began, the newest first.
    """
    if (pause := _pause(starts)) is None or (within := _IN_TIME * every - pause) <= _NONE:
        return None
    return SweepPace(within, pause)


def is_recent(served_at: datetime | None, every: timedelta, now: datetime) -> bool:
    """Return whether what was served then may be asked for with "unless it is as it was".

    A server may err that says "not modified". What it served long ago is asked for without
    condition: as each letter is visited within `every`, none of its states goes unproved for
    more than one and a half times as long.
    """
    return served_at is not None and now - served_at < every / 2


def _pause(starts: Sequence[datetime]) -> timedelta | None:
    """Return the longest usual pause between crawls, as the next may be; None before the second.

    The longest of all may have been a stop, as may the one before this crawl: the second longest
    of those before counts.
    """
    pauses = [later - earlier for later, earlier in pairwise(starts)]
    return nlargest(2, pauses[1:] or pauses)[-1] if pauses else None
