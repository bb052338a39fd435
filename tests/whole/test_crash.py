"""A crawl is killed at any moment: nothing that was committed is lost, nothing is doubled."""

import signal
from threading import Event
from typing import Any

from bench.living import wait_for
from replica import faults
from replica.server import Replica

KILLS = 8
PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine


def test_killed_crawls_lose_and_double_nothing(small: tuple[Replica, Any]) -> None:
    """Kill the command that ordered a crawl, as a user or a shell does, after ever more letters.

    The trials kill the crawl's own process: only here it must end because its parent is gone.
    One of four is the product's own command, the others are forked.
    """
    replica, project = small
    held = 0
    for kill in range(KILLS):
        if kill == KILLS // 2:
            project.crawl()
            replica.advance()
        replica.log.clear()
        killed = Event()
        replica.faults.add("/t20", faults.hold(kill * 6, killed))
        crawl = (project if kill % 4 else project.real()).start("crawl")
        _wait_for_letters(replica, kill * 6)
        crawl.send_signal(signal.SIGKILL)
        crawl.communicate()  # until its own process is gone too, which has the same stderr
        killed.set()
        replica.faults.clear()
        project.wait_until_free()
        letters = len(project.rows("letters", "--format", "jsonl"))
        assert letters >= held, "a letter that was committed is lost"
        held = letters
        project.run("verify")
    assert project.crawl()["outcome"] == "complete"
    changes = project.changes("--baseline")
    told = [(change["kind"], change["letter"]["url"], str(change["edits"])) for change in changes]
    assert len(told) == len(set(told)), "a change is told twice"
    assert sum(change["kind"] == "published" for change in changes) == 50
    project.run("verify")


def _wait_for_letters(replica: Replica, count: int) -> None:
    """Wait until a crawl asked for so many letters, or for its directory where it is none."""
    assert wait_for(
        lambda: sum("/t20" in path for path, _ in list(replica.log)) >= count, PATIENCE
    )
    assert wait_for(lambda: len(replica.log) > 0, PATIENCE)
