import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@contextmanager
def serving(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process of a service; it is killed in the end, if it still lives."""
    with (folder / "log").open("ab") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "fuhan", "serve"], cwd=folder, stderr=log
        )
    try:
        yield service
    finally:
        service.kill()
        service.wait()


def seen(folder: Path, text: str, times: int = 1) -> bool:
    """Return whether the log says `text` so often within ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if (folder / "log").exists() and (folder / "log").read_text("utf-8").count(text) >= times:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def watched(folder: Path) -> Path:
    """Return a folder whose configuration watches a source on a port where nobody answers."""
    (folder / "config.yaml").write_text(
        "review: {port: 0}\ncrawl: {delay: 0, retries: 0}\nsources:\n"
        '  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/"}\n'
        '  - {name: town, agency: 某镇, kind: proposal, listing: "http://127.0.0.1:9/town/"}\n',
        "utf-8",
    )
    return folder


def test_a_service_crawls_what_is_due_and_a_restart_doubles_nothing(
    fuhan: Fuhan, watched: Path
) -> None:
    with serving(watched) as service:
        assert seen(watched, "watching 2 sources")
        assert seen(watched, "ended: failed", times=2)
        assert seen(watched, " INFO serving http://127.0.0.1:")
        assert seen(watched, "crawl of city begins")
        service.send_signal(signal.SIGTERM)
        assert service.wait(20) == 0
    with serving(watched) as again:
        assert seen(watched, "watching 2 sources", times=2)
        time.sleep(1)
        again.kill()
    assert len(fuhan("crawls").out.splitlines()) == 2
    assert "begins" not in (watched / "log").read_text("utf-8").rpartition("watching 2")[2]
