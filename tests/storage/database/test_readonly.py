"""An archive that is only read stays as it was, byte for byte, and is read as it was committed."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from storage import queries
from storage.database.archive import ArchiveError, open_archive, read_archive
from storage.database.engines import writing_engine
from storage.facts import ledger
from storage.facts.entries import UnknownEntry
from storage.migrations import run
from tests.archive_copy import new_archive


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of an archive with one entry in its ledger."""
    file = tmp_path / "fuhan.db"
    opened = new_archive(file)
    with closing(opened), opened.writing() as connection:
        ledger.append(connection, "s", UnknownEntry({"n": 1}))
    return file


def without_locks(file: Path) -> None:
    """Let what SQLite locks the file by be something that it never opens, even as root."""
    Path(f"{file}-shm").symlink_to("nowhere/shm")


def entries(url: str) -> int:
    with closing(read_archive(url)) as opened, opened.reading() as connection:
        return len(list(ledger.entries(connection, "s")))


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
@pytest.mark.parametrize("schema", ["today's", "a newer one"])
def test_reading_changes_no_byte(file: Path, mode: str, schema: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        if schema != "today's":
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    before = {each.name: each.read_bytes() for each in file.parent.iterdir()}
    url = f"sqlite:///{file}"
    if schema == "today's":
        assert entries(url) == 1
    else:
        for opened in (read_archive, lambda url: open_archive(url, create=False)):
            with pytest.raises(ArchiveError, match=r"made by a newer fuhan \(schema 9999\)$"):
                opened(url)
    assert {each.name: each.read_bytes() for each in file.parent.iterdir()} == before


def test_an_archive_opened_for_reading_can_not_be_written(file: Path) -> None:
    with (
        closing(read_archive(f"sqlite:///{file}")) as opened,
        pytest.raises(SQLAlchemyError, match="readonly"),
        opened.writing() as connection,
    ):
        ledger.append(connection, "s", UnknownEntry({"n": 2}))


def test_a_name_that_would_mean_something_in_a_url_is_read(file: Path) -> None:
    other = file.with_name("a?mode=memory#b%20重庆.db")
    file.rename(other)
    without_locks(other)
    where = URL.create("sqlite", database=str(other))
    assert entries(where.render_as_string()) == 1


def read_while_written(url: str, file: Path, before: bytes) -> None:
    with closing(read_archive(url)) as opened, opened.reading() as connection:
        file.write_bytes(before + file.read_bytes())
        list(ledger.entries(connection, "s"))


def test_a_link_to_an_archive_is_read_with_what_was_committed_last(file: Path) -> None:
    kept = file.parent / "kept" / "fuhan.db"
    kept.parent.mkdir()
    with closing(open_archive(f"sqlite:///{file}", create=False)) as opened:
        with opened.writing() as connection:
            ledger.append(connection, "s", UnknownEntry({"n": 2}))
        for suffix in ("", "-wal"):
            shutil.copy(f"{file}{suffix}", f"{kept}{suffix}")
    without_locks(kept)
    link = file.with_name("link.db")
    link.symlink_to(kept)
    assert entries(f"sqlite:///{link}") == 2


@pytest.mark.parametrize("before", [b"", b"spoilt"], ids=["quietly", "so that it can't be read"])
def test_what_was_written_while_it_was_read_without_locks_is_not_vouched_for(
    file: Path, before: bytes
) -> None:
    without_locks(file)
    os.utime(
        file, (1, 1)
    )  # times of files are told in ticks, which may be longer than all of this
    url = f"sqlite:///{file}"
    assert entries(url) == 1
    with pytest.raises(ArchiveError, match=r"was written while it was read: try again$"):
        read_while_written(url, file, before)


def test_an_older_schema_is_brought_to_today_s_where_it_can_be_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fuhan.db"
    config = Config()
    config.set_main_option("script_location", str(Path(run.__file__).parent))
    engine = writing_engine(make_url(url))
    with engine.execution_options(fuhan_writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(read_archive(url)) as opened, opened.reading() as connection:
        assert list(queries.plain_letters(connection, queries.LetterFilter())) == []
        assert list(queries.changes(connection, queries.ChangeFilter())) == []
