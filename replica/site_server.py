"""Serves whatever answers requests over HTTP on loopback."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from replica.background_server import BackgroundServer
from replica.scripted_values import HTML
from replica.server import Answer


class AnsweringSite(Protocol):
    """A site that answers one request at a time."""

    def answer(self, method: str, url: str, body: str = "") -> Answer:
        """Return what is served for a path with its query, and a form where one is posted."""


class ServedSite(BackgroundServer):
    """A site served on loopback while the context lasts."""

    def __init__(self, site: AnsweringSite) -> None:
        super().__init__(_Server(("127.0.0.1", 0), site))

    @property
    def url(self) -> str:
        """Return the base URL, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: AnsweringSite) -> None:
        self.site = site
        self.lock = threading.Lock()
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._send("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._send(self.rfile.read(length).decode())

    def _send(self, body: str) -> None:
        with self.server.lock:
            answer = self.server.site.answer(self.command, self.path, body)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type or HTML)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the site keeps its own log."""
