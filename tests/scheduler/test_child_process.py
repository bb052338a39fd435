"""A crawl's process, started afresh or forked: what it reports, and how it ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from letters.crawl_record import CrawlOutcome, PageError
from scheduler.child_process import CrawlBusyError, CrawlCrashedError, CrawlDeadlineError
from scheduler.crawl_starter import CrawlStarter, FreshStarter
from scheduler.forked_child import ForkedChild
from tests.scheduler.starters import (
    crawl,
    eventually,
    forked,
    fresh,
    is_alive,
    written_number,
)

# A deadline counts from the order: on a busy machine a process may not have begun by the first one.
LIMITS = [timedelta(seconds=seconds) for seconds in (1, 10, 100)]


@pytest.fixture(params=["fresh", "forked"])
def starter(request: pytest.FixtureRequest, tmp_path: Path) -> CrawlStarter:
    return fresh() if request.param == "fresh" else forked(tmp_path)


def test_a_crawl_tells_its_progress_and_how_it_ended(starter: CrawlStarter) -> None:
    heard: list[Mapping[str, int]] = []
    told = crawl(starter, "city", hear=heard.append)
    assert heard == [{"listed": 60, "visited": 1}]
    assert (told.id, told.source, told.outcome) == (7, "city", CrawlOutcome.PARTIAL)
    assert told.errors == (PageError("http://127.0.0.1/a", "timed out"),)
    assert told.finished_at is not None
    assert told.finished_at - told.started_at == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        pytest.param("busy", CrawlBusyError, "busy is being crawled by another", id="busy"),
        pytest.param("crash", CrawlCrashedError, "exit code 1", id="crash"),
        pytest.param("crash natively", CrawlCrashedError, "exit code -11", id="native crash"),
        pytest.param("explain", CrawlCrashedError, "off: database is locked", id="explained"),
        pytest.param("babble", CrawlCrashedError, "said b'hello", id="a line that is no JSON"),
    ],
)
def test_a_crawl_that_tells_no_outcome_says_why(
    starter: CrawlStarter, act: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        crawl(starter, act)


def test_a_command_that_is_not_there_is_a_crash() -> None:
    with pytest.raises(CrawlCrashedError, match="can't be started"):
        crawl(FreshStarter(["/no/such/command"]), "city")


@pytest.mark.parametrize("act", ["hang", "deaf"])
def test_a_crawl_past_its_deadline_is_ended(
    starter: CrawlStarter, act: str, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    for limit in LIMITS:
        with pytest.raises(CrawlDeadlineError, match=f"was ended after {limit}"):
            crawl(starter, f"{act}:{pid}", limit, grace=timedelta(seconds=0.1))
        if pid.exists() and pid.read_text("utf-8"):
            break
    assert not is_alive(int(pid.read_text("utf-8")))


class ReportedLate(ForkedChild):
    """A process that has ended, which is reported once it has been sent SIGKILL."""

    def kill(self) -> None:
        try:
            super().kill()
        finally:
            self.report_end(-signal.SIGTERM)


def ended_process() -> int:
    """Return the descriptor of a process that has ended and been waited for."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return os.pidfd_open(process.pid)


class LateStarter:
    """Starts what is reported late."""

    async def start(self) -> ReportedLate:
        ours, theirs = socket.socketpair()
        theirs.close()
        stdout, stdin = await asyncio.open_unix_connection(sock=ours)
        return ReportedLate(stdin, stdout, ended_process())

    async def close(self) -> None:
        pass


def test_a_crawl_past_its_deadline_whose_end_is_reported_late_is_as_any_other() -> None:
    with pytest.raises(CrawlDeadlineError):
        crawl(LateStarter(), "city", timedelta(0), grace=timedelta(0))


def test_a_crawl_that_its_site_slows_down_has_so_much_longer(starter: CrawlStarter) -> None:
    for limit in LIMITS:
        late = limit.total_seconds() + 1
        with suppress(CrawlDeadlineError):
            assert crawl(starter, f"slowed:{late}", limit).outcome is CrawlOutcome.PARTIAL
            return
    pytest.fail("it was ended at its deadline")


def test_a_crawl_that_is_slow_by_itself_has_no_longer() -> None:
    with pytest.raises(CrawlDeadlineError):
        crawl(fresh(), "slow", timedelta(seconds=1))


def test_a_crawl_is_a_process_of_its_own_whatever_starts_it(
    starter: CrawlStarter, tmp_path: Path
) -> None:
    heard: list[Mapping[str, object]] = []
    crawl(starter, "describe", hear=heard.append)
    assert {**heard[-1]} == {
        "files": ["0", "1", "2"],
        "leads its group": True,
        "heeds SIGTERM": True,
        "threads": 2,  # one waits for the end of its input
        "parent": os.getpid() if starter == fresh() else written_number(tmp_path / "server.pid"),
    }


@pytest.mark.parametrize(
    ("made", "act"),
    [
        pytest.param("fresh()", "hang", id="fresh"),
        pytest.param("forked(folder)", "hang", id="forked"),
        pytest.param("forked(folder)", "stuck", id="forked, and heeds nothing any more"),
    ],
)
def test_a_crawl_whose_parent_is_killed_ends(tmp_path: Path, made: str, act: str) -> None:
    program = f"""
from pathlib import Path
from tests.scheduler.starters import crawl, forked, fresh
folder = Path({str(tmp_path)!r})
crawl({made}, "{act}:{tmp_path}/pid")
"""
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    left = [written_number(tmp_path / "pid")]
    if made != "fresh()":
        left.append(written_number(tmp_path / "server.pid"))
    parent.kill()
    parent.wait()
    assert eventually(lambda: not any(map(is_alive, left)))
