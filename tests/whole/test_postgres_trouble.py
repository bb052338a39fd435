"""A PostgreSQL server that goes, comes back, or refuses: one clear line, nothing lost, and on it goes."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import make_url

from crawler.job import CrawlJob, Politeness, Source
from fuhan.archive_audit import audit
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from replica import faults
from replica.compose import compose
from replica.server import Replica
from scheduler.child_process import CrawlCrashedError, run_crawl
from scheduler.crawl_starter import FreshStarter
from scheduler.local_crawls import LocalCrawls
from scheduler.service import Service
from storage import queries
from storage.database.archive import Archive, ArchiveError, open_archive, read_archive
from storage.database.lock import cut_off
from tests.postgres_server import OwnServer, new_database
from tests.python_server.command import forked_crawl

LETTERS = 12
LONG = timedelta(minutes=10)
SECRET = "geheim"  # noqa: S105 - it must be nowhere


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """Yield a server that tests may stop."""
    with OwnServer.running() as own:
        yield own


@pytest.fixture
def url(server: OwnServer) -> Iterator[str]:
    with new_database(server.url) as made:
        open_archive(made, create=True).close()
        yield made


def job(url: str, replica: Replica) -> CrawlJob:
    politeness = Politeness(delay=0.0, concurrency=2, timeout=120)
    source = Source(
        "city", "某委", Kind.PROPOSAL, replica.listing("proposal"), politeness=politeness
    )
    return CrawlJob(url, source, full=True, creates=False)


def crawl(told: CrawlJob, on_progress: Any = lambda _: None) -> Any:
    return asyncio.run(run_crawl(FreshStarter(forked_crawl()), told, LONG, on_progress))


def test_a_crawl_whose_server_stops_ends_and_the_next_one_completes_it(
    server: OwnServer, url: str
) -> None:
    stopped = Event()

    def stop_amid(progress: dict[str, int]) -> None:
        if progress.get("visited", 0) >= 3 and not stopped.is_set():
            server.stop()
            stopped.set()

    def answer_later(handler: Any) -> None:
        stopped.wait()
        as_ever(handler)

    with Replica(compose(letters=LETTERS, suggestions=0)) as replica:
        as_ever = faults.altered(bytes)
        replica.faults.add("/t20", as_ever, times=LETTERS // 2)
        replica.faults.add("/t20", answer_later)
        with pytest.raises(CrawlCrashedError, match=r"^crawl of city broke off: [^\n]+$"):
            crawl(job(url, replica), stop_amid)
        replica.faults.clear()
        server.start()
        with closing(open_archive(url, create=False)) as archive:
            assert len(cut_off(archive)) == 1
            assert 0 < len(published(archive)) < LETTERS
            assert crawl(job(url, replica)).outcome is CrawlOutcome.COMPLETE
            assert len(published(archive)) == len(set(published(archive))) == LETTERS
            assert audit(archive).damages == []


def published(archive: Archive) -> list[str]:
    with archive.reading() as connection:
        return [each.letter.url for each in queries.changes(connection, queries.ChangeFilter())]


def test_a_service_whose_server_stops_says_so_and_goes_on_when_it_is_back(
    server: OwnServer, url: str
) -> None:
    with closing(open_archive(url, create=False)) as archive:
        asyncio.run(
            _outlive(Service(archive, [], LocalCrawls(FreshStarter(forked_crawl()))), server)
        )


async def _outlive(service: Service, server: OwnServer) -> None:
    service.start()
    assert service.trouble() is None
    server.stop()
    trouble = service.trouble()
    assert trouble is not None
    assert trouble.startswith("the database can't be read: ")
    assert "\n" not in trouble
    server.start()
    assert service.trouble() is None
    await service.stop(timedelta(0))


@pytest.mark.parametrize(
    ("altered", "words"),
    [
        pytest.param({"database": "nowhere"}, 'database "nowhere" does not exist', id="missing"),
        pytest.param({"username": "locked"}, "authentication failed", id="a wrong password"),
        pytest.param({"username": "nobody"}, "authentication failed", id="an unknown role"),
        pytest.param({"username": "busy"}, "too many connections", id="out of connections"),
        pytest.param({"host": "127.0.0.1", "port": 9, "query": {}}, "refused", id="no server"),
    ],
)
def test_why_a_database_cannot_be_opened_is_one_line_without_the_password(
    server: OwnServer, url: str, altered: dict[str, Any], words: str
) -> None:
    server.ask_for_passwords("locked", "nobody")
    server.execute(
        "CREATE ROLE busy LOGIN CONNECTION LIMIT 0", "CREATE ROLE locked LOGIN PASSWORD 'x'"
    )
    where = make_url(url).set(password=SECRET).set(**altered)
    try:
        for opened in (read_archive, lambda text: open_archive(text, create=True)):
            with pytest.raises(ArchiveError) as error:
                opened(where.render_as_string(hide_password=False))
            assert words in str(error.value)
            assert SECRET not in str(error.value)
            assert "\n" not in str(error.value)
    finally:
        server.execute("DROP ROLE busy", "DROP ROLE locked")


def test_a_database_that_cannot_hold_chinese_is_refused(server: OwnServer) -> None:
    server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    latin = make_url(server.url).set(database="latin").render_as_string(hide_password=False)
    with pytest.raises(ArchiveError, match=r"/latin.*: must be of encoding UTF8, not LATIN1$"):
        open_archive(latin, create=True)


def test_where_nothing_can_be_written_a_crawl_says_so_and_what_is_kept_is_read(
    server: OwnServer, url: str
) -> None:
    with Replica(compose(letters=LETTERS, suggestions=0)) as replica:
        crawl(job(url, replica))
        server.execute(
            f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on"
        )
        with pytest.raises(CrawlCrashedError, match=r"broke off: .*read-only transaction$"):
            crawl(job(url, replica))
    with closing(read_archive(url)) as archive:
        assert len(published(archive)) == LETTERS
        assert audit(archive).damages == []


def test_an_older_archive_that_cannot_be_written_says_that_it_must_be(
    server: OwnServer, url: str
) -> None:
    with closing(open_archive(url, create=False)) as archive, archive.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0011'")
    server.execute(
        f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on"
    )
    with pytest.raises(ArchiveError, match=r"its schema 0011 is older .* nothing can be written$"):
        read_archive(url)
