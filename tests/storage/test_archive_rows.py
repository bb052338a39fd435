"""An archive copied whole to another database, cut off and altered on its way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, make_url, select, update

from fuhan.archive_audit import audit
from storage.database.archive import (
    Archive,
    ArchiveError,
    finish_copy,
    open_archive,
    open_copy,
    read_archive,
)
from storage.export.archive_rows import (
    OtherRowsError,
    clear_rows,
    compare_rows,
    copy_rows,
    count_rows,
    index_rows,
    newest_rows,
)
from storage.schema.tables import alarms, changes, crawls, letters, metadata

CRAWL = {
    "source": "other",
    "mode": "normal",
    "started_at": datetime(2026, 11, 28, tzinfo=UTC),
    "counts": {},
    "errors": [],
}


@pytest.fixture
def source(two_crawls: Path) -> Iterator[Archive]:
    with closing(read_archive(f"sqlite:///{two_crawls}")) as archive:
        yield archive


@pytest.fixture
def reading(source: Archive) -> Iterator[Connection]:
    with source.reading() as connection:
        yield connection


@pytest.fixture
def copy(url: str) -> Iterator[Archive]:
    with closing(open_copy(url.replace("fuhan.db", "copy.db"))) as archive:
        yield archive


def copied(source: Archive, copy: Archive) -> None:
    """Copy all of one archive to another database."""
    with source.reading() as connection:
        assert len(list(copy_rows(connection, copy))) == count_rows(connection)
        assert len(list(index_rows(copy))) == 9
        assert len(list(compare_rows(connection, copy))) == count_rows(connection)


def test_a_copy_is_sound_and_says_the_same(source: Archive, copy: Archive) -> None:
    copied(source, copy)
    checked, expected = audit(copy), audit(source)
    assert not checked.damages
    assert checked.heads == expected.heads
    assert checked.versions == expected.versions


def test_a_copy_goes_both_ways(source: Archive, copy: Archive, tmp_path: Path) -> None:
    copied(source, copy)
    with closing(open_copy(f"sqlite:///{tmp_path}/back.db")) as back:
        copied(copy, back)
        with source.reading() as connection:
            assert list(compare_rows(connection, back))
        assert not audit(back).damages


def test_a_copy_that_was_cut_off_anywhere_goes_on(reading: Connection, copy: Archive) -> None:
    rows = count_rows(reading)
    for arrived in range(0, rows, rows // 25):
        list(islice(copy_rows(reading, copy), arrived))
    list(copy_rows(reading, copy))
    assert len(list(compare_rows(reading, copy))) == rows


KILLED = """
import sys
from storage.database.archive import open_copy, read_archive
from storage.export.archive_rows import copy_rows
with read_archive(sys.argv[1]).reading() as connection:
    list(copy_rows(connection, open_copy(sys.argv[2])))
"""


@pytest.mark.parametrize("place", ["before-commit:5", "after-commit:5"])
def test_a_copy_whose_process_was_killed_at_a_commit_goes_on(
    source: Archive, url: str, place: str
) -> None:
    urls = [each.render_as_string(hide_password=False) for each in (source.url, make_url(url))]
    command = [sys.executable, "-c", KILLED, *urls]
    environment = os.environ | {"FUHAN_FAILPOINT": place}
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    with closing(open_copy(url)) as copy:
        copied(source, copy)


def test_what_another_state_left_in_a_copy_is_named_and_can_be_cleared(
    source: Archive, reading: Connection, copy: Archive
) -> None:
    copied(source, copy)
    with copy.writing() as connection:
        connection.execute(update(letters).where(letters.c.id == 3).values(subject="another"))
    with pytest.raises(OtherRowsError, match="letters"):
        list(copy_rows(reading, copy))
    clear_rows(copy)
    with copy.reading() as connection:
        for table in metadata.sorted_tables:
            kept = connection.execute(select(func.count()).select_from(table)).scalar()
            assert not kept or (table.name.endswith("_counts"))
    copied(source, copy)
    assert not audit(copy).damages


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_row_too_few_or_too_many_is_noticed(
    source: Archive, reading: Connection, copy: Archive, *, is_missing: bool
) -> None:
    copied(source, copy)
    with copy.writing() as connection:
        if is_missing:
            connection.execute(delete(changes).where(changes.c.id == 2))
        else:
            connection.execute(crawls.insert(), CRAWL)
    with pytest.raises(OtherRowsError, match="changes" if is_missing else "crawls"):
        list(compare_rows(reading, copy))


def test_no_id_that_was_ever_given_is_given_again(two_crawls: Path, copy: Archive) -> None:
    source = open_archive(f"sqlite:///{two_crawls}", create=False)
    with closing(source), source.rehearsing() as connection:
        highest = connection.execute(select(func.max(changes.c.id))).scalar_one()
        connection.execute(delete(changes).where(changes.c.id == highest))
        list(copy_rows(connection, copy))
        row = connection.execute(select(changes).limit(1)).one()._asdict()
    del row["id"]
    alarm = {"source": "demo", "crawl_id": 1, "raised_at": row["before"], "sign": "", "reason": ""}
    with copy.writing() as connection:
        assert connection.execute(changes.insert(), row).inserted_primary_key == (highest + 1,)
        assert connection.execute(alarms.insert(), alarm).inserted_primary_key == (1,)


def test_a_copy_is_no_archive_until_it_is_finished(source: Archive, copy: Archive) -> None:
    url = copy.url.render_as_string(hide_password=False)
    for refused in (lambda: read_archive(url), lambda: open_archive(url, create=True)):
        with pytest.raises(ArchiveError, match="did not finish: run it again"):
            refused()
    copied(source, copy)
    finish_copy(copy)
    read_archive(url).close()
    with pytest.raises(ArchiveError, match="holds an archive already"):
        open_copy(url)


def test_a_copy_that_another_fuhan_began_is_refused(
    copy: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.archive.UNFINISHED_COPY", "another-unfinished")
    with pytest.raises(ArchiveError, match="another fuhan began a copy"):
        open_copy(copy.url.render_as_string(hide_password=False))


def test_what_was_recorded_in_the_meantime_is_noticed(archive: Archive) -> None:
    with archive.writing() as connection:
        before = newest_rows(connection)
        connection.execute(crawls.insert(), CRAWL)
        assert newest_rows(connection) != before
