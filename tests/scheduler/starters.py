"""Starters of crawls as tests need them: each process does what the name of its source says."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from crawler.job import CrawlJob, Source
from letters.crawl_record import Crawl
from letters.letter import Kind
from scheduler.child_process import GRACE, run_crawl
from scheduler.crawl_starter import CrawlStarter, FreshStarter
from scheduler.warm_starter import WarmStarter

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
LONG = timedelta(seconds=PATIENCE)
CHILD = [sys.executable, str(Path(__file__).with_name("child.py"))]
SERVER = [sys.executable, str(Path(__file__).with_name("child_server.py"))]


def fresh() -> FreshStarter:
    return FreshStarter(CHILD)


def forked(folder: Path) -> WarmStarter:
    """Return a starter whose server writes its id to server.pid, and is outdated by server.new."""
    return WarmStarter([*SERVER, str(folder / "server.new")], fresh(), PATIENCE)


def job(name: str) -> CrawlJob:
    return CrawlJob("sqlite://", Source(name, "某市", Kind.PROPOSAL, "http://127.0.0.1/"))


def unheard(_progress: Mapping[str, int]) -> None:
    pass


def crawl(
    starter: CrawlStarter,
    name: str,
    limit: timedelta = LONG,
    hear: Callable[[Mapping[str, int]], None] = unheard,
    grace: timedelta = GRACE,
) -> Crawl:
    """Run one crawl in a loop of its own."""

    async def run() -> Crawl:
        try:
            return await run_crawl(starter, job(name), limit, hear, grace)
        finally:
            await starter.close()

    return asyncio.run(run())


def is_alive(pid: int) -> bool:
    try:
        said = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):  # it may end between opening and reading
        return False
    return "Z" not in said.rpartition(")")[2].split()[0]


def written_number(path: Path) -> int:
    """Return the number that a process writes to `path`, once it is there."""
    number = eventually(lambda: int(path.read_text("utf-8") or 0) if path.exists() else 0)
    assert number, f"no process wrote its number to {path}"  # 0 would be our own process group
    return number


def eventually(ask: Callable[[], int]) -> int:
    """Return the first answer that is true; one that is not, where none came in time."""
    until = time.monotonic() + PATIENCE
    while not (answer := ask()) and time.monotonic() < until:
        time.sleep(0.02)
    return answer
