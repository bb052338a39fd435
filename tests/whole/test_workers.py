"""A service and three workers over replicas; one of them is killed amid a crawl. See bench/fleet.py."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bench.fleet import PATIENCE, WORKER, fleet
from bench.living import wait_for
from fuhan.crawl_runner import run_crawl_now
from fuhan.errors import FuhanError
from replica import faults
from replica.compose import compose
from scheduler.crawl_starter import FreshStarter
from storage.database.archive import open_archive
from storage.database.lock import crawl_lock
from tests.archive_copy import archive_url
from tests.postgres_server import new_database
from tests.python_server.command import forked_crawl, forked_fuhan, forked_python


def test_a_killed_worker_loses_doubles_and_invents_nothing(tmp_path: Path, postgres: str) -> None:
    """Only here real workers run real crawls: each source whole, and no host asked by two at once."""
    with (
        new_database(postgres) as url,
        fleet(tmp_path, url, hosts=2, letters=10, confirm=1) as crew,
    ):
        killed = Event()
        for host in crew.hosts:
            host.replica.faults.add("/t20", faults.hold(4, killed))
        crew.manners = crew.manners.replace("timeout: 5s", "timeout: 2m")
        crew.write_config()
        crew.service = forked_fuhan()
        crew.serve()
        crew.work("lost")
        assert wait_for(lambda: crew.is_amid("lost", 0), PATIENCE)
        for name in ("one", "two"):
            crew.work(name, [*forked_python(), WORKER[-1]])
        assert wait_for(lambda: crew.is_amid("lost", 4), PATIENCE)
        crew.kill("lost")
        killed.set()
        for host in crew.hosts:
            host.replica.faults.clear()
        assert crew.await_rest(1)
        for host in crew.hosts:
            host.happen(3)
        assert crew.await_rest(1)
        assert crew.end() == [0, 0, 0]
        crew.check()
        wrong = crew.figures()
        assert set(wrong.values()) == {0}, wrong
        assert sum(host.checker.told for host in crew.hosts) >= 2 * 12
        assert any(each.outcome is None for each in crew.crawls())
        again = re.findall(r"crawl of (\S+) begins", crew.said("one") + crew.said("two"))
        assert len(set(again)) == 4


def test_a_queued_crawl_is_alone_on_its_host_and_one_by_hand_goes_beside_it(
    crawled: Any, tmp_path: Path
) -> None:
    """The lock is the crawl's own: what a lost worker began may still be asking the host."""
    crawled.replica.start_over(compose(letters=12, suggestions=0))  # whatever others left there
    job = replace(crawled.job(), database=archive_url(tmp_path / "fuhan.db"), limit=1)
    starter, limit = FreshStarter(forked_crawl()), timedelta(minutes=2)
    host = crawled.replica.url.removeprefix("http://")
    with (
        closing(open_archive(job.database, create=True)) as archive,
        crawl_lock(archive, f"host {host}"),
    ):
        with pytest.raises(FuhanError, match=f"host {host}: process .*is crawling it"):
            run_crawl_now(starter, replace(job, alone_on_host=True), limit)
        assert run_crawl_now(starter, job, limit).fetched == 1
