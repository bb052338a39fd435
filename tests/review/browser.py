"""Pages in a real browser: a server over an archive, and a port that counts whoever connects to it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.types import ASGIApp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 120_000  # until a browser has done what it does at once, on a busy machine
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve `app`; yield its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE_MS / 1000)
        listening.close()


class Canary:
    """A port that nobody may reach."""

    def __init__(self) -> None:
        self.reached = 0  # connections, whether anything was asked for or not
        self._port = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._port.getsockname()[1]}"
        self._is_closing = False
        self._thread = threading.Thread(target=self._count)
        self._thread.start()

    def _count(self) -> None:
        while True:
            connection, _ = self._port.accept()
            with connection:
                if self._is_closing:
                    return
                self.reached += 1

    def close(self) -> None:
        """Count no more."""
        self._is_closing = True
        socket.create_connection(self._port.getsockname()).close()
        self._thread.join(PATIENCE_MS / 1000)
        self._port.close()


@contextmanager
def canary() -> Iterator[Canary]:
    """Yield a port that nobody may reach."""
    port = Canary()
    try:
        yield port
    finally:
        port.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE_MS
        )
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE_MS))
        yield browser
        browser.close()
