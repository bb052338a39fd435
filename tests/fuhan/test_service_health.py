"""What a service says of itself is said by status, too, as the archive can't tell it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import make_url

from fuhan.service_health import service_trouble
from storage.database.process_lock import SERVICE, ProcessLock
from tests.archive_copy import archive_url

WORDS = "the database can't be written: its transactions are read-only"


@contextmanager
def answering(status: int, words: str) -> Iterator[int]:
    """Yield the port at which a service says how it is."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(words.encode())

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_service_says_why_it_is_not_well() -> None:
    with answering(503, f"{WORDS}\n") as port:
        assert service_trouble("127.0.0.1", port) == WORDS
    with answering(200, "ok\n") as port:
        assert service_trouble("127.0.0.1", port) is None
    assert service_trouble("127.0.0.1", port) is None


@pytest.mark.usefixtures("held")
def test_status_passes_on_what_a_service_that_runs_says(
    fuhan: Callable[..., Any], folder: Path
) -> None:
    lock = ProcessLock(make_url(archive_url(folder / "data" / "fuhan.db")), SERVICE)
    with answering(503, f"{WORDS}\n") as port:
        with (folder / "config.yaml").open("a", encoding="utf-8") as config:
            config.write(f"review: {{port: {port}}}\n")
        before = fuhan("status")
        assert lock.take()
        told = fuhan("status")
        lock.release()
    assert (before.code, told.code) == (0, 1)
    assert f"the service is not well: {WORDS}\n" in told.err
    assert WORDS not in before.err
