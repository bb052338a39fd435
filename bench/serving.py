"""The service over many crawls: its memory and its open files must stay where they were.

python -m bench.serving --crawls 200
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from replica.compose import compose
from replica.server import Replica

CONFIG = """sources:
  - name: proposals
    agency: 重庆市发展和改革委员会
    kind: proposal
    listing: {listing}
    schedule: {{every: 1s}}
crawl: {{delay: 0s, concurrency: 8}}
review: {{port: {port}}}
"""
SAMPLES = 8


def main() -> None:
    """Serve until so many crawls have ended, and print what the process held on the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crawls", type=int, default=200)
    parser.add_argument("--letters", type=int, default=30)
    parser.add_argument("--port", type=int, default=8329)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Replica(compose(asked.letters, 0)) as replica:
        told = CONFIG.format(listing=replica.listing("proposal"), port=asked.port)
        Path(folder, "config.yaml").write_text(told, encoding="utf-8")
        service = subprocess.Popen(
            [sys.executable, "-P", "-m", "fuhan", "-q", "serve"], cwd=folder
        )
        try:
            samples = _watch(service.pid, Path(folder, "data", "fuhan.db"), asked.crawls)
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait()
    table = Table(*samples[0])
    for sample in samples:
        table.add_row(*map(str, sample.values()))
    Console().print(table)
    print(json.dumps({"first": samples[1], "last": samples[-1]}))


def _watch(pid: int, database: Path, crawls: int) -> list[dict[str, float]]:
    samples: list[dict[str, float]] = []
    wanted = [1, *(crawls * part // SAMPLES for part in range(1, SAMPLES + 1))]
    for count in wanted:
        while _ended(database) < count:
            time.sleep(0.2)
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        mib = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        samples.append({"crawls": count, "MiB": round(mib, 1), "files": files})
    return samples


def _ended(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        try:
            query = "SELECT count(*) FROM crawls WHERE outcome IS NOT NULL"
            return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # its tables are not made yet
            return 0


if __name__ == "__main__":
    main()
