"""What befalls crawls under a service: one is killed, one hangs past its deadline."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from os import kill
from pathlib import Path
from subprocess import Popen
from threading import Event, Thread
from typing import Any

import pytest

from bench.living import wait_for
from fuhan.crawl_runner import run_crawl_now
from fuhan.errors import FuhanError
from replica import faults
from replica.server import Replica
from scheduler.crawl_starter import FreshStarter
from tests.python_server.command import forked_crawl
from tests.whole.serving import serving

PATIENCE = 120  # seconds for what comes within a few on an idle machine


@dataclass
class Listener:
    """Keeps what a service says from now on."""

    service: Popen[str]
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        for line in self.service.stderr or ():
            self.lines.append(line)

    def end(self) -> None:
        """Wait for the end of the service, and of what it says."""
        assert self.service.wait(PATIENCE) == 0
        self._thread.join()
        for stream in filter(None, (self.service.stdout, self.service.stderr)):
            stream.close()

    def hears(self, *words: str) -> bool:
        """Return whether lines with these words come in time."""
        return wait_for(
            lambda: all(any(word in line for line in self.lines) for word in words), PATIENCE
        )


def children(pid: int) -> Iterator[int]:
    """Yield the processes that this one has started (Linux)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            if stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1] == str(pid):
                yield int(stat.parent.name)


def test_a_crawl_that_is_killed_under_a_service_is_reported_and_taken_up_again(
    small: tuple[Replica, Any],
) -> None:
    """Only here a crawl's own process dies under the real command, which goes on."""
    replica, project = small
    config = project.folder / "config.yaml"
    config.write_text(
        config.read_text("utf-8").replace("    kind:", "    schedule: {every: 5s}\n    kind:")
    )
    with config.open("a", encoding="utf-8") as more:
        more.write("review: {port: 0}\n")
    gate = Event()
    replica.faults.add("/t20", faults.hold(20, gate))
    service, _ = serving(project.real())
    heard = Listener(service)
    assert wait_for(lambda: sum("/t20" in path for path, _ in list(replica.log)) >= 20, PATIENCE)
    (crawl,) = (each for child in children(service.pid) for each in children(child))
    kill(crawl, signal.SIGKILL)
    assert heard.hears("ERROR crawl of proposals")
    gate.set()
    replica.faults.clear()
    assert heard.hears("crawl of proposals: complete, 50 listed")
    service.send_signal(signal.SIGTERM)
    heard.end()
    assert len(project.changes("--baseline")) == 50
    project.run("verify")


def test_a_crawl_of_a_directory_that_drips_is_ended_and_the_next_one_is_whole(
    story: Any,
) -> None:
    job = story.quick.job()
    replica, starter = story.quick.replica, FreshStarter(forked_crawl())
    replica.faults.add(".", faults.drip(1, 0.05))
    with pytest.raises(FuhanError, match="was ended after"):
        run_crawl_now(starter, job, timedelta(seconds=1))
    replica.faults.clear()
    story.project.wait_until_free()  # what was forked ends a moment after its command
    assert run_crawl_now(starter, job, timedelta(seconds=PATIENCE)).outcome == "complete"
    story.quick.assert_sound()
