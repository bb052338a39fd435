"""Measures crawls of the replica against a bare Scrapy spider, all in one run and in turns.

CPU, wall and peak memory of each process; bytes kept for each letter against the bytes fetched;
and how fast pages of a site are visited again that is 50 ms away.
`python -m bench.crawl`: what else a machine does makes a round dearer, and the median counts.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.distant_site import LATENCY
from crawler.job import CrawlJob, Politeness, Source
from letters.letter import Kind
from storage.database.archive import open_archive
from storage.derived.addresses import known_addresses

NAME = "bench"  # of the source

PORT, STILL_PORT, DISTANT_PORT = 8931, 8932, 8933
CHANNEL = "/zwgk/zfxxgkml/jytabl/tagk_53512/"
MIB = 1024 * 1024
REVISITED, CONNECTIONS = 1050, 10  # of the distant site
BARE, FIRST, RECRAWL, STILL, CONDITIONAL = (
    *("bare spider", "first crawl", "recrawl, all pages read"),
    *("recrawl, all pages served as they were", "recrawl by conditional requests"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    peak: float  # MiB
    said: str  # its last line


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    letters, rounds = asked.letters, asked.rounds
    with TemporaryDirectory() as folder:
        costs = _crawls(Path(folder), letters, rounds)
        _print_table(letters, rounds, costs)
        kept = _size(Path(folder) / "0.db")
        fetched = json.loads(costs[FIRST][0].said)["crawl"]["bytes"]
        print(f"\nKept after a round: {kept / letters:,.0f} bytes a letter, everything")
        print(f"included; fetched once: {fetched / letters:,.0f}; ratio {kept / fetched:.2f}.\n")
        _print_revisits(Path(folder), rounds)


def _crawls(folder: Path, letters: int, rounds: int) -> dict[str, list[Cost]]:
    """Return the costs of each kind of crawl, round by round: all kinds in turns."""
    noisy, still = _listing(PORT), _listing(STILL_PORT)
    bare = [sys.executable, str(Path(__file__).with_name("bare.py")), noisy]
    costs: dict[str, list[Cost]] = {
        name: [] for name in (BARE, FIRST, RECRAWL, STILL, CONDITIONAL)
    }
    with _site("replica", PORT, letters), _site("replica", STILL_PORT, letters, "--still"):
        _crawl(folder / "still.db", still)
        for number in range(rounds):
            database = folder / f"{number}.db"
            costs[BARE].append(_run(bare))
            costs[FIRST].append(_crawl(database, noisy))
            costs[RECRAWL].append(_crawl(database, noisy, full=True))
            costs[STILL].append(_crawl(folder / "still.db", still, full=True))
            costs[CONDITIONAL].append(_crawl(database, noisy))
    return costs


def _print_table(letters: int, rounds: int, costs: dict[str, list[Cost]]) -> None:
    now = datetime.now(UTC).date()
    print(f"{now}, {platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]},")
    print(f"{letters} letters, the median of {rounds} rounds\n")
    print("| | CPU s | x bare | wall s | peak MiB |\n| --- | --- | --- | --- | --- |")
    for name, each in costs.items():
        # Of each round by itself: what else the machine does changes from one to the next.
        ratio = median(one.cpu / bare.cpu for one, bare in zip(each, costs[BARE], strict=True))
        cpu, wall, peak = (
            median(getattr(one, what) for one in each) for what in ("cpu", "wall", "peak")
        )
        print(f"| {name} | {cpu:.2f} | {ratio:.2f} | {wall:.2f} | {peak:.0f} |")


def _print_revisits(folder: Path, rounds: int) -> None:
    """Print how fast the pages of a distant site are visited again, by their URLs."""
    listing, database = _listing(DISTANT_PORT), folder / "distant.db"
    with _site("bench.distant_site", DISTANT_PORT, REVISITED):
        _crawl(database, listing, CONNECTIONS)
        archive = open_archive(f"sqlite:///{database}", create=False)
        with archive.reading() as connection:
            urls = tuple(each.url for each in known_addresses(connection, NAME))
        archive.close()
        print(f"{len(urls)} pages behind {LATENCY * 1000:.0f} ms, {CONNECTIONS} connections\n")
        print("| | pages/s | CPU s | wall s | peak MiB |\n| --- | --- | --- | --- | --- |")
        for name, full in (("conditional requests", False), ("all pages fetched", True)):
            costs = [
                _crawl(database, listing, CONNECTIONS, urls=urls, full=full) for _ in range(rounds)
            ]
            cpu, wall, peak = (
                median(getattr(one, what) for one in costs) for what in ("cpu", "wall", "peak")
            )
            print(f"| {name} | {len(urls) / wall:.0f} | {cpu:.2f} | {wall:.2f} | {peak:.0f} |")


def _listing(port: int) -> str:
    return f"http://127.0.0.1:{port}{CHANNEL}"


def _crawl(database: Path, listing: str, connections: int = 8, **job: Any) -> Cost:
    politeness = Politeness(delay=0, concurrency=connections)
    source = Source(NAME, "基准", Kind.PROPOSAL, listing, revisits=None, politeness=politeness)
    line = CrawlJob(f"sqlite:///{database}", source, **job).to_line()
    return _run([sys.executable, "-P", "-m", "fuhan.crawl_process"], line)


def _run(command: Sequence[str], line: str = "") -> Cost:
    started = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if child.stdin is None or child.stdout is None:
        raise SystemExit("no pipes")
    child.stdin.write(line + "\n")
    child.stdin.flush()
    said = child.stdout.read().strip().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdin.close()
    if child.returncode:
        raise SystemExit(f"{command[-1]} ended with {child.returncode}")
    wall = time.monotonic() - started
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, said[-1])


def _size(database: Path) -> int:
    return sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))


@contextmanager
def _site(module: str, port: int, letters: int, *options: str) -> Iterator[None]:
    command = [sys.executable, "-m", module, "--port", str(port), "--letters", str(letters)]
    server = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for(_listing(port))
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")


if __name__ == "__main__":
    main()
