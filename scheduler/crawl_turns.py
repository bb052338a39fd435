"""Whose turn it is to be crawled: a few crawls at once, and no source keeps others from theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONG = timedelta(minutes=20)  # a crawl that takes so long is kept apart from others


@dataclass(frozen=True, slots=True, eq=False)
class CrawlTurn:
    """A crawl that waits for its turn, or has it."""

    source: str
    host: str
    due: datetime  # since when it waits
    every: timedelta  # how often its source is crawled
    is_long: bool = False  # the source's last crawl took LONG

    def overdue(self, now: datetime) -> float:
        """Return for how many intervals of its own it waits."""
        return (now - self.due) / self.every


class CrawlTurns:
    """Gives turns to crawls: to the one next that is most overdue by its own interval.

    Never two on one host. Crawls that take long have all slots but one at most, and others half
    as many as there are slots, whatever takes long: then there are more crawls than slots. First
    crawls, of which nobody knows how long they take, may come to be twice as many.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._most_long = max(slots - 1, 1)
        self._waiting: dict[CrawlTurn, None] = {}
        self._running: dict[CrawlTurn, datetime] = {}  # since when

    def want(self, turn: CrawlTurn) -> None:
        """Let a crawl wait for its turn."""
        self._waiting[turn] = None

    def leave(self, turn: CrawlTurn) -> None:
        """Forget a crawl, which has ended or waits no more."""
        self._waiting.pop(turn, None)
        self._running.pop(turn, None)

    def begin(self, now: datetime) -> CrawlTurn | None:
        """Return the crawl whose turn it is from now on, or None."""
        hosts = {each.host for each in self._running}
        long = sum(each.is_long or now - at >= LONG for each, at in self._running.items())
        has_turn = {is_long: self._has_slot(long, is_long=is_long) for is_long in (False, True)}
        able = [
            each for each in self._waiting if has_turn[each.is_long] and each.host not in hosts
        ]
        if not able:
            return None
        first = max(able, key=lambda each: each.overdue(now))
        del self._waiting[first]
        self._running[first] = now
        return first

    def _has_slot(self, long: int, *, is_long: bool) -> bool:
        """Return whether a crawl may begin where so many run that take long."""
        is_free = len(self._running) < self._slots
        if is_long:
            return is_free and long < self._most_long
        others = len(self._running) - long
        has_room = len(self._running) < 2 * self._slots
        return is_free or (has_room and others < (self._slots + 1) // 2)
