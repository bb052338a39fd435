"""Archives with some crawls on record, which are enough to have a ledger."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from letters.crawl_record import CrawlOutcome
from storage.database.archive import Archive, open_archive
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from tests.archive_copy import new_archive

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)


def record_crawl(archive: Archive, source: str = "city", at: datetime = AT) -> None:
    with archive.writing() as connection:
        crawl = begin_crawl(connection, source, "scheduled", at)
        end = CrawlEnd(CrawlOutcome.COMPLETE, at + timedelta(minutes=1), None, None, {}, ())
        end_crawl(connection, crawl, end)


def crawls_in(file: Path) -> int:
    """Return how many crawls the archive in a file has."""
    with (
        closing(open_archive(f"sqlite:///{file}", create=False)) as archive,
        archive.reading() as connection,
    ):
        return int(connection.exec_driver_sql("SELECT count(*) FROM crawls").scalar_one())


@pytest.fixture
def crawled(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes the file of an archive with so many crawls."""

    def make(name: str, crawls: int, source: str = "city") -> Path:
        file = tmp_path / name / "fuhan.db"
        with closing(new_archive(file)) as archive:
            for number in range(crawls):
                record_crawl(archive, source, AT + timedelta(hours=number))
        return file

    return make


@pytest.fixture
def archive(crawled: Callable[..., Path]) -> Iterator[Archive]:
    """Return an open archive with two crawls."""
    with closing(open_archive(f"sqlite:///{crawled('data', 2)}", create=False)) as opened:
        yield opened
