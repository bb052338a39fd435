"""A webhook and a mail server on loopback, which answer as a test says."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

from aiosmtpd.smtp import SMTP


class Webhook(ThreadingHTTPServer):
    """A webhook that keeps what it is sent, with the key and its answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers: dict[str, str] = {}  # of its answers
        self.cuts_off = False  # whether it closes connections amid its answers
        self.goes_on = threading.Event()  # cleared: it gives no answer until this is set
        self.goes_on.set()
        self.arrived = threading.Condition()
        self.pings = 0  # requests of its address
        self.received: list[tuple[str, dict[str, Any], int]] = []  # key, message, answer

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/SECRET"

    def confirmed(self) -> list[str]:
        """Return the keys of messages that were confirmed."""
        return [key for key, _, status in self.received if status == 200]

    def wait_for(self, count: int, patience: float = 60) -> bool:
        """Return whether so many messages arrived in time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.received) >= count, patience)


class _Handler(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.arrived:
            status = 0 if self.server.cuts_off else self.server.status
            self.server.received.append((self.headers["X-Fuhan-Message"], body, status))
            self.server.arrived.notify_all()
        self.server.goes_on.wait(60)
        if self.server.cuts_off:
            return
        try:
            self.send_response(status)
            for name, value in {"Content-Length": "0", **self.server.headers}.items():
                self.send_header(name, value)
            self.end_headers()
        except OSError:
            pass  # whoever asked waits no more

    def do_GET(self) -> None:
        self.server.pings += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def webhook() -> Iterator[Webhook]:
    """Serve a webhook; once closed, its port refuses."""
    server = Webhook()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.goes_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


class MailServer:
    """A mail server that keeps what it takes, or refuses it."""

    def __init__(self) -> None:
        self.answer = "250 OK"  # "": it closes the connection
        self.refused: dict[str, str] = {}  # by recipient who is not taken, what it answers
        self.arrived = threading.Condition()
        self.mails: list[Any] = []  # messages with their headers
        self._port = 0

    async def _take(self, server: Any, _session: Any, envelope: Any) -> str:
        with self.arrived:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.arrived.notify_all()
        if not self.answer:
            server.transport.abort()
        return self.answer

    async def _take_recipient(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def wait_for(self, count: int, patience: float = 60) -> bool:
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.mails) >= count, patience)

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self._port}?from=fuhan@example.org&to=desk@example.org"

    def _handler(self) -> SimpleNamespace:
        return SimpleNamespace(handle_DATA=self._take, handle_RCPT=self._take_recipient)

    @contextmanager
    def serving(self) -> Iterator["MailServer"]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        opening = loop.create_server(
            lambda: SMTP(self._handler(), loop=loop),
            "127.0.0.1",
            self._port,
        )
        server = asyncio.run_coroutine_threadsafe(opening, loop).result(60)
        self._port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(_close(server), loop).result(60)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
        await asyncio.wait([task])
