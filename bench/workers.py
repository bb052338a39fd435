"""Workers killed at random through many crawls, the database restarted on the way: nothing lost.

python -m bench.workers --crawls 200 --hosts 4 --workers 3 --restarts 2
"""

import argparse
import json
import random
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.fleet import PATIENCE, Fleet, fleet
from bench.living import wait_for
from bench.own_postgres import OwnPostgres, own_postgres

CRAWLS_PER_KILL = 3


def main() -> None:
    """Run the fleet until so many crawls have ended, then print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crawls", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=4)
    parser.add_argument("--letters", type=int, default=20)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--restarts", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="workers-"))
    began = time.monotonic()
    with (
        own_postgres(folder / "postgres") as server,
        fleet(folder, server.url, asked.hosts, asked.letters, asked.seed) as crew,
    ):
        figures = _live(crew, asked, server)
    figures["seconds"] = round(time.monotonic() - began)
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
    print(json.dumps(figures))
    print(f"logs: {folder}")
    sys.exit(any(figures[name] for name in WRONG))


WRONG = (
    "lost",
    "invented",
    "doubled",
    "misdated",
    "misfiled",
    "at once",
    "interleaved",
    "damages",
)


def _live(crew: Fleet, asked: argparse.Namespace, server: OwnPostgres) -> dict[str, int]:
    """Let workers work and die until so many crawls ended; return the figures of it."""
    chance = random.Random(f"workers {asked.seed}")
    crew.serve()
    for number in range(asked.workers):
        crew.work(f"worker-{number}")
    kills = restarts = ended = 0
    while ended < asked.crawls:
        name = f"worker-{chance.randrange(asked.workers)}"
        if wait_for(partial(crew.has_begun, name), PATIENCE):
            time.sleep(chance.uniform(0, 2))
            crew.kill(name)
            crew.work(name)
            kills += 1
        crew.check()
        for host in crew.hosts:
            host.happen(chance.randint(0, 2))
        crew.await_crawls(ended + CRAWLS_PER_KILL)
        ended = crew.ended()
        if restarts < asked.restarts and ended > asked.crawls * (restarts + 1) / (
            asked.restarts + 1
        ):
            server.restart()
            restarts += 1
        print(f"{ended} crawls ended, {kills} kills, {restarts} restarts", file=sys.stderr)
    crew.await_rest()
    codes = crew.end()
    crew.check()
    crawls = crew.crawls()
    return {
        "crawls": len(crawls),
        "complete": sum(each.outcome == "complete" for each in crawls),
        "cut off": sum(each.outcome is None for each in crawls),
        "kills": kills,
        "restarts": restarts,
        "told": sum(host.checker.told for host in crew.hosts),
        **crew.figures(),
        "bad exit codes": sum(code != 0 for code in codes),
    }


if __name__ == "__main__":
    main()
