"""The dispatcher: a thread for each alert channel, so that a dead one never delays another."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock, Thread
from time import monotonic

from review.alerts.alert_channel import AlertChannel, Service
from review.alerts.channel_worker import ChannelWorker
from review.alerts.delivery import Delivery
from review.alerts.outages import WatchedHost, record_outages
from review.alerts.ping import ping
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason
from storage.outbox.dispatch_lock import DispatchLock
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
    hosts: Mapping[str, WatchedHost] = field(default_factory=dict)  # by source
    ping: str | None = field(default=None, repr=False)  # asked after rounds in which all was well


class Dispatcher:
    """Sends what waits for alert channels, as long as this process has the right to."""

    def __init__(
        self,
        archive: Archive,
        plan: AlertPlan,
        connect: Callable[[AlertChannel], Service],
        all_is_well: Callable[[], bool],
    ) -> None:
        self._archive = archive
        self._plan = plan
        self._connect = connect
        self._all_is_well = all_is_well
        self._lock = DispatchLock(archive)
        self._may_send = Event()
        self._stopping = Event()
        self._bell = Event()
        self._guard = Lock()  # of the plan and of what follows
        self._is_new = True  # whether the plan is another one than in the round before
        self._crawled: set[str] = set(plan.hosts)  # sources whose hosts are to be judged
        self._has_ended = False  # whether a crawl has ended since the round before
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

    def crawl_ended(self, source: str) -> None:
        """Send what the crawl of a source has brought, at once."""
        with self._guard:
            self._crawled.add(source)
            self._has_ended = True
        self._bell.set()

    def replace(self, plan: AlertPlan) -> None:
        """Send by `plan` from now on; what waits for channels that are no more is dropped."""
        with self._guard:
            self._plan, self._is_new = plan, True
            self._crawled |= set(plan.hosts)
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
            self._bell.wait(_RETRY if self._is_second else _POLL)

    def _round(self) -> None:
        """Judge the hosts of what was crawled, have all channels send, and ping."""
        with self._guard:
            plan, is_new, crawled = self._plan, self._is_new, self._crawled
            may_ping = self._has_ended
            self._is_new, self._crawled, self._has_ended = False, set(), False
        try:
            if is_new:
                self._forget_others(plan)
            if plan.channels and self._takes_right():
                self._record_outages(plan, crawled)
        except (StorageError, ArchiveError, OSError) as error:
            log.error("alerts: the archive can't be used: %s", reason(error))  # noqa: TRY400 - its text says all
            with self._guard:
                self._is_new |= is_new
                self._crawled |= crawled
            return
        self._direct(plan)
        if may_ping and plan.ping and monotonic() >= self._pinged_at + _PING_EVERY:
            self._ping(plan.ping)

    def _forget_others(self, plan: AlertPlan) -> None:
        names = {each.name for each in plan.channels}
        with self._archive.reading() as connection:
            others = waiting_channels(connection) - names
        if others:
            with self._archive.writing() as connection:
                count = forget_channels(connection, others)
            log.warning("alerts: %d for channels that are not in notify any more dropped", count)

    def _takes_right(self) -> bool:
        is_ours = self._lock.take()
        if is_ours:
            self._may_send.set()
        elif not self._is_second:
            self._may_send.clear()
            log.warning("alerts: another process sends them")
        self._is_second = not is_ours
        return is_ours

    def _record_outages(self, plan: AlertPlan, crawled: set[str]) -> None:
        hosts = [plan.hosts[each] for each in crawled & plan.hosts.keys()]
        record_outages(self._archive, hosts, plan.delivery.now())

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

    def _ping(self, url: str) -> None:
        if self._all_is_well():
            self._pinged_at = monotonic()
            ping(url)
