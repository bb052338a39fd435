"""A crawl is killed at any moment: nothing that was committed is lost, nothing is doubled."""

import random
import signal
import time
from typing import Any

from replica import faults
from replica.server import Replica

KILLS = 8


def test_killed_crawls_lose_and_double_nothing(small: tuple[Replica, Any]) -> None:
    replica, project = small
    chance = random.Random(5)
    held = 0
    for kill in range(KILLS):
        if kill == KILLS // 2:
            project.crawl()
            replica.advance()
        crawl = project.start("crawl")
        time.sleep(chance.uniform(0.6, 1.9))
        crawl.send_signal(signal.SIGKILL)
        crawl.communicate()
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


def test_a_second_crawl_of_a_source_is_refused_naming_the_first(
    small: tuple[Replica, Any], watch: Any
) -> None:
    replica, project = small
    project = watch(project.folder, replica.listing("proposal"), source="    timeout: 60s")
    replica.faults.add("tagk_53512/$", faults.stall(60))
    first = project.start("crawl")
    time.sleep(1.8)
    second = project.start("crawl")
    _, said = second.communicate(timeout=60)
    first.kill()
    first.communicate(timeout=60)
    assert second.returncode == 1
    assert "process" in said
    assert "is crawling it" in said
