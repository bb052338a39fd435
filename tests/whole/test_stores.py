"""The same nights on SQLite, on PostgreSQL and with three workers, in a bounded form; see bench/stores.py."""

import asyncio
from pathlib import Path

from bench.fleet import WORKER
from bench.night_plan import Plan
from bench.store_nights import WORKERS, Programs, differences_of, live
from scheduler.crawl_starter import FreshStarter
from tests.postgres_server import new_database
from tests.python_server.command import forked_crawl, forked_python

PLAN = Plan(
    nights=3, hosts=0, story=(60, 0), confirm=1, timeout="2m"
)  # the nights of the demo alone


def test_the_same_nights_are_told_alike_on_all_stores_and_as_they_were(
    tmp_path: Path, postgres: str
) -> None:
    """Only here the demo's story is crawled by workers, and what each store tells compared."""
    programs = Programs(FreshStarter(forked_crawl()), [*forked_python(), WORKER[-1]])
    with new_database(postgres) as alone, new_database(postgres) as queued:
        urls = {"sqlite": f"sqlite:///{tmp_path}/fuhan.db", "postgresql": alone, WORKERS: queued}
        stores = asyncio.run(live(tmp_path, urls, PLAN, programs))
        assert differences_of(stores) == []
        for store in stores:
            assert store.is_right(), (store.name, store.figures())
            assert store.figures()["told"] == 60 + 10 + 4 + 2
