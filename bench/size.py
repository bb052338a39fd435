"""How many bytes an archive keeps of the bytes that were fetched, by the number of versions.

Each letter is edited before every crawl but the first, and its page differs by noise besides. An
edit is confirmed by a second request, which is among what was fetched. In the end the archive is
compacted.
`python -m bench.size [--letters N] [--versions N]`.
"""

import argparse
import random
import sqlite3
import sys
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track
from rich.table import Table

from crawler.job import CrawlJob, Politeness, Source
from fuhan.crawl_runner import run_crawl_now
from letters.letter import Kind
from replica.compose import compose
from replica.document import Document
from replica.edits import EDITS
from replica.server import Replica
from scheduler.crawl_starter import FreshStarter
from storage.compaction.compact_source import SourceCompaction
from storage.compaction.vacuum import vacuum
from storage.database.archive import open_archive

CHILD = (sys.executable, "-P", "-m", "fuhan.crawl_process", "-q")
_SMALLEST = 500  # bytes a letter; what is less is not shown
_PAGES = """
SELECT coalesce((SELECT tbl_name FROM sqlite_schema s WHERE s.name = d.name), d.name), sum(pgsize)
FROM dbstat d GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Size:
    """What an archive keeps after a crawl, and what was fetched until then, in bytes."""

    fetched: int
    tables: dict[str, int]  # with their indexes

    @property
    def kept(self) -> int:
        """The bytes of all tables."""
        return sum(self.tables.values())


def main() -> None:
    """Print the bytes kept after one version and after all, by table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=100)
    parser.add_argument("--versions", type=int, default=10)
    asked = parser.parse_args()
    sizes = _measure(asked.letters, asked.versions)
    _print(sizes, asked.letters)


def _measure(letters: int, versions: int) -> list[Size]:
    directory = compose(letters, 0)
    chance = random.Random("size")
    sizes: list[Size] = []
    fetched = 0
    with TemporaryDirectory() as folder, Replica(directory) as replica:
        file = Path(folder, "fuhan.db")
        politeness = Politeness(delay=0, concurrency=8)
        listing = replica.listing("proposal")
        source = Source("size", "某委", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(f"sqlite:///{file}", source, full=True)
        for each in track(range(versions), "crawls", console=Console(stderr=True)):
            if each:
                for document in directory.documents:
                    _edit_once(document, chance)
            fetched += _crawl(job)
            sizes.append(Size(fetched, _tables(file)))
        with closing(open_archive(job.database, create=False)) as archive:
            deque(SourceCompaction(archive, source.name).run(), maxlen=0)
            vacuum(archive)
        sizes.append(Size(fetched, _tables(file)))
    return sizes


def _edit_once(document: Document, chance: random.Random) -> None:
    kinds = chance.sample(EDITS[:7], 7)  # those of the text, which each letter has
    document.state += any(kind(document, chance) for kind in kinds)


def _crawl(job: CrawlJob) -> int:
    return run_crawl_now(FreshStarter(CHILD), job, timedelta(minutes=10)).bytes


def _tables(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute(_PAGES).fetchall())


def _print(sizes: list[Size], letters: int) -> None:
    first, *_, last, compacted = sizes
    shown = first, last, compacted
    table = Table("bytes a letter", "one version", f"{len(sizes) - 1} versions", "compacted")
    for name in sorted(last.tables, key=lambda name: -last.tables[name]):
        if last.tables[name] / letters >= _SMALLEST:
            table.add_row(name, *(f"{each.tables[name] / letters:,.0f}" for each in shown))
    for name in ("kept", "fetched"):
        table.add_row(name, *(f"{getattr(each, name) / letters:,.0f}" for each in shown))
    table.add_row("ratio", *(f"{each.kept / each.fetched:.3f}" for each in shown))
    Console().print(table)


if __name__ == "__main__":
    main()
