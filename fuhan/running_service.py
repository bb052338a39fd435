"""What the running service goes by: the configuration in force, and what people decided.

A file that changes and a decision are taken up within seconds. What takes long (10,000 sources are
read in two seconds) is done in a thread, so that pages are answered meanwhile.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fuhan.alert_wiring import alert_plan, now
from fuhan.config.file_watch import FileWatch
from fuhan.config.sections import Config
from fuhan.crawl_jobs import schedules_in_words
from fuhan.errors import ConfigError
from fuhan.housekeeping_plan import housekeeping_plan
from fuhan.source_status import watched
from fuhan.watch_list import WatchList, watch_list
from letters.alarm import AlarmKind
from letters.counted import counted
from review.alerts.dispatcher import AlertPlan, Dispatcher
from scheduler.alarms.alarm_watch import AlarmWatch
from scheduler.alarms.facts import Watched
from scheduler.housekeeping import Housekeeping
from scheduler.scheduled_source import ScheduledSource
from scheduler.service import Service
from storage import queries
from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError, reason
from storage.database.process_lock import ProcessLock
from storage.facts.service_record import ServiceRecord, set_service_record

log = logging.getLogger(__name__)

_SURE = 3  # refusals in a row, which no reader's moment makes
_STEP = 200  # new sources whose first crawls are planned before others have their turn
TICK = 2.0  # seconds between two looks at the file and at what people decided

ReadConfig = Callable[[], Config]  # raises ConfigError


@dataclass(frozen=True, slots=True)
class ServiceParts:
    """What the service consists of, beside its pages."""

    archive: Archive
    service: Service
    dispatcher: Dispatcher
    alarms: AlarmWatch
    housekeeping: Housekeeping


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """What follows from a configuration and from what people decided."""

    config: Config  # as the file has it
    listed: WatchList
    revision: int  # of what people decided
    judged: Watched  # what is crawled on schedule, and what alarms are judged of
    alerts: AlertPlan

    @property
    def scheduled(self) -> Sequence[ScheduledSource]:
        """What is crawled on schedule."""
        return tuple(self.judged.sources.values())


def service_plan(config: Config, archive: Archive) -> ServicePlan:
    """Return what follows from `config` and from what people decided."""
    with archive.reading() as connection:
        revision = queries.watch_revision(connection)
        listed = watch_list(config, connection)
    for problem in listed.problems:
        log.warning("%s", problem)
    return ServicePlan(
        config,
        listed,
        revision,
        watched(listed.watched),
        alert_plan(listed.config, archive, watched=listed.watched),
    )


class RunningService:
    """The ASGI application under the configuration that was read last, and what keeps it so."""

    def __init__(
        self, plan: ServicePlan, file: FileWatch, parts: ServiceParts, lock: ProcessLock
    ) -> None:
        self._file = file
        self.parts = parts
        self._turn_lock = asyncio.Lock()
        self._make_app: Callable[[WatchList], Any] = _no_app
        self._lock = lock  # of who watches the archive's sources; a server that broke loses it
        self._bell = asyncio.Event()
        self._is_hung_up = False
        self._is_unread = False  # whether the file says what is not taken up, nor refused, yet
        self._is_refused = False  # whether the file has mistakes
        self._refused = 0  # times in a row that another process had the right
        self._started_at = now()
        self._digest = file.digest  # of the file in force, whatever it says since; None: of none
        self._written: ServiceRecord | None = None
        self.plan = plan
        self._app: Any = None  # until `show` is called
        self._record = self._record_of(self.plan, self._started_at)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request by the configuration in force."""
        await self._app(scope, receive, send)

    def show(self, make_app: Callable[[WatchList], Any]) -> None:
        """Answer by the application that `make_app` returns, now and after each change."""
        self._make_app, self._app = make_app, make_app(self.plan.listed)

    def hang_up(self) -> None:
        """Have the configuration read again, whether its file was changed or not."""
        self._is_hung_up = True
        self._bell.set()

    async def take_up(self) -> None:
        """Take up what people decided, now."""
        async with self._turn_lock:
            await self._decided()

    async def keep_up(self, read: ReadConfig, tick: float = TICK) -> None:
        """Take up what changes, until it is cancelled."""
        self.parts.alarms.report(AlarmKind.CONFIGURATION, None)
        while True:
            async with self._turn_lock:
                await self._turn(read)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), tick)
            self._bell.clear()

    async def _turn(self, read: ReadConfig) -> None:
        """Take up what has changed since the turn before, and record what is in force."""
        is_hung_up, self._is_hung_up = self._is_hung_up, False
        await asyncio.to_thread(self.parts.service.look_at_database)
        try:
            if is_hung_up:
                await asyncio.to_thread(self._file.take)
            self._is_unread |= is_hung_up or await asyncio.to_thread(self._file.has_changed)
            if self._is_unread:
                await self._reload(read)
                self._is_unread = False
            elif await asyncio.to_thread(self._is_decided_anew):
                await self._decided()
            await asyncio.to_thread(self.keep_record)
        except (StorageError, ArchiveError, OSError) as error:
            log.debug("what is watched can't be read: %s", reason(error))  # which /healthz says

    async def _reload(self, read: ReadConfig) -> None:
        """Read the configuration again and apply it; one with mistakes changes nothing."""
        try:
            read_anew = await asyncio.to_thread(read)
            config = _with_fixed_settings(read_anew, self.plan.config)
            plan = await asyncio.to_thread(service_plan, config, self.parts.archive)
        except ConfigError as error:
            self._is_refused = True
            for mistake in error.mistakes:
                log.error("%s", mistake)  # noqa: TRY400 - its text says all
            log.error("the configuration was not read again: the one before stays in force")  # noqa: TRY400
            self.parts.alarms.report(AlarmKind.CONFIGURATION, error.in_short())
            return
        self._is_refused = False
        self._digest = self._file.digest if config is read_anew else None
        await self._apply(plan)
        self.parts.alarms.report(AlarmKind.CONFIGURATION, None)

    async def _decided(self) -> None:
        """Apply what people decided, which may be what a configuration that was refused lacked."""
        plan = await asyncio.to_thread(service_plan, self.plan.config, self.parts.archive)
        await self._apply(plan)
        self._is_hung_up |= self._is_refused

    async def _apply(self, plan: ServicePlan) -> None:
        self._app = await asyncio.to_thread(self._make_app, plan.listed)
        is_read_again, before = plan.config is not self.plan.config, self.plan.scheduled
        self.plan = plan
        if is_read_again:
            watched = counted(len(plan.scheduled), "source")
            log.info("the configuration was read again: watching %s", watched)
        for sources in schedule_steps(before, plan.scheduled):
            self.parts.service.replace_sources(sources)
            await asyncio.sleep(0)  # others have their turn
        self.parts.dispatcher.replace(plan.alerts)  # first: it says why alarms end
        self.parts.alarms.replace(plan.judged)
        self.parts.housekeeping.replace(housekeeping_plan(plan.config))
        self._record = self._record_of(plan, now())

    def _is_decided_anew(self) -> bool:
        with self.parts.archive.reading() as connection:
            return queries.watch_revision(connection) != self.plan.revision

    def _record_of(self, plan: ServicePlan, at: datetime) -> ServiceRecord:
        watched = schedules_in_words(plan.listed.watched)
        return ServiceRecord(self._started_at, at, self._digest, watched)

    def keep_record(self) -> None:
        """Record what is in force, so that `status` knows it; of two services one does."""
        is_ours = self._lock.take()
        self._refused = 0 if is_ours else self._refused + 1
        if self._refused == _SURE:
            log.warning("another fuhan serve watches this archive, too: see that one of them ends")
        if is_ours and self._written is not self._record:
            record = self._record
            with self.parts.archive.writing() as connection:
                set_service_record(connection, record)
            self._written = record


