"""The wiring of `serve`: archive, schedule, web side, in the order in which they are needed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from fuhan.jobs import watches
from fuhan.listening import address, listen
from fuhan.sections import Config
from scheduler.service import Service
from scheduler.serving import serve
from storage.archive import Archive, open_archive

log = logging.getLogger(__name__)

MakeApp = Callable[[Archive, Service], Any]  # returns the ASGI application that answers


def run_service(config: Config, command: Sequence[str], make_app: MakeApp) -> None:
    """Crawl on schedule and answer until SIGTERM or SIGINT; `command` runs one crawl.

    Raises NotServedError when the port can't be had, ArchiveError when the archive can't.
    """
    with (
        listen(config.review.host, config.review.port) as listener,
        closing(open_archive(config.database, create=True)) as archive,
    ):
        service = Service(archive, watches(config), command)
        app = make_app(archive, service)
        log.info("serving %s, watching %d sources", address(listener), len(config.sources))
        asyncio.run(serve(service, app, listener))
    log.info("ended")
