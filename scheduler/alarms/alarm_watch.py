"""Judges alarms after each crawl and every minute, and records what began and what ended."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.conditions import CONDITIONS, Condition, Facts
from scheduler.scheduled_source import ScheduledSource, utc_now
from storage.alarms.alarm_history import AlarmsTurn, alarms_turn, open_alarms, record_alarms
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason

log = logging.getLogger(__name__)

_EVERY = 60.0  # seconds

OnTurn = Callable[[Any, AlarmsTurn], None]  # called in the transaction that records the turn


class AlarmWatch:
    """The one who begins and ends alarms, in a thread of its own beside the crawls."""

    def __init__(
        self,
        archive: Archive,
        sources: Sequence[ScheduledSource],
        on_turn: OnTurn = lambda _connection, _turn: None,
        conditions: Sequence[Condition] = CONDITIONS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._archive = archive
        self._sources = {source.name: source for source in sources}
        self._on_turn = on_turn
        self._conditions = conditions
        self._now = now
        self._reports: dict[AlarmKind, Alarm | None] = {}  # None: reported to be well
        self._guard = Lock()  # of what is above, but for what never changes
        self._stopping = False
        self._bell = Event()
        self._thread = Thread(target=self._run, name="alarms", daemon=True)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Judge within the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._stopping = True
            self._bell.set()
            self._thread.join()

    def report(self, kind: AlarmKind, problem: str | None) -> None:
        """Report what has gone wrong, in English words without a secret; None: it is well.

        May be called from any thread. The alarm stands from the first report of a problem until
        it is reported to be well; a restart in between leaves it as it was.
        """
        with self._guard:
            self._reports[kind] = Alarm(kind, problem, self._now()) if problem else None
        self._bell.set()

    def crawl_ended(self, source: str) -> None:
        """Judge at once: a crawl of `source` has ended."""
        del source
        self._bell.set()

    def replace_sources(self, sources: Sequence[ScheduledSource]) -> None:
        """Judge `sources` from now on; alarms of others end."""
        with self._guard:
            self._sources = {source.name: source for source in sources}
        self._bell.set()

    def judge(self) -> AlarmsTurn:
        """Record which alarms begin and end at this moment, and return them."""
        at = self._now()
        with self._guard:
            facts, reports = Facts(at, dict(self._sources)), dict(self._reports)
        standing = [alarm for each in self._conditions for alarm in each.standing(facts)]
        standing += filter(None, reports.values())
        judged = {*reports, *(kind for each in self._conditions for kind in each.kinds)}
        with self._archive.reading() as connection:
            turn = alarms_turn(open_alarms(connection), standing, judged, at)
        if turn:
            with self._archive.writing() as connection:
                turn = record_alarms(connection, turn)
                self._on_turn(connection, turn)
        for alarm in turn.begun:
            log.warning("alarm: %s%s: %s", alarm.kind, _of(alarm), alarm.reason)
        for alarm in turn.ended:
            log.info("alarm ended: %s%s", alarm.kind, _of(alarm))
        return turn

    def _run(self) -> None:
        while not self._stopping:
            self._bell.clear()
            try:
                self.judge()
            except (StorageError, ArchiveError, OSError) as error:
                log.error("alarms: the archive can't be used: %s", reason(error))  # noqa: TRY400 - its text says all
            self._bell.wait(_EVERY)


def _of(alarm: Alarm) -> str:
    name = alarm.source or alarm.subject
    return f" of {name}" if name else ""
