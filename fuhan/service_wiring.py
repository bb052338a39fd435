"""The wiring of `serve`: archive, schedule and web server."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import make_url

from fuhan.alert_wiring import connect
from fuhan.config.database_url import refuse_unwritable
from fuhan.config.file_watch import FileWatch
from fuhan.config.sections import Config
from fuhan.errors import ServiceRunningError
from fuhan.housekeeping_plan import housekeeping_plan
from fuhan.port import address, listen
from fuhan.probe_runs import ProbeRuns
from fuhan.queue_access import queue_wiring
from fuhan.running_service import ReadConfig, RunningService, ServiceParts, service_plan
from fuhan.source_desk import RunningSourceDesk
from fuhan.terminal.upgrade_line import show_upgrade
from fuhan.watch_list import WatchList
from review.alerts.dispatcher import Dispatcher
from review.source_desk import SourceDesk
from scheduler.alarms.alarm_watch import AlarmHooks, AlarmWatch
from scheduler.crawl_order import Crawls
from scheduler.crawl_starter import CrawlStarter
from scheduler.event_loop import serve
from scheduler.housekeeping import Housekeeping
from scheduler.local_crawls import LocalCrawls
from scheduler.service import Service
from storage.database.archive import Archive, ArchiveError, open_archive, refuse_others
from storage.database.errors import StorageError, reason
from storage.database.process_lock import SERVICE, ProcessLock

log = logging.getLogger(__name__)

_CLAIM_PATIENCE = 5.0  # seconds until a server has noticed that the service before was killed
_ALERTS_BUDGET = timedelta(seconds=5)  # for messages under way when the service ends

# Returns the ASGI application that answers.
MakeApp = Callable[[WatchList, Archive, Service, SourceDesk], Any]


@dataclass(frozen=True, slots=True)
class Starters:
    """What starts the processes of the service."""

    crawls: CrawlStarter
    probes: CrawlStarter
    housekeeper: Sequence[str]  # the command of the process that does one task of housekeeping


def run_service(file: Path, read: ReadConfig, starters: Starters, make_app: MakeApp) -> None:
    """Crawl on schedule and answer until SIGTERM or SIGINT.

    The configuration is read at the beginning, when its `file` has changed and at each SIGHUP.
    Raises PortUnavailableError, ArchiveError or UsageError where one of these can't be used at
    the beginning, and ServiceRunningError where another service watches the archive.
    """
    watched_file = FileWatch(file)  # what is written while it is read is a change
    config = read()
    with (
        listen(config.review.host, config.review.port) as listener,
        _crawls(config, starters.crawls) as make_crawls,
        _claimed(config.database) as lock,
        closing(open_archive(config.database, create=True, follow=show_upgrade)) as archive,
    ):
        plan = service_plan(config, archive)
        dispatcher = Dispatcher(archive, plan.alerts, connect)

        def after_crawl(_source: str) -> None:
            dispatcher.wake()
            alarms.crawl_ended()

        service = Service(archive, plan.scheduled, make_crawls(), after_crawl)
        alarms = AlarmWatch(
            archive,
            plan.judged,
            AlarmHooks(
                record=dispatcher.write_alarms,
                recorded=dispatcher.wake,
                went_well=lambda: dispatcher.ping_unless(service.trouble()),
                queue=service.queue_state,
            ),
        )
        housekeeping = Housekeeping(
            archive, housekeeping_plan(config), starters.housekeeper, alarms.report
        )
        parts = ServiceParts(archive, service, dispatcher, alarms, housekeeping)
        running = RunningService(plan, watched_file, parts, lock)
        probes = ProbeRuns(starters.probes)
        desk = RunningSourceDesk(running, probes)
        running.show(lambda listed: make_app(listed, archive, service, desk))
        running.keep_record()  # before anybody is told that it serves
        with dispatcher.sending(_ALERTS_BUDGET), alarms.watching():
            asyncio.run(housekeeping.run_while(_serve(running, probes, listener, read)))
    log.info("ended")


async def _serve(
    running: RunningService, probes: ProbeRuns, listener: socket.socket, read: ReadConfig
) -> None:
    def say_ready() -> None:
        log.info("serving %s, %s", address(listener), running.parts.service.summary())

    service, hang_up = running.parts.service, running.hang_up
    async with asyncio.TaskGroup() as group:  # a bug in one task ends the other
        keeping = group.create_task(running.keep_up(read))
        await serve(service, running, listener, on_ready=say_ready, on_hangup=hang_up)
        keeping.cancel()
        await probes.close()


@contextmanager
def _claimed(database: str) -> Iterator[ProcessLock]:
    """Have the right to watch an archive within the block; raise ServiceRunningError.

    It is taken before the archive is made or upgraded, beside one that can be ours alone.
    """
    refuse_others(database)
    refuse_unwritable(database)
    lock, until = ProcessLock(make_url(database), SERVICE), monotonic() + _CLAIM_PATIENCE
    try:
        while not lock.take():
            if monotonic() > until:
                raise ServiceRunningError("another fuhan serve watches this archive")
            sleep(_CLAIM_PATIENCE / 50)
    except (StorageError, OSError) as error:
        raise ArchiveError(f"the lock of the service can't be taken: {reason(error)}") from error
    try:
        yield lock
    finally:
        lock.release()


def _crawls(config: Config, starter: CrawlStarter) -> AbstractContextManager[Callable[[], Crawls]]:
    """Return what makes what runs crawls: workers if there is a queue, else `starter`'s processes.

    It is entered before the archive is opened, and made afterwards.
    """
    if config.queue is None:
        return nullcontext(lambda: LocalCrawls(starter))
    claimed: AbstractContextManager[Callable[[], Crawls]] = queue_wiring().claimed_queue(config)
    return claimed
