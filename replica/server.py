"""Serves the replica over HTTP on loopback, with validators, noise and faults."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from replica import faults, nights
from replica.background_server import BackgroundServer
from replica.compose import Directory
from replica.document import CHANNELS, Document
from replica.faults import Fault, Faults
from replica.noise import Noise
from replica.pages import Design, home_page, letter_page, list_page

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for one request."""

    body: bytes
    status: int = 200
    content_type: str = _HTML
    etag: str | None = None


class Replica(BackgroundServer):
    """A directory served on loopback while the context lasts."""

    def __init__(
        self, directory: Directory, *, noise: bool = True, validators: bool = True, port: int = 0
    ) -> None:
        self._noise, self._validators = noise, validators
        self._lock = threading.Lock()
        self.start_over(directory)
        super().__init__(_Server(("127.0.0.1", port), self))

    def start_over(self, directory: Directory) -> None:
        """Serve `directory` as if nothing had been asked before."""
        with self._lock:
            self.directory = directory
            self.faults = Faults()
            self.design = Design()  # of letters' pages from now on
            self.log: list[tuple[str, int]] = []  # path and status of each request
            self.sent = 0  # bytes of bodies
            self._count = 0  # of answers: what the noise follows
            self._paths: dict[str, tuple[int, dict[str, Document]]] = {}  # by channel

    @property
    def url(self) -> str:
        """Return the base URL, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def listing(self, kind: str) -> str:
        """Return the URL of a channel's first page; `kind` is proposal or suggestion."""
        return self.url + CHANNELS[kind]

    def advance(self) -> list[dict[str, Any]]:
        """Let a night pass while serving; return what happened in it."""
        with self._lock:
            return nights.advance(self.directory)

    @contextmanager
    def standing_still(self) -> Iterator[Directory]:
        """Yield the directory while nothing is answered, so that it may be changed."""
        with self._lock:
            yield self.directory

    def answer(self, path: str) -> Answer:
        """Return what stands at `path` now."""
        with self._lock:
            self.log.append((path, 0))
            self._count += 1
            noise = Noise(self.directory.seed, self._count, self._noise)
            found = self._found(path, noise) or self._file(path)
            return found or Answer(b"not found", 404)

    def _found(self, asked: str, noise: Noise) -> Answer | None:
        path, _, query = asked.partition("?")
        if path == "/robots.txt":
            return Answer(b"User-agent: *\nAllow: /\n", content_type="text/plain")
        if path == "/":
            return Answer(home_page().encode())
        if path in _NOTICES:  # to which pages are redirected, under 200 as everywhere
            return Answer(_NOTICES[path].encode())
        for kind, channel in CHANNELS.items():
            if path.startswith(channel):
                rest = path.removeprefix(channel)
                name = f"{rest}?{query}" if query.startswith("page=") else rest
                return self._list(kind, rest, noise) or self._document(kind, name, noise)
        return None

    def _list(self, kind: str, rest: str, noise: Noise) -> Answer | None:
        name = rest.removesuffix(".html")
        number = name.removeprefix("index").removeprefix("_") or "0"
        if "/" in rest or not number.isdecimal():
            return None
        page = list_page(kind, self.directory.of(kind), int(number), noise, self.faults.pages)
        return Answer(page.encode()) if page else None

    def _document(self, kind: str, rest: str, noise: Noise) -> Answer | None:
        found = _NAME.fullmatch(rest)
        each = self._by_path(kind).get(f"{found['name']}.html") if found else None
        if found is None or each is None:
            return None
        number = int(found["place"] or 0) or max(int(found["page"] or 0) - 1, 0)
        return (
            self._page(each, noise, number, wap=bool(found["wap"]))
            if number < each.pages
            else None
        )

    def _file(self, path: str) -> Answer | None:
        name = path.rpartition("/")[2]
        for each in self.directory.documents:
            for file in each.files:
                if name == file.path.rpartition("/")[2]:
                    etag = f'"{hash(file.content) & 2**64 - 1:x}"'
                    return Answer(file.content, 200, "application/pdf", etag)
        return None

    def _by_path(self, kind: str) -> dict[str, Document]:
        channel = CHANNELS[kind]
        count = len(self.directory.documents)
        if self._paths.get(kind, (0, {}))[0] != count:
            paths = {
                each.path.removeprefix(channel): each
                for each in self.directory.documents
                if each.kind == kind
            }
            self._paths[kind] = (count, paths)
        return self._paths[kind][1]

    def _page(self, each: Document, noise: Noise, number: int, *, wap: bool) -> Answer | None:
        if each.served == "gone":
            return None
        if each.served == "stub":
            return Answer(nights.STUB.encode())
        page = letter_page(each, noise, wap=wap, design=self.design, number=number)
        body = page.encode(each.charset)
        state = f"{each.docid:x}-{number}-{each.state}-{hash(self.design) & 2**64 - 1:x}"
        etag = f'"{state}"' if self._validators else None
        return Answer(body, 200, f"text/html; charset={each.declared}", etag)

    def fault(self, path: str) -> Fault | None:
        """Return the fault that `path` is to meet now, if any."""
        return self.faults.meet(path)


# Pages of a letter: t20220617_107.html, …_107_wap.html, …_107_1.html, …_107.html?page=2
_NAME = re.compile(
    r"(?P<name>\d+/t\d+_\d+)(?P<wap>_wap)?(?:_(?P<place>\d{1,2}))?[.]html(?:[?]page=(?P<page>\d+))?"
)
_NOTICES = {"/weihu.html": faults.MAINTENANCE, "/verify/captcha.html": faults.CAPTCHA}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], replica: Replica) -> None:
        self.replica = replica
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up: crawls are killed on purpose."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        replica = self.server.replica
        fault = replica.fault(self.path)
        if fault is not None:
            fault.send(self)
            return
        answer = replica.answer(self.path)
        if answer.etag and self.headers.get("If-None-Match") == answer.etag:
            answer = Answer(b"", 304, answer.content_type, answer.etag)
        replica.sent += len(answer.body)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the replica keeps its own log."""
