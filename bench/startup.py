"""What it costs to start: each command's CPU beside bare Python's, each crawl's first request.

`python bench/startup.py` prints the least of some runs beside the limit that it must keep.
"""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from crawler.job import CrawlJob, Politeness, Source
from fuhan.context import CommandContext
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from replica.background_server import BackgroundServer
from scheduler.child_process import run_crawl
from scheduler.crawl_starter import CrawlStarter
from storage.database.archive import open_archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl

RUNS = 10  # the least counts: what else the machine does makes it more, never less
CONFIG = """\
sources:
  - {name: city, agency: 某市, kind: proposal, listing: "http://127.0.0.1:9/list/"}
"""
PYTHON = [sys.executable, "-c", "pass"]
FUHAN = [str(Path(sys.executable).with_name("fuhan"))]
LIMITS = {"--help": 0.25, "--version": 0.25, "status": 0.5, "status --format table": 0.5}
FIRST_REQUEST = 0.05  # seconds of all processes from a crawl's order to its first request


def main() -> int:
    """Print a line for each command and each way to start a crawl; return 1 where one is too slow."""
    with TemporaryDirectory(prefix="fuhan-startup-") as folder:
        prepare(Path(folder))
        print(f"{'python -c pass':<30} {cpu(PYTHON, folder):.3f} s")
        spent = {words: cpu([*FUHAN, *words.split()], folder) for words in LIMITS}
        fresh, forked = (first_request(folder, is_forked=forked) for forked in (False, True))
    over = [report(f"fuhan {words}", spent[words], LIMITS[words]) for words in LIMITS]
    print(
        f"{'first request, fresh process':<30} {fresh.cpu:.3f} s, by the clock {fresh.wall:.3f} s"
    )
    over.append(report("first request, forked", forked.cpu, FIRST_REQUEST))
    print(f"{'':<30} {forked.wall:.3f} s by the clock")
    return int(any(over))


def report(name: str, seconds: float, limit: float) -> bool:
    """Print what was measured; return whether it is over its limit."""
    over = seconds > limit
    print(f"{name:<30} {seconds:.3f} s, at most {limit:.2f} s{'  over its limit' * over}")
    return over


class Site(BackgroundServer):
    """A site that has nothing, and notes what was spent when it was first asked for it."""

    def __init__(self) -> None:
        self.spent: list[Spent] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.spent.append(spent_now())
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), Handler))

    @property
    def listing(self) -> str:
        """Return the address of a directory that is not there."""
        return f"http://127.0.0.1:{self._server.server_port}/list/"


class Spent(NamedTuple):
    """What was spent up to a moment, in seconds."""

    cpu: float  # of this process and all that descend from it
    wall: float


def spent_now() -> Spent:
    """Return what was spent up to now; a process that has ended is not counted."""
    return Spent(sum(cpu_of(each) for each in descent(os.getpid())), time.monotonic())


def descent(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            yield from descent(int(child))


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that the threads of a process took."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9


def first_request(folder: str, *, is_forked: bool) -> Spent:
    """Return the least that is spent from a crawl's order to its first request."""
    starter = CommandContext().crawl_starter(many=is_forked)
    with Site() as site:
        politeness = Politeness(delay=0, retries=0)
        source = Source("city", "某市", Kind.PROPOSAL, site.listing, politeness=politeness)
        job = CrawlJob(f"sqlite:///{folder}/data/fuhan.db", source)
        archive = open_archive(job.database, create=False)
        with closing(archive), archive.reading():  # as the service has it open
            return asyncio.run(least_spent(starter, job, site))


async def least_spent(starter: CrawlStarter, job: CrawlJob, site: Site) -> Spent:
    """Return the least of all runs but the first, which may start what others are forked from."""
    spent = []
    for _ in range(RUNS + 1):
        site.spent.clear()
        ordered = spent_now()
        await run_crawl(starter, job, timedelta(minutes=1), lambda _: None)
        asked = site.spent[0]
        spent.append(Spent(asked.cpu - ordered.cpu, asked.wall - ordered.wall))
    await starter.close()
    return Spent(*(min(each) for each in zip(*spent[1:], strict=True)))


def prepare(folder: Path) -> None:
    """Make a configuration and an archive in which its source was crawled."""
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    archive = open_archive(f"sqlite:///{folder}/data/fuhan.db", create=True)
    now = datetime.now(UTC)
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, "city", "normal", now)
        end_crawl(connection, crawl_id, CrawlEnd(CrawlOutcome.COMPLETE, now, now, None, {}, []))
    archive.close()


def cpu(command: list[str], folder: str) -> float:
    """Return the seconds of CPU that `command` takes, of all its runs the least."""
    return min(once(command, folder) for _ in range(RUNS))


def once(command: list[str], folder: str) -> float:
    """Return the seconds of CPU that one run takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, env=os.environ | {"COLUMNS": "100"}, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