def schedule_steps(
    before: Sequence[ScheduledSource], after: Sequence[ScheduledSource], size: int = _STEP
) -> Iterator[Sequence[ScheduledSource]]:
    """Yield what is to be watched one after another: `after` in the end, a few new ones a step."""
    old = {each.name: each for each in before}
    changed = [each for each in after if old.get(each.name) != each]
    same = [each for each in after if old.get(each.name) == each]
    for end in range(size, len(changed), size):
        later = (old.get(each.name) for each in changed[end:])
        yield [*same, *changed[:end], *filter(None, later)]
    yield after


def _no_app(_listed: WatchList) -> Any:
    raise NotImplementedError


def _with_fixed_settings(config: Config, before: Config) -> Config:
    """Return `config` with the settings of `before` that can't change while the service runs.

    Who may read depends on where it listens, so both wait for the same moment.
    """
    fixed: dict[str, Any] = {}
    for name in ("database", "queue"):
        if getattr(config, name) != getattr(before, name):
            fixed[name] = getattr(before, name)
    if (config.review.host, config.review.port) != (before.review.host, before.review.port):
        fixed["review"] = before.review
    for name in fixed:
        log.warning("%s: was changed; takes effect when the service is started again", name)
    return config.model_copy(update=fixed) if fixed else config
