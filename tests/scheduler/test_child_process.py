import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Source
from letters.crawl_record import CrawlOutcome, PageError
from letters.letter import Kind
from scheduler.child_process import (
    CrawlBusyError,
    CrawlCrashedError,
    CrawlDeadlineError,
    run_crawl,
)

COMMAND = [sys.executable, str(Path(__file__).with_name("child.py"))]
LONG = timedelta(seconds=120)


def job(name: str) -> CrawlJob:
    return CrawlJob("sqlite://", Source(name, "某市", Kind.PROPOSAL, "http://127.0.0.1/"))


def unheard(_progress: Mapping[str, int]) -> None:
    pass


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def test_a_crawl_tells_its_progress_and_how_it_ended() -> None:
    heard: list[Mapping[str, int]] = []
    crawl = asyncio.run(run_crawl(COMMAND, job("city"), LONG, heard.append))
    assert heard == [{"listed": 60, "visited": 1}]
    assert (crawl.id, crawl.source, crawl.outcome) == (7, "city", CrawlOutcome.PARTIAL)
    assert crawl.errors == (PageError("http://127.0.0.1/a", "timed out"),)
    assert crawl.finished_at is not None
    assert crawl.finished_at - crawl.started_at == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        pytest.param("busy", CrawlBusyError, "busy is being crawled by another", id="busy"),
        pytest.param("crash", CrawlCrashedError, "exit code 1", id="crash"),
        pytest.param("explain", CrawlCrashedError, "off: database is locked", id="explained"),
        pytest.param("babble", CrawlCrashedError, "said b'hello", id="a line that is no JSON"),
    ],
)
def test_a_crawl_that_tells_no_outcome_says_why(
    act: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        asyncio.run(run_crawl(COMMAND, job(act), LONG, unheard))


def test_a_command_that_is_not_there_is_a_crash() -> None:
    with pytest.raises(CrawlCrashedError, match="can't be started"):
        asyncio.run(run_crawl(["/no/such/command"], job("city"), LONG, unheard))


@pytest.mark.parametrize("act", ["hang", "deaf"])
def test_a_crawl_past_its_deadline_is_ended(act: str, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    long, grace = timedelta(seconds=3), timedelta(seconds=0.1)
    with pytest.raises(CrawlDeadlineError, match=r"was ended after 0:00:03"):
        asyncio.run(run_crawl(COMMAND, job(f"{act}:{pid}"), long, unheard, grace))
    assert not is_alive(int(pid.read_text("utf-8")))


def test_a_crawl_that_its_site_slows_down_has_so_much_longer() -> None:
    short = timedelta(seconds=2)
    crawl = asyncio.run(run_crawl(COMMAND, job("slowed"), short, unheard))
    assert crawl.outcome is CrawlOutcome.PARTIAL
    with pytest.raises(CrawlDeadlineError):
        asyncio.run(run_crawl(COMMAND, job("slow"), short, unheard))


def test_a_crawl_whose_parent_is_killed_ends_by_itself(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    program = f"""
import asyncio, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_child_process import COMMAND, LONG, job, run_crawl, unheard
asyncio.run(run_crawl(COMMAND, job("hang:{pid}"), LONG, unheard))
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    child = _eventually(lambda: int(pid.read_text("utf-8")) if pid.exists() else 0)
    parent.kill()
    parent.wait()
    assert _eventually(lambda: not is_alive(child))


def _eventually(ask: Callable[[], int]) -> int:
    """Return the first answer that is true, within a minute."""
    until = time.monotonic() + 60
    while not (answer := ask()) and time.monotonic() < until:
        time.sleep(0.02)
    return answer
