"""One seed's nights on SQLite, on PostgreSQL and with three workers: the same changes, all true.

python -m bench.stores --nights 30 --hosts 2 --letters 40 --seed 1

The first host lives through the demo's story, the others through events and faults at random.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.night_plan import Plan
from bench.own_postgres import own_postgres
from bench.store_nights import WORKERS, Store, differences_of, live


def main() -> None:
    """Live through the nights and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--hosts", type=int, default=2)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--events", type=int, default=3, help="at most so many a night, twice")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="stores-"))
    plan = Plan(asked.nights, asked.hosts, asked.letters, asked.events, asked.seed)
    with own_postgres(folder / "postgres") as server:
        urls = {"sqlite": f"sqlite:///{folder}/fuhan.db"}
        urls |= {name: server.create_database(name) for name in ("postgresql", WORKERS)}
        began = time.monotonic()
        stores = asyncio.run(live(folder, urls, plan))
        is_right = _show(stores, round(time.monotonic() - began))
    print(f"archives and logs: {folder}")
    raise SystemExit(not is_right)


def _show(stores: Sequence[Store], seconds: int) -> bool:
    """Print how what was told stands to what happened; return whether all of it is right."""
    table = Table("", *(each.name for each in stores))
    figures = [each.figures() for each in stores]
    for name in figures[0]:
        table.add_row(name, *(str(each[name]) for each in figures))
    Console().print(table)
    unlike = differences_of(stores)
    told: dict[str, Any] = {"seconds": seconds, "told otherwise": len(unlike)}
    told |= {store.name: each for store, each in zip(stores, figures, strict=True)}
    print(json.dumps(told, ensure_ascii=False))
    print(*unlike, *(line for each in stores for line in each.wrong()), sep="\n")
    return not unlike and all(store.is_right() for store in stores)


if __name__ == "__main__":
    main()
