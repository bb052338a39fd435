"""Crawls into PostgreSQL that die: by kill -9, by cut connections, by a server that is killed.

python -m bench.postgres_trials --kills 60 --cuts 60

After each trial one crawl runs undisturbed, and what is told is held against what happened.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.living import Living, living
from bench.own_postgres import OwnPostgres, own_postgres
from bench.trials import LETTERS, at_any_time, at_each_commit, cut_amid, folders_in, report

Trial = Callable[[Living], Counter[str]]


def main() -> None:
    """Make all trials and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--cuts", type=int, default=60, help="of connections, and of the server")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as parent,
        own_postgres(Path(parent, "postgres")) as server,
    ):
        raise SystemExit(_try_all(folders_in(Path(parent)), asked, server))


def _try_all(folders: Iterator[Path], asked: argparse.Namespace, server: OwnPostgres) -> bool:
    trials: dict[str, Trial] = {
        "kill -9 at each commit": lambda lived: at_each_commit(lived, 1),
        "kill -9 at any time": lambda lived: at_any_time(lived, asked.kills, quietly=False),
        "connections cut": lambda lived: cut_amid(
            lived, asked.cuts, lambda: server.cut_connections(lived.database)
        ),
        "server killed": lambda lived: cut_amid(lived, asked.cuts, server.restart),
    }
    failed = False
    for seed, (name, trial) in enumerate(trials.items(), 1):
        database = server.create_database(f"trial_{seed}")
        lived = living(next(folders), LETTERS + 5, seed, database)
        failed |= report(f"{name}, PostgreSQL", trial(lived), lived)
    return failed


if __name__ == "__main__":
    main()
