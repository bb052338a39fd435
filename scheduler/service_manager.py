"""Reports to systemd, if it started the service, how that goes: ready, reloading, alive, ending.

Each report is a datagram, as sd_notify(3) has it:
https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable, MutableMapping
from datetime import timedelta

log = logging.getLogger(__name__)

_PATIENCE = 1.0  # seconds until a report is dropped where nobody fetches those before it


class ServiceManager:
    """Who started the service; without an address nothing is reported."""

    def __init__(self, address: str = "", watchdog: timedelta | None = None) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address  # abstract
        self._watchdog = watchdog  # from one sign of life to the next, at most

    def ready(self, status: str) -> None:
        """Report that the service is up, with the line that `systemctl status` shows of it."""
        self._report("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """Report that the configuration is read again; `ready` ends that."""
        self._report("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def ending(self) -> None:
        """Report that the service winds down."""
        self._report("STOPPING=1", "STATUS=ending")

    def watch(self, is_alive: Callable[[], bool]) -> None:
        """Report a sign of life from the running event loop, now and again, while `is_alive`.

        Three times as often as necessary: one may be left out before a restart.
        """
        if not self._watchdog:
            return
        if is_alive():
            self._report("WATCHDOG=1")
        pause = self._watchdog.total_seconds() / 3
        asyncio.get_running_loop().call_later(pause, self.watch, is_alive)

    def _report(self, *lines: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.settimeout(_PATIENCE)
                sender.connect(self._address)
                sender.send("\n".join(lines).encode())
        except OSError as error:
            log.warning("%s could not be reported: %s", lines[0], error)


def take_service_manager(variables: MutableMapping[str, str]) -> ServiceManager:
    """Return who started this process, and remove it from `variables`: a child reports nothing."""
    address = variables.pop("NOTIFY_SOCKET", "")
    process = variables.pop("WATCHDOG_PID", "")
    microseconds = variables.pop("WATCHDOG_USEC", "")
    is_watched = microseconds.isdecimal() and process in {"", str(os.getpid())}
    watchdog = timedelta(microseconds=int(microseconds)) if is_watched else None
    return ServiceManager(address if address.startswith(("/", "@")) else "", watchdog)
