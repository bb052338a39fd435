"""A year of nights: crawls over a replica with all its noise and faults, held against the truth.

python -m bench.soak --crawls 300 --letters 300 [--database postgresql+psycopg://host/empty]
"""

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.living import MANNERS, Living, living
from bench.trouble import Trouble
from storage.database.archive import open_archive

VERIFY_EVERY = 10


@dataclass
class Soak:
    """What came of it."""

    living: Living
    outcomes: dict[str, int] = field(default_factory=dict)
    damages: list[str] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)  # every so many crawls
    faults: dict[str, int] = field(default_factory=dict)  # how often each was set

    def is_clean(self) -> bool:
        """Tell whether nothing was lost, invented, doubled, misdated, misfiled or damaged."""
        return self.living.is_true() and not self.damages


def soak(lived: Living, crawls: int, events: int, seed: int, *, quietly: bool = True) -> Soak:
    """Crawl through so many nights; in each at most `events` things happen."""
    came, trouble = Soak(lived), Trouble(lived.replica, seed)
    lived.crawl()
    lived.manners = MANNERS
    nights = (
        range(crawls) if quietly else track(range(crawls), "nights", console=Console(stderr=True))
    )
    for night in nights:
        trouble.night()
        lived.replica.log.clear()
        lived.happen(lived.chance.randint(0, events))
        amid = lived.happen_soon(lived.chance.randint(0, events), within=2.0)
        outcome = str(lived.crawl().outcome)
        amid.join()
        came.outcomes[outcome] = came.outcomes.get(outcome, 0) + 1
        lived.check()
        if night % VERIFY_EVERY == 0:
            came.damages += lived.damages()
            came.samples.append(_sample(lived, night))
    lived.come_to_rest()
    came.damages += lived.damages()
    came.samples.append(_sample(lived, crawls))
    came.faults = dict(sorted(trouble.met.items()))
    return came


def _sample(lived: Living, night: int) -> dict[str, Any]:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "night": night,
        "rss MiB": round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "child peak MiB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
        "database MiB": round(_size(lived) / 2**20, 1),
    }


def _size(lived: Living) -> int:
    """Return the bytes that the database takes."""
    if lived.database.startswith("sqlite:"):
        return (lived.folder / "fuhan.db").stat().st_size
    with (
        closing(open_archive(lived.database, create=False)) as archive,
        archive.reading() as connection,
    ):
        query = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(query).scalar_one())


def main() -> None:
    """Soak and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crawls", type=int, default=300)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--events", type=int, default=4, help="at most so many a night, twice")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="URL of an empty one; else a new file")
    asked = parser.parse_args()
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="fuhan-soak-"))
    lived = living(folder, asked.letters, asked.seed, asked.database)
    came = soak(lived, asked.crawls, asked.events, asked.seed, quietly=False)
    if came.is_clean():
        shutil.rmtree(folder)
    else:
        print(f"the archive is kept in {folder}", file=sys.stderr)
    _show(came)
    told = {"crawls": asked.crawls, "letters": asked.letters, **lived.figures()}
    told |= {"damages": len(came.damages), "outcomes": came.outcomes, "faults": came.faults}
    told |= {"first": came.samples[1], "last": came.samples[-1]}
    print(json.dumps(told | {"seconds": round(time.monotonic() - began)}, ensure_ascii=False))
    print(lived.explain(), *came.damages, sep="\n")
    raise SystemExit(not came.is_clean())


def _show(came: Soak) -> None:
    table = Table(*came.samples[0])
    for sample in came.samples:
        table.add_row(*map(str, sample.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
