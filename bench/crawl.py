"""Measures a first crawl and a recrawl of the replica against a bare Scrapy spider.

Side by side in one run: CPU and peak memory of each process, and the bytes kept for each
letter against the bytes fetched. `python bench/crawl.py [LETTERS]`.
"""

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
from tempfile import TemporaryDirectory

from crawler.job import CrawlJob, Politeness, Source
from letters.letter import Kind

PORT = 8931
LISTING = f"http://127.0.0.1:{PORT}/zwgk/zfxxgkml/jytabl/tagk_53512/"
ROUNDS = 3  # of which the one with the least CPU counts
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    peak: float  # MiB
    said: str  # its last line


def main() -> None:
    """Print the table."""
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    bare = [sys.executable, str(Path(__file__).with_name("bare.py")), LISTING]
    with TemporaryDirectory() as folder, _replica(letters):
        bared = min((_run(bare) for _ in range(ROUNDS)), key=lambda cost: cost.cpu)
        firsts = [_crawl(Path(folder) / f"{each}.db") for each in range(ROUNDS)]
        agains = [_crawl(Path(folder) / "0.db") for _ in range(ROUNDS)]
        _print_table(letters, bared, firsts, agains)
        kept = _size(Path(folder) / f"{ROUNDS - 1}.db")
        fetched = json.loads(firsts[-1].said)["crawl"]["bytes"]
    print(f"\nKept after the first crawl: {kept / letters:,.0f} bytes a letter, everything")
    print(f"included; fetched: {fetched / letters:,.0f}; ratio {kept / fetched:.2f}.")


def _print_table(letters: int, bared: Cost, firsts: list[Cost], agains: list[Cost]) -> None:
    now = datetime.now(UTC).date()
    print(f"{now}, {platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]},")
    print(f"{letters} letters, noise on every page, least of {ROUNDS} rounds\n")
    print("| | CPU s | x bare | wall s | peak MiB |\n| --- | --- | --- | --- | --- |")
    first = min(firsts, key=lambda cost: cost.cpu)
    again = min(agains, key=lambda cost: cost.cpu)
    for name, cost in (("bare spider", bared), ("first crawl", first), ("recrawl", again)):
        ratio = cost.cpu / bared.cpu
        print(f"| {name} | {cost.cpu:.2f} | {ratio:.2f} | {cost.wall:.2f} | {cost.peak:.0f} |")


def _crawl(database: Path) -> Cost:
    politeness = Politeness(delay=0, concurrency=8)
    source = Source("bench", "基准", Kind.PROPOSAL, LISTING, revisits=None, politeness=politeness)
    job = CrawlJob(f"sqlite:///{database}", source)
    return _run([sys.executable, "-P", "-m", "fuhan.crawl_process"], job.to_line())


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
def _replica(letters: int) -> Iterator[None]:
    command = [sys.executable, "-m", "replica", "--port", str(PORT), "--letters", str(letters)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(LISTING)
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
