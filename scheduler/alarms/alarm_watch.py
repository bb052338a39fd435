"""Judges alarms after each crawl and every minute, and records what began and what ended."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.clock_watch import ClockWatch
from scheduler.alarms.conditions import CONDITIONS, Condition, standing_alarms, went_well
from scheduler.alarms.fact_reader import FactReader
from scheduler.alarms.facts import Facts, Watched
from scheduler.scheduled_source import utc_now
from storage.alarms.alarm_history import AlarmsTurn, alarms_turn, open_alarms, record_alarms
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason
from storage.queue.queue_state import QueueState

log = logging.getLogger(__name__)

_EVERY = 60.0  # seconds
_PATIENCE = 5.0  # seconds, for what is being judged when the service ends
_LOGGED = 20  # alarms that begin or end at once; of more there is a count
_REST = 20  # times as long as judging took, but no longer than that


@dataclass(frozen=True, slots=True)
class AlarmHooks:
    """What else is done when alarms are judged."""

    record: Callable[[Any, AlarmsTurn], None] = lambda _connection, _turn: (
        None
    )  # in its transaction
    recorded: Callable[[], None] = lambda: None  # after that
    went_well: Callable[[], None] = lambda: None  # crawls have ended, and nothing is wrong
    queue: Callable[[], QueueState | None] = lambda: None  # how it is; None: there is none


class AlarmWatch:
    """The one who begins and ends alarms, in a thread of its own beside the crawls."""

    def __init__(
        self,
        archive: Archive,
        watched: Watched,
        hooks: AlarmHooks | None = None,
        conditions: Sequence[Condition] = CONDITIONS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._archive = archive
        self._watched = watched
        self._hooks = hooks or AlarmHooks()
        self._conditions = conditions
        self._now = now
        self._reader = FactReader(archive)
        self._clock = ClockWatch(now())
        self._serving_since: datetime | None = None
        self._planned_since: dict[str, datetime] = {}  # sources added, resumed or replanned
        self._idle_since: datetime | None = None
        self._reports: dict[AlarmKind, Alarm | None] = {}  # not recorded yet; None: it is well
        self._reported: set[AlarmKind] = set()  # what this service has reported a problem of
        self._failure: str | None = None  # why alarms could not be judged, as it was said
        self._has_ended = False  # whether a crawl has ended since alarms were judged
        self._guard = Lock()  # of reports, of what is watched, of whether a crawl has ended
        self._stopping = Event()
        self._bell = Event()
        self._thread = Thread(target=self._run, name="alarms", daemon=True)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Judge within the block, as a service that has begun to crawl."""
        self._serving_since = self._now()
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._bell.set()
            self._thread.join(_PATIENCE)

    def report(self, kind: AlarmKind, problem: str | None) -> None:
        """Report what has gone wrong, in English words without a secret; None: it is well.

        May be called from any thread. The alarm stands from the first report of a problem until
        it is reported to be well; a restart in between leaves it as it was. Each report is
        recorded once: what another process says later, as `fuhan verify` does, stands.
        """
        with self._guard:
            self._reports[kind] = Alarm(kind, problem, self._now()) if problem else None
            self._reported -= {kind}
            self._reported |= {kind} if problem else set()
        self._bell.set()

    def crawl_ended(self) -> None:
        """Judge at once: a crawl has ended."""
        with self._guard:
            self._has_ended = True
        self._bell.set()

    def replace(self, watched: Watched) -> None:
        """Judge these sources and alert channels from now on; alarms of others end."""
        at = self._now()
        with self._guard:
            before, self._watched = self._watched.sources, watched
            self._planned_since = self._planned_since | {
                name: at
                for name, source in watched.sources.items()
                if name not in before or before[name].schedule != source.schedule
            }
        self._bell.set()

    def judge(self) -> AlarmsTurn:
        """Record which alarms begin and end at this moment, and return them."""
        at = self._now()
        with self._guard:
            watched, reports = self._watched, dict(self._reports)
            planned_since = self._planned_since
            lasting_kinds = self._reported - reports.keys()
            has_ended, self._has_ended = self._has_ended, False
        facts = replace(self._facts(watched, at), planned_since=planned_since)
        standing = [*standing_alarms(self._conditions, facts), *filter(None, reports.values())]
        judged = {*reports, *(kind for each in self._conditions for kind in each.kinds)}
        with self._archive.reading() as connection:
            before = open_alarms(connection)
        standing += [alarm for alarm in before if alarm.kind in lasting_kinds]
        turn = alarms_turn(before, standing, judged, at)
        if turn:
            with self._archive.writing() as connection:
                turn = record_alarms(connection, turn)
                self._hooks.record(connection, turn)
            self._hooks.recorded()
        self._forget(reports)
        _log(turn)
        lasting = [alarm for alarm in before if alarm.kind not in judged]
        if has_ended and not standing and not lasting and went_well(facts):
            self._hooks.went_well()
        return turn

    def _forget(self, reports: Mapping[AlarmKind, Alarm | None]) -> None:
        """Drop reports that are recorded, but for those that came in their place meanwhile."""
        with self._guard:
            for kind, reported in reports.items():
                if self._reports[kind] is reported:
                    del self._reports[kind]

    def _facts(self, watched: Watched, at: datetime) -> Facts:
        self._clock.visit(at)
        queue = self._hooks.queue()
        works = queue is None or any(worker.waits is None for worker in queue.workers)
        self._idle_since = None if works else self._idle_since or at
        return replace(
            self._reader.read(watched, at),
            serving_since=self._serving_since,
            jump=self._clock.jump,
            idle_since=self._idle_since,
        )

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            began = monotonic()
            try:
                self.judge()
                self._failure = None
            except (StorageError, ArchiveError, OSError) as error:
                self._log_failure(reason(error))
            self._rest(monotonic() - began)
            if not self._stopping.is_set():
                self._bell.wait(_EVERY)

    def _log_failure(self, failure: str) -> None:
        """Log once why alarms can't be judged, however long that lasts."""
        if failure != self._failure:
            log.error("alarms: the archive can't be used: %s", failure)
        self._failure = failure

    def _rest(self, took: float) -> None:
        """Judge no more for a while, so that crawls that end one after another cost little."""
        self._stopping.wait(min(took * _REST, _EVERY))


def _log(turn: AlarmsTurn) -> None:
    for alarm in turn.begun[:_LOGGED]:
        log.warning("alarm: %s%s: %s", alarm.kind, _of(alarm), alarm.reason)
    for alarm in turn.ended[:_LOGGED]:
        log.info("alarm ended: %s%s", alarm.kind, _of(alarm))
    if rest := len(turn.begun[_LOGGED:]) + len(turn.ended[_LOGGED:]):
        log.warning("alarms: %d more began or ended", rest)


def _of(alarm: Alarm) -> str:
    name = alarm.source or alarm.subject
    return f" of {name}" if name else ""
