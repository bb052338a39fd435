"""What was looked at can be proved, and what was not is named."""

import json
import signal
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from bench.living import wait_for
from replica import faults
from replica.compose import compose
from replica.server import Replica
from tests.whole.conftest import write_config

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine


def _coverage(project: Any, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = project.rows("coverage", "--format", "jsonl", *words)
    return rows


def test_each_interval_tells_what_was_seen_and_each_hole(small: Any) -> None:
    replica, project = small
    assert _coverage(project) == []
    first = project.crawl()
    path = replica.directory.of("proposal")[3].path
    replica.faults.add(path, faults.status(503))
    second = project.crawl("--full", code=3)
    replica.faults.clear()
    third = project.crawl("--full")

    rows = _coverage(project)
    assert [row["crawl"] for row in rows] == [third["id"], second["id"], first["id"]]
    assert [row["outcome"] for row in rows] == ["complete", "partial", "complete"]
    assert [row["visited"] for row in rows] == [50, 49, 50]
    assert [row["listed"] for row in rows] == [50, 50, 50]
    assert [row["holes"] for row in rows] == [
        [],
        [{"url": replica.url + path, "reason": "HTTP 503"}],
        [],
    ]
    # The letter that was not seen in between went unseen for longest, in both intervals.
    assert rows[0]["longest_gap_url"] == rows[1]["longest_gap_url"] == replica.url + path
    assert rows[0]["longest_gap"] > rows[1]["longest_gap"] > 0
    assert rows[2]["longest_gap"] is None
    bounds = [(row["after"], row["before"]) for row in rows]
    assert [after for after, _ in bounds] == [before for _, before in bounds[1:]] + [None]


def test_a_gap_longer_than_the_sweep_is_marked(tmp_path: Path) -> None:
    with Replica(compose(letters=3, suggestions=0)) as replica:
        listing = replica.listing("proposal")
        project = write_config(tmp_path, listing)
        project.crawl()
        project.crawl("--full")
        assert [row["within_sweep"] for row in _coverage(project)] == [True, None]
        write_config(tmp_path, listing, source="    sweep: {every: 0.000001}")
        assert [row["within_sweep"] for row in _coverage(project)] == [False, None]
        assert "(longer than sweep)" in project.run("coverage", "--format", "table")


def test_a_crawl_that_was_cut_off_is_a_hole(small: Any) -> None:
    replica, project = small
    project.crawl()
    replica.log.clear()
    killed = Event()
    replica.faults.add("/t20", faults.hold(20, killed))
    crawl = project.start("crawl", "--full", "--json")
    assert wait_for(lambda: sum("/t20" in path for path, _ in list(replica.log)) == 20, PATIENCE)
    crawl.send_signal(signal.SIGKILL)
    crawl.communicate()
    killed.set()
    project.wait_until_free()
    replica.faults.clear()
    project.crawl("--full")
    cut = _coverage(project)[1]
    assert cut["outcome"] is None
    assert "cut off" in cut["holes"][0]["reason"]


def test_coverage_is_asked_by_time_and_source(small: Any) -> None:
    _, project = small
    project.crawl()
    assert len(_coverage(project, "--since", "1h", "--source", "proposals")) == 1
    assert _coverage(project, "--since", "2099-01-01") == []
    project.run("coverage", "--source", "nobody", code=2)
    table = project.run("coverage", "--format", "table")
    assert "longest gap" in table
    told = json.loads(project.run("coverage", "--format", "jsonl"))
    assert datetime.fromisoformat(told["before"]).tzinfo is not None
