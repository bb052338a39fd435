"""A mark of an archive differs once anything was committed, by whomever, and not before."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from storage.database.archive import Archive, open_archive, read_archive
from tests.archive_copy import archive_url, new_archive

END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid != pg_backend_pid()"
)
WRITE = "INSERT INTO letter_counts VALUES ('city', 'published', 1)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    new_archive(tmp_path / "fuhan.db").close()
    return tmp_path / "fuhan.db"


@pytest.fixture
def read(file: Path) -> Iterator[Archive]:
    with closing(read_archive(archive_url(file))) as opened:
        yield opened


@pytest.fixture
def written(file: Path) -> Iterator[Archive]:
    with closing(open_archive(archive_url(file), create=False)) as opened:
        yield opened


def test_it_differs_once_another_one_has_written(read: Archive, written: Archive) -> None:
    before = read.write_mark()
    with written.writing() as connection:
        connection.exec_driver_sql(WRITE)
    after = read.write_mark()
    assert before is not None
    assert after != before
    with written.writing() as connection:
        connection.exec_driver_sql("DELETE FROM letter_counts")
    assert read.write_mark() not in (before, after)


def test_it_differs_once_it_was_written_by_the_same_archive(written: Archive) -> None:
    before = written.write_mark()
    with written.writing() as connection:
        connection.exec_driver_sql(WRITE)
    assert written.write_mark() != before


@pytest.mark.sqlite("a server numbers transactions of other archives and of itself, too")
def test_it_is_the_same_while_nothing_is_committed(read: Archive, written: Archive) -> None:
    before = read.write_mark()
    with read.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM letter_counts").all()
    with written.rehearsing() as connection:
        connection.exec_driver_sql(WRITE)
        assert read.write_mark() == before
    assert read.write_mark() == before


def test_an_archive_that_is_not_there_has_none(tmp_path: Path) -> None:
    with closing(open_archive(f"sqlite:///{tmp_path}/none.db", create=False)) as archive:
        assert archive.write_mark() is None


@pytest.mark.sqlite("damage in a file")
def test_an_archive_that_is_damaged_meanwhile_has_none_until_it_is_whole(
    read: Archive, file: Path
) -> None:
    whole = file.read_bytes()
    assert read.write_mark() is not None
    file.write_bytes(b"else" * 4096)
    marks = [read.write_mark(), read.write_mark()]
    file.write_bytes(whole)
    assert marks == [None, None]
    assert read.write_mark() is not None


def test_who_reads_it_again_needs_no_connection_of_the_pool(read: Archive) -> None:
    read.write_mark()
    taken = []

    def take(*_: Any) -> None:
        taken.append(1)

    event.listen(Pool, "checkout", take)
    try:
        assert read.write_mark() is not None
    finally:
        event.remove(Pool, "checkout", take)
    assert taken == []


def test_an_archive_whose_server_ended_its_session_has_none_until_the_next_is_asked(
    empty_postgres: str,
) -> None:
    with closing(open_archive(empty_postgres, create=True)) as archive:
        assert archive.write_mark() is not None
        with archive.reading() as connection:
            connection.exec_driver_sql(END_OTHERS)
        assert archive.write_mark() is None
        assert archive.write_mark() is not None
