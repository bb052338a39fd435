"""The dispatcher: a thread for each alert channel, so that a dead one never delays another."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from review.alerts.alarm_notices import AlarmAudience, write_alarm_notices
from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.channel_worker import ChannelWorker
from review.alerts.delivery import Delivery
from review.alerts.ping import ping
from storage.alarms.alarm_history import AlarmsTurn
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason
from storage.database.process_lock import ALERTS, ProcessLock
from storage.outbox.channel_states import channel_states, forget_channel_states
from storage.outbox.notices import forget_channels, waiting_channels

log = logging.getLogger(__name__)

_POLL = 30.0  # seconds: what another process wrote or released is sent so late
_RETRY = 1.0  # seconds: who was killed just now may still have the right to send
_PING_EVERY = 60.0  # seconds, at least


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """What is to be sent where, as the configuration has it."""

    delivery: Delivery
    channels: tuple[AlertChannel, ...] = ()
    audience: AlarmAudience = field(default_factory=AlarmAudience)
    ping: str | None = field(default=None, repr=False)  # asked after rounds in which all was well


class Dispatcher:
    """Sends what waits for alert channels, as long as this process has the right to."""

    def __init__(
        self,
        archive: Archive,
        plan: AlertPlan,
        connect: Callable[[AlertChannel], Service],
    ) -> None:
        self._archive = archive
        self._plan = plan
        self._connect = connect
        self._lock = ProcessLock(archive.url, ALERTS)
        self._may_send = Event()
        self._stopping = Event()
        self._bell = Event()
        self._guard = Lock()  # of the plan and of what follows
        self._is_new = True  # whether the plan is another one than in the round before
        self._may_ping = False  # whether crawls have ended since the round before, and all is well
        self._workers: dict[str, ChannelWorker] = {}
        self._pinged_at = -_PING_EVERY
        self._is_second = False  # whether another process has the right to send
        self._thread = Thread(target=self._run, name="alerts", daemon=True)

    @contextmanager
    def sending(self, budget: timedelta) -> Iterator[None]:
        """Send within the block; what is under way at its end has `budget` to be confirmed."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop(budget)

    def wake(self) -> None:
        """Send what has been written, at once."""
        self._bell.set()

    def write_alarms(self, connection: Any, turn: AlarmsTurn) -> None:
        """Have what began and ended wait for the channels that want it, in its transaction."""
        with self._guard:
            audience = self._plan.audience
        write_alarm_notices(connection, turn, audience)

    def ping_unless(self, trouble: str | None) -> None:
        """Ping after crawls that went well, unless the service is in trouble."""
        with self._guard:
            self._may_ping |= trouble is None
        self._bell.set()

    def replace(self, plan: AlertPlan) -> None:
        """Send by `plan` from now on; what waits for channels that are no more is dropped."""
        with self._guard:
            self._plan, self._is_new = plan, True
        self._bell.set()

    def _stop(self, budget: timedelta) -> None:
        until = monotonic() + budget.total_seconds()
        self._stopping.set()
        self._bell.set()
        self._thread.join(budget.total_seconds())
        for worker in self._workers.values():
            worker.end()
        for worker in self._workers.values():
            worker.join(max(until - monotonic(), 0))
        self._lock.release()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            self._round()
            if not self._stopping.is_set():  # else its bell may have rung before it was reset
                self._bell.wait(_RETRY if self._is_second else _POLL)

    def _round(self) -> None:
        """Have all channels send, and ping."""
        with self._guard:
            plan, is_new, may_ping = self._plan, self._is_new, self._may_ping
            self._is_new, self._may_ping = False, False
        try:
            if is_new:
                self._forget_others(plan)
            if plan.channels:
                self._take_right()
        except (StorageError, ArchiveError, OSError) as error:
            log.error("alerts: the archive can't be used: %s", reason(error))  # noqa: TRY400 - its text says all
            with self._guard:
                self._is_new |= is_new
            return
        self._direct(plan)
        if may_ping and plan.ping and monotonic() >= self._pinged_at + _PING_EVERY:
            self._pinged_at = monotonic()
            ping(plan.ping)

    def _forget_others(self, plan: AlertPlan) -> None:
        names = {each.name for each in plan.channels}
        with self._archive.reading() as connection:
            waits, states = waiting_channels(connection), channel_states(connection)
        if others := (waits | states.keys()) - names:
            with self._archive.writing() as connection:
                count = forget_channels(connection, others)
                forget_channel_states(connection, others)
            if count:
                log.warning("alerts: %d for channels not in notify any more dropped", count)

    def _take_right(self) -> None:
        is_ours = self._lock.take()
        if is_ours:
            self._may_send.set()
        elif not self._is_second:
            self._may_send.clear()
            log.warning("alerts: another process sends them")
        self._is_second = not is_ours

    def _direct(self, plan: AlertPlan) -> None:
        """Have each channel of `plan` send, and no other."""
        wanted = {each.name: each for each in plan.channels}
        for name in self._workers.keys() - wanted.keys():
            self._workers.pop(name).end()
        for name, channel in wanted.items():
            if name not in self._workers or not self._workers[name].is_alive():
                self._workers[name] = ChannelWorker(self._may_send, self._connect)
                self._workers[name].start()
            self._workers[name].wake(channel, plan.delivery)
