"""The wiring of `serve`: archive, schedule and web server."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import timedelta
from typing import Any

from fuhan.alert_wiring import alert_plan, connect
from fuhan.config.sections import Config
from fuhan.crawl_jobs import scheduled_sources
from fuhan.errors import ConfigError
from fuhan.housekeeping_plan import housekeeping_plan
from fuhan.port import address, listen
from fuhan.queue_access import queue_wiring
from fuhan.source_status import watched
from fuhan.terminal.upgrade_line import show_upgrade
from review.alerts.dispatcher import Dispatcher
from scheduler.alarms.alarm_watch import AlarmHooks, AlarmWatch
from scheduler.crawl_order import Crawls
from scheduler.crawl_starter import CrawlStarter
from scheduler.event_loop import serve
from scheduler.housekeeping import Housekeeping
from scheduler.local_crawls import LocalCrawls
from scheduler.service import Service
from storage.database.archive import Archive, open_archive

log = logging.getLogger(__name__)

_ALERTS_BUDGET = timedelta(seconds=5)  # for messages under way when the service ends

ReadConfig = Callable[[], Config]  # raises ConfigError
MakeApp = Callable[[Config, Archive, Service], Any]  # returns the ASGI application that answers


def run_service(
    read: ReadConfig, starter: CrawlStarter, make_app: MakeApp, housekeeper: Sequence[str]
) -> None:
    """Crawl on schedule and answer until SIGTERM or SIGINT.

    The configuration is read at the beginning and at each SIGHUP. `housekeeper` is the command of
    the process that does one task of housekeeping. Raises PortUnavailableError,
    ArchiveError or ConfigError where one of these can't be used at the beginning.
    """
    config = read()
    with (
        listen(config.review.host, config.review.port) as listener,
        _crawls(config, starter) as make_crawls,
        closing(open_archive(config.database, create=True, follow=show_upgrade)) as archive,
    ):
        dispatcher = Dispatcher(archive, alert_plan(config, archive), connect)

        def after_crawl(_source: str) -> None:
            dispatcher.wake()
            alarms.crawl_ended()

        service = Service(archive, scheduled_sources(config), make_crawls(), after_crawl)
        alarms = AlarmWatch(
            archive,
            watched(config),
            AlarmHooks(
                record=dispatcher.write_alarms,
                recorded=dispatcher.wake,
                went_well=lambda: dispatcher.ping_unless(service.trouble()),
                queue=service.queue_state,
            ),
        )
        housekeeping = Housekeeping(archive, housekeeping_plan(config), housekeeper, alarms.report)
        running = _Running(
            config,
            service,
            (dispatcher, alarms, housekeeping),
            lambda now: make_app(now, archive, service),
        )
        with dispatcher.sending(_ALERTS_BUDGET), alarms.watching():
            serving = serve(
                service,
                running,
                listener,
                on_ready=lambda: log.info(
                    "serving %s, watching %d sources", address(listener), len(config.sources)
                ),
                on_hangup=lambda: running.reload(read),
            )
            asyncio.run(housekeeping.beside(serving))
    log.info("ended")


def _crawls(config: Config, starter: CrawlStarter) -> AbstractContextManager[Callable[[], Crawls]]:
    """Return what makes what runs crawls: workers if there is a queue, else `starter`'s processes.

    It is entered before the archive is opened, and made afterwards.
    """
    if config.queue is None:
        return nullcontext(lambda: LocalCrawls(starter))
    claimed: AbstractContextManager[Callable[[], Crawls]] = queue_wiring().claimed_queue(config)
    return claimed


class _Running:
    """The ASGI application under the configuration that was read last."""

    def __init__(
        self,
        config: Config,
        service: Service,
        beside: tuple[Dispatcher, AlarmWatch, Housekeeping],
        make_app: Callable[[Config], Any],
    ) -> None:
        self._config = config
        self._service = service
        self._dispatcher, self._alarms, self._housekeeping = beside
        self._make_app = make_app
        self._app = make_app(config)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)

    def reload(self, read: ReadConfig) -> None:
        """Read the configuration again and apply it; one with mistakes changes nothing."""
        try:
            config = read()
        except ConfigError as error:
            for mistake in error.mistakes:
                log.error("%s", mistake)  # noqa: TRY400 - its text says all
            log.error("the configuration was not read again: the one before stays in force")  # noqa: TRY400
            return
        self._config = _with_fixed_settings(config, self._config)
        self._app = self._make_app(self._config)
        log.info("the configuration was read again: watching %d sources", len(config.sources))
        self._service.replace_sources(scheduled_sources(self._config))
        self._alarms.replace(watched(self._config))
        self._housekeeping.replace(housekeeping_plan(self._config))
        self._dispatcher.replace(alert_plan(self._config, self._service.archive))


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
    return config.model_copy(update=fixed)
