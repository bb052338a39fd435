"""The -wal is folded in and cut each night, unless somebody reads what was before."""

from contextlib import closing
from pathlib import Path

import pytest

from storage.database.archive import Archive, read_archive
from storage.housekeeping.tidy import Tidied, tidy
from tests.storage.housekeeping.conftest import record_crawl

pytestmark = pytest.mark.sqlite("PostgreSQL sees to its own files")


def wal(archive: Archive) -> int:
    return Path(f"{archive.url.database}-wal").stat().st_size


def test_what_was_written_is_in_the_file_afterwards(archive: Archive) -> None:
    record_crawl(archive)
    assert wal(archive)
    assert tidy(archive) == Tidied()
    assert wal(archive) == 0


def test_a_reader_without_end_is_waited_for_no_longer_than_a_moment(archive: Archive) -> None:
    with (
        closing(read_archive(f"sqlite:///{archive.url.database}")) as other,
        other.reading() as connection,
    ):
        connection.exec_driver_sql("SELECT count(*) FROM crawls").scalar()
        record_crawl(archive)
        tidied = tidy(archive)
        assert tidied.wal_bytes == wal(archive) > 0
        record_crawl(archive)  # nobody is kept waiting
