"""A directory of two letters on loopback that answers as a test says, and one crawl of it."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import PIPE
from typing import Any

from crawler.job import CrawlJob, Politeness, Source
from letters.letter import Kind
from tests.archive_copy import archive_url
from tests.python_server.command import forked_python

LETTERS = ("10000501", "10000502")
LIST_PATH = "/list/"
QUICK = Politeness(delay=0.0, concurrency=4, timeout=120.0, retries=0)

_ROW = '<li><a href="./202206/t20220617_{0}.html" title="第{0}号提案的复函">第{0}号</a></li>'
_PAGE = """<!doctype html><meta charset="utf-8"><meta name="ArticleTitle" content="{0}">
<meta name="PubDate" content="2022-06-17 10:00"><div class="zwxl-article"><div class="TRS_UEDITOR">
<p>赵小华委员：</p><p>您提出的《关于加快园区建设的建议》（第{1}号）收悉。现答复如下：</p>
<p>去年全市完成投资12亿元，比上年增长百分之五，园区道路全部建成通车。</p>
<p>某市发展和改革委员会</p><p>2022年6月7日</p></div></div>"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for one request."""

    body: str | bytes = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)

    def also(self, name: str, value: str) -> "Answer":
        return replace(self, headers=(*self.headers, (name, value)))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]  # names in lower case


ALLOWED = Answer("User-agent: *\nAllow: /\n", headers=(("Content-Type", "text/plain"),))
Answering = Callable[[Asked], Answer | None]  # None: as ever


@dataclass
class Site:
    """What stands at a site, and what was asked of it."""

    url: str = ""
    robots: Answer = ALLOWED
    answering: Answering = lambda _asked: None
    log: list[Asked] = field(default_factory=list)

    @property
    def listing(self) -> str:
        return self.url + LIST_PATH

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def answer(self, asked: Asked) -> Answer:
        self.log.append(asked)
        if (own := self.answering(asked)) is not None:
            return own
        if asked.path == "/robots.txt":
            return self.robots
        return _pages().get(asked.path) or Answer("<html><body>404</body></html>", 404)


def _pages() -> dict[str, Answer]:
    rows = "".join(_ROW.format(number) for number in LETTERS)
    listed = Answer(f'<!doctype html><meta charset="utf-8"><ul class="list">{rows}</ul>')
    found = {LIST_PATH: listed}
    for number in LETTERS:
        page = _PAGE.format(f"关于市政协五届五次会议第{number}号提案的复函", number)
        found[f"{LIST_PATH}202206/t20220617_{number}.html"] = Answer(page)
    return found


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, site: Site, tls: ssl.SSLContext | None) -> None:
        self.site, self.tls = site, tls
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.site.answer(Asked(self.path, headers))
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value.encode().decode("latin-1"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serve(
    site: Site | None = None, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """Serve a site while the context lasts; its URL bears `host`, or localhost over TLS."""
    site = site or Site()
    server = _Server(host, site, tls)
    name = f"[{host}]" if ":" in host else "localhost" if tls else host
    site.url = f"{'https' if tls else 'http'}://{name}:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def job(folder: Path, listing: str, **politeness: Any) -> CrawlJob:
    """Return the crawl of a listing into a database of `folder`."""
    source = Source(
        "city", "某市", Kind.PROPOSAL, listing, politeness=replace(QUICK, **politeness)
    )
    return CrawlJob(archive_url(folder / "fuhan.db"), source)


def crawl(
    told: CrawlJob, variables: Mapping[str, str] | None = None, child: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Run one crawl in its own process, with `variables` in its environment; return it.

    What it has to say it tells its parent: nothing else of any library comes out.
    """
    lines, said = crawl_lines(told, variables, child)
    assert "crawl" in lines[-1], (lines, said)
    assert said == ""
    crawled: dict[str, Any] = lines[-1]["crawl"]
    return crawled


def crawl_lines(
    told: CrawlJob, variables: Mapping[str, str] | None = None, child: tuple[str, ...] = ()
) -> tuple[list[dict[str, Any]], str]:
    """Return each line that a crawl's process told, and what it wrote to stderr."""
    words = child or ("-m", "fuhan.crawl_process")
    process = subprocess.Popen(
        [*forked_python(), *words],
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        text=True,
        env=os.environ | (variables or {}),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(told.to_line() + "\n")
    process.stdin.flush()
    lines = [json.loads(line) for line in process.stdout]
    process.stdin.close()
    said = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    process.wait()
    return lines, said


def reasons(crawled: Mapping[str, Any]) -> list[str]:
    """Return why pages of a crawl got no verdict, in words."""
    return [error["reason"] for error in crawled["errors"]]
