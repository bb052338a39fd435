"""Archives of both kinds: SQLite in a file, PostgreSQL where one can be had."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlJob, Politeness, Source
from fuhan.crawl_runner import run_crawl_now
from letters.letter import Kind
from replica.compose import compose
from replica.nights import edit
from replica.server import Replica
from scheduler.crawl_starter import FreshStarter
from storage.database.archive import Archive, open_archive
from tests.archive_copy import new_archive
from tests.postgres_server import new_database
from tests.python_server.command import forked_crawl


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database that does not exist or is empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/fuhan.db"
        return
    with new_database(request.getfixturevalue("postgres")) as made:
        yield made


@pytest.fixture(scope="module")
def empty_postgres(postgres: str) -> Iterator[str]:
    """Return the URL of an empty PostgreSQL database for all tests of one module."""
    with new_database(postgres) as made:
        yield made


@pytest.fixture
def archive(url: str, tmp_path: Path) -> Iterator[Archive]:
    is_file = url.startswith("sqlite:")
    opened = new_archive(tmp_path / "fuhan.db") if is_file else open_archive(url, create=True)
    with closing(opened):
        yield opened


@pytest.fixture
def on_postgres(postgres: str) -> Iterator[Archive]:
    """Return an empty archive in PostgreSQL."""
    with (
        new_database(postgres) as url,
        closing(open_archive(url, create=True)) as opened,
    ):
        yield opened


@pytest.fixture(scope="session")
def two_crawls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of nine letters, some with files, one edited between two crawls.

    It is made once for all tests of a process: who writes in it copies it first.
    """
    database = tmp_path_factory.mktemp("two crawls") / "fuhan.db"
    politeness = Politeness(delay=0, concurrency=8, timeout=120)
    with Replica(compose(letters=9, suggestions=0)) as replica:
        listing = replica.listing("proposal")
        source = Source("demo", "演示委员会", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(f"sqlite:///{database}", source, full=True)
        run_crawl_now(FreshStarter(forked_crawl()), job, timedelta(minutes=2))
        edit(replica.directory.documents[0], "401121", "401122")
        run_crawl_now(FreshStarter(forked_crawl()), job, timedelta(minutes=2))
    return database
