"""changedetection.io as a tool of bench.peers: a service that is driven by its API, and alerts by HTTP."""

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from bench.living import wait_for
from bench.tools import Cost, free_port

PATIENCE = 600.0  # seconds for one round
QUIET = 10.0  # seconds without an alert, after which none comes any more
_TICKS = os.sysconf("SC_CLK_TCK")
_LETTER = re.compile(r"_(\d+)\.html")


@dataclass
class ChangeDetection:
    """The service, its watches, and the alerts that it sent."""

    program: str
    folder: Path
    urls: Sequence[str]
    element: str  # what of each page is compared, as CSS
    alerts: list[str] = field(default_factory=list)  # URLs, as they came

    def __post_init__(self) -> None:
        self._port = free_port()
        self._inbox = _Inbox(self.alerts)
        self._start("-C", "-P", "true")  # what it watches by default is elsewhere: paused
        for uuid in self._ask("GET", "/watch"):
            self._ask("DELETE", f"/watch/{uuid}")
        self._end()
        self._start("-P", "false")

    def run(self) -> Cost:
        """Check each page once; return what it took, and a line for each alert."""
        began, before, alerts = time.monotonic(), self._cpu(), len(self.alerts)
        self._check()
        if not wait_for(self._is_done, PATIENCE, pause=0.2):
            raise TimeoutError("changedetection.io does not get through")
        wall, cpu = time.monotonic() - began, self._cpu() - before
        self._await_quiet()
        return Cost(wall, cpu, self._peak(), "\n".join(self.alerts[alerts:]))

    def run_killed(self, is_time: Callable[[], bool]) -> str:
        """Check each page, kill the service in the middle and start it again; return its alerts."""
        alerts = len(self.alerts)
        self._check()
        wait_for(is_time, PATIENCE)
        self._process.kill()
        self._process.wait()
        self._start()
        return "\n".join(self.alerts[alerts:])

    def close(self) -> None:
        """End the service."""
        self._end()
        self._inbox.close()

    def _end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        if not wait_for(lambda: self._process.poll() is not None, 10):
            self._process.kill()
        self._process.wait()

    def _start(self, *more: str) -> None:
        data, log = self.folder / "data", self.folder / "log"
        command = [self.program, "-d", str(data), "-h", "127.0.0.1", "-p", str(self._port)]
        ours = {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "FETCH_WORKERS": "8"}
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                [*command, "-l", "ERROR", *more],
                env=os.environ | ours,
                cwd=self.folder,
                stdout=said,
                stderr=said,
            )
        if not wait_for(self._answers, 120, pause=0.5):
            raise TimeoutError("changedetection.io does not answer")

    def _check(self) -> None:
        """Have all pages checked, by watches that are made the first time."""
        self._since = time.time()
        if self._ask("GET", "/watch"):
            self._ask("GET", "/watch?recheck_all=1")
            return
        for url in self.urls:
            watch = {
                "url": url,
                "include_filters": [self.element],
                "fetch_backend": "html_requests",
            }
            self._ask("POST", "/watch", watch | {"notification_urls": [self._inbox.url]})

    def _is_done(self) -> bool:
        watches = self._ask("GET", "/watch").values()
        return len(watches) == len(self.urls) and all(
            each["last_checked"] >= int(self._since) for each in watches
        )

    def _await_quiet(self) -> None:
        count = -1
        while count != len(self.alerts):
            count = len(self.alerts)
            time.sleep(QUIET)

    def _answers(self) -> bool:
        try:
            self._ask("GET", "/watch")
        except (OSError, KeyError, ValueError):
            return False
        return True

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        settings = json.loads((self.folder / "data" / "changedetection.json").read_text("utf-8"))
        key = settings["settings"]["application"]["api_access_token"]
        headers = {"x-api-key": key, "Content-Type": "application/json"}
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            connection.request(method, f"/api/v1{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return json.loads(answer.read() or b"null")

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS

    def _peak(self) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0


def letters_of(said: str) -> list[str]:
    """Return the names of the letters in the URLs of alerts, as often as they are there."""
    return _LETTER.findall(said)


class _Inbox:
    """Where alerts are sent to."""

    def __init__(self, alerts: list[str]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                alerts.extend(set(re.findall(r"https?://[^\s\"'\\<>]+\.html", said)))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"json://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
