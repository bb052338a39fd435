"""Run the service and its web server in one event loop until a signal ends both."""

import asyncio
import math
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import uvicorn

from scheduler.service import Service
from scheduler.service_manager import ServiceManager, take_service_manager

# SIGTERM to exit in less than 20 s: a crawl may end by itself, then has child_process.GRACE.
SHUTDOWN_BUDGET = timedelta(seconds=5)


async def serve(
    service: Service,
    app: Any,
    listener: socket.socket,
    budget: timedelta = SHUTDOWN_BUDGET,
    on_ready: Callable[[], None] = lambda: None,
    on_hangup: Callable[[], None] = lambda: None,
) -> None:
    """Serve `app` on `listener` and keep `service` going until SIGTERM or SIGINT.

    `app` is an ASGI application. Then everything winds down: no new crawl, those in
    flight finish within `budget` or are ended, answers under way have as long. SIGHUP
    calls `on_hangup` and ends nothing. `on_ready` is called once signals are heeded. All
    of that is reported to systemd, if it started this process; no child process inherits this.
    """
    manager = take_service_manager(os.environ)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, _reread, service, manager, on_hangup)
    web = _WebServer(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=math.ceil(budget.total_seconds()),
            server_header=False,
        )
    )
    on_ready()
    service.start()
    manager.ready(service.summary())
    manager.watch(service.is_alive)
    answering = asyncio.create_task(web.serve(sockets=[listener]))
    answering.add_done_callback(lambda _: stop.set())
    await stop.wait()
    manager.ending()
    web.should_exit = True
    await asyncio.gather(service.stop(budget), answering)


def _reread(service: Service, manager: ServiceManager, on_hangup: Callable[[], None]) -> None:
    """Call `on_hangup`, and report so; it ends for systemd even where it fails."""
    manager.reloading()
    try:
        on_hangup()
    finally:
        manager.ready(service.summary())


class _WebServer(uvicorn.Server):
    """A server that leaves signals to the service."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield
