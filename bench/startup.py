"""What it costs to start the command line: CPU seconds beside its limit and beside bare Python."""

import os
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from letters.crawl_record import CrawlOutcome
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


def main() -> int:
    """Print a line for each command; return 1 where one is over its limit."""
    with TemporaryDirectory(prefix="fuhan-startup-") as folder:
        prepare(Path(folder))
        print(f"{'python -c pass':<30} {cpu(PYTHON, folder):.3f} s")
        spent = {words: cpu([*FUHAN, *words.split()], folder) for words in LIMITS}
    for words, seconds in spent.items():
        over = "  over its limit" * (seconds > LIMITS[words])
        print(f"{f'fuhan {words}':<30} {seconds:.3f} s, at most {LIMITS[words]:.2f} s{over}")
    return int(any(seconds > LIMITS[words] for words, seconds in spent.items()))


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
