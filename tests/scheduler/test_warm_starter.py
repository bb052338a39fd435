"""Whatever becomes of the process from which crawls are forked, each crawl is run."""

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from letters.crawl_record import Crawl, CrawlOutcome
from scheduler.child_process import CrawlCrashedError, run_crawl
from scheduler.warm_starter import WarmStarter
from tests.scheduler.starters import (
    LONG,
    PATIENCE,
    SERVER,
    eventually,
    forked,
    fresh,
    is_alive,
    job,
    unheard,
    written_number,
)


async def parent_of_a_crawl(starter: WarmStarter) -> int:
    """Return from which process a crawl was forked."""
    heard: list[Mapping[str, int]] = []
    await run_crawl(starter, job("describe"), LONG, heard.append)
    return heard[-1]["parent"]


async def crawl_to_be_released(
    starter: WarmStarter, pipe: Path
) -> tuple[Callable[[], None], asyncio.Task[Crawl]]:
    """Begin a crawl that goes on until it is released; return what does so, and the crawl."""
    os.mkfifo(pipe)
    released = f"released:{pipe}"
    running = asyncio.create_task(run_crawl(starter, job(released), LONG, unheard))
    writing = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)  # waits for its reader
    return partial(os.close, writing), running


def test_all_crawls_are_forked_from_one_process(tmp_path: Path) -> None:
    async def crawls() -> None:
        starter = forked(tmp_path)
        parents = await asyncio.gather(*(parent_of_a_crawl(starter) for _ in range(3)))
        with pytest.raises(CrawlCrashedError, match="-11"):
            await run_crawl(starter, job("crash natively"), LONG, unheard)
        assert {*parents, await parent_of_a_crawl(starter)} == {parents[0]}
        await starter.close()
        assert not is_alive(parents[0])

    asyncio.run(crawls())


def test_a_server_that_is_killed_takes_no_crawl_along_and_another_one_follows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def crawls() -> Crawl:
        starter = forked(tmp_path)
        first = await parent_of_a_crawl(starter)
        release, running = await crawl_to_be_released(starter, tmp_path / "release")
        os.kill(first, signal.SIGKILL)
        assert await parent_of_a_crawl(starter) != first
        release()
        crawl = await running
        await starter.close()
        return crawl

    assert asyncio.run(crawls()).outcome is CrawlOutcome.PARTIAL
    assert "the process that crawls are forked from ended with exit code -9" in caplog.text


def test_a_crawl_that_crashes_after_its_server_says_that_its_exit_code_is_unknown(
    tmp_path: Path,
) -> None:
    async def crawls() -> None:
        starter = forked(tmp_path)
        running = asyncio.create_task(
            run_crawl(starter, job(f"hang:{tmp_path}/pid"), LONG, unheard)
        )
        child = await asyncio.to_thread(written_number, tmp_path / "pid")
        server = await asyncio.to_thread(written_number, tmp_path / "server.pid")
        os.kill(server, signal.SIGKILL)
        assert await asyncio.to_thread(eventually, lambda: not is_alive(server))
        os.kill(child, signal.SIGKILL)
        with pytest.raises(CrawlCrashedError, match="ended with an unknown exit code and no"):
            await running
        await starter.close()

    asyncio.run(crawls())


def test_a_server_that_hangs_is_ended_and_the_crawl_started_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crawls() -> None:
        starter = forked(tmp_path)
        first = await parent_of_a_crawl(starter)
        assert first != os.getpid()
        monkeypatch.setattr(starter, "_patience", 0.5)  # not before: a server takes long to start
        os.kill(first, signal.SIGSTOP)
        assert await parent_of_a_crawl(starter) != first
        assert not is_alive(first)
        await starter.close()

    asyncio.run(crawls())


def test_where_no_server_runs_crawls_are_started_afresh(caplog: pytest.LogCaptureFixture) -> None:
    starter = WarmStarter([sys.executable, "-c", "raise SystemExit(3)"], fresh())
    assert asyncio.run(parent_of_a_crawl(starter)) == os.getpid()
    assert "ended with exit code 3" in caplog.text
    assert "a crawl could not be forked: its process is started afresh" in caplog.text


def test_after_an_upgrade_crawls_are_forked_from_what_is_on_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The outdated server stays until the last crawl that was forked from it has ended."""
    caplog.set_level(logging.INFO)

    async def crawls() -> None:
        starter = forked(tmp_path)
        first = await parent_of_a_crawl(starter)
        release, running = await crawl_to_be_released(starter, tmp_path / "release")
        (tmp_path / "server.new").touch()
        second = await parent_of_a_crawl(starter)
        assert second != first
        assert await parent_of_a_crawl(starter) == second
        release()
        assert (await running).outcome is CrawlOutcome.PARTIAL
        assert await asyncio.to_thread(eventually, lambda: not is_alive(first))
        await starter.close()

    asyncio.run(crawls())
    assert caplog.text.count("fuhan was changed on disk: crawls are forked from what") == 1


def test_a_crawl_that_is_cancelled_while_it_is_ordered_leaves_no_process(tmp_path: Path) -> None:
    async def crawls() -> None:
        starter = forked(tmp_path)
        await parent_of_a_crawl(starter)
        ordered = asyncio.create_task(run_crawl(starter, job("hang"), LONG, unheard))
        await asyncio.sleep(0)
        ordered.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ordered
        server = written_number(tmp_path / "server.pid")
        children = Path(f"/proc/{server}/task/{server}/children")
        await parent_of_a_crawl(starter)
        assert await asyncio.to_thread(eventually, lambda: not children.read_text("ascii"))
        await starter.close()

    asyncio.run(crawls())


def test_a_system_that_allows_no_more_processes_is_named(tmp_path: Path) -> None:
    program = """
import sys
from scheduler.fork_server import ForkServer
def fail():
    raise OSError(11, "Resource temporarily unavailable")
sys.exit(ForkServer(fail, int).serve())
"""
    (tmp_path / "server.py").write_text(program, "utf-8")
    command = [sys.executable, str(tmp_path / "server.py")]

    async def crawls() -> None:
        starter = WarmStarter(command, fresh())
        with pytest.raises(
            CrawlCrashedError, match=r"can't be started: .*temporarily unavailable"
        ):
            await run_crawl(starter, job("city"), LONG, unheard)
        await starter.close()

    asyncio.run(crawls())


def test_a_server_whose_parent_is_killed_with_answers_unread_ends_all_that_it_forked(
    tmp_path: Path,
) -> None:
    """The system then resets the socket of orders, where it closes it otherwise."""
    ours, orders = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent, crawl = socket.socketpair()
    command = [*SERVER, str(tmp_path / "server.new")]
    with subprocess.Popen(command, stdin=orders, stderr=subprocess.PIPE) as server, parent:
        socket.send_fds(ours, [b"1"], [crawl.fileno()])
        parent.sendall(f"{job(f'stuck:{tmp_path}/pid').to_line()}\n".encode())
        crawling = written_number(tmp_path / "pid")
        for each in (orders, crawl, ours):
            each.close()
        assert server.wait(PATIENCE) == 0
        assert server.stderr
        assert server.stderr.read() == b""
    assert eventually(lambda: not is_alive(crawling))
