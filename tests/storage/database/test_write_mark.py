"""A mark of an archive differs once anything was committed, by whomever, and not before."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database.archive import Archive, open_archive, read_archive
from tests.archive_copy import archive_url, new_archive

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
