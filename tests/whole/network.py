"""Servers on loopback that misbehave, and what a crawl's own downloader makes of them."""

import json
import os
import re
import socket
import ssl
import struct
import subprocess
import threading
from atexit import register
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.python_server.command import forked_python
from tests.whole.sites import Site, crawl, job

_FETCHING = str(Path(__file__).with_name("fetching.py"))
_RECORDED = str(Path(__file__).with_name("recorded.py"))
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


Behaving = Callable[[socket.socket], None]


def says(answer: bytes, *, reset: bool = False) -> Behaving:
    """Read a request, send `answer` and hang up, by a reset where one is asked for."""

    def behave(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)
        if reset:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    return behave


def says_nothing(connection: socket.socket) -> None:
    """Read until the other side hangs up."""
    while connection.recv(65536):
        pass


def over_tls(context: ssl.SSLContext, behave: Behaving) -> Behaving:
    def behave_over_tls(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            behave(wrapped)

    return behave_over_tls


@contextmanager
def listening(behave: Behaving) -> Iterator[int]:
    """Listen on a port of loopback and behave so to whoever connects; yield the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):  # the other side would not have it
                behave(connection)

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]


def unused_port() -> int:
    """Return a port at which nobody listens, and which nobody gets who asks for any.

    Who asks for just this one may listen there.
    """
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    register(bound.close)  # it is ours as long as this process lives
    bound.bind(("127.0.0.1", 0))
    port: int = bound.getsockname()[1]
    return port


def fetched(
    urls: Mapping[str, str], variables: Mapping[str, str] | None = None, **politeness: Any
) -> dict[str, Any]:
    """Return what became of each of `urls`, fetched by the crawl's own downloader."""
    patient = {"delay": 0.0, "timeout": 120.0, "retries": 0}
    told = {"urls": urls, "politeness": patient | politeness}
    done = subprocess.run(
        [*forked_python(), _FETCHING],
        input=json.dumps(told),
        env=os.environ | (variables or {}),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def recorded(folder: Path, site: Site, **variables: str) -> tuple[dict[str, Any], set[str]]:
    """Return a crawl, and the names and addresses that its process asked the network for.

    Nothing is cached in its home from another time, and no proxy is named but in `variables`.
    """
    notes, home = folder / "notes", folder / "home"
    home.mkdir()
    none = dict.fromkeys((*_PROXIES, *map(str.lower, _PROXIES)), "")
    fresh = {"HOME": str(home), "XDG_CACHE_HOME": str(home), "TLDEXTRACT_CACHE": str(home)}
    told = job(folder, site.listing)
    crawled = crawl(told, none | fresh | variables, (_RECORDED, str(notes)))
    return crawled, set(notes.read_text("utf-8").split())


def is_plain(reason: str) -> bool:
    """Return whether a reason is one line of words, with no trace of a library in it."""
    return bool(reason) and not re.search(r"[<>\[\]{}\n]|Error|twisted|class|Failure", reason)
