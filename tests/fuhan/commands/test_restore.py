"""`fuhan restore` puts a backup in the archive's place, or says in one line why not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.archive_copy import copy_archive, on_postgresql

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

OF_A_FILE = pytest.mark.sqlite("PostgreSQL has pg_restore")


@pytest.fixture
def archive(folder: Path, two_nights: Path) -> Path:
    """Return the archive of the demo, in the place that the configuration names."""
    copy_archive(two_nights / "fuhan.db", folder / "data" / "fuhan.db")
    return folder / "data" / "fuhan.db"


@pytest.fixture
def backup(fuhan: Fuhan, folder: Path, archive: Path) -> Path:
    """Return a backup of the archive, in which afterwards all visits were lost."""
    assert fuhan("backup", "copy.db").code == 0
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("DELETE FROM visits")
        connection.commit()
    return folder / "copy.db"


@OF_A_FILE
def test_what_was_lost_is_there_again(fuhan: Fuhan, backup: Path, folder: Path) -> None:
    del backup
    assert fuhan("verify").code == 4
    told = fuhan("restore", "copy.db")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("restored: ")
    assert fuhan("verify").code == 0
    kept = told.out.rpartition("kept what was there: ")[2].strip()
    assert kept.startswith(f"{folder}/data/fuhan.db.before-restore-")
    assert Path(kept).is_file()


@OF_A_FILE
def test_a_damaged_backup_is_named_and_ends_with_4(
    fuhan: Fuhan, backup: Path, archive: Path
) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE versions SET digest = ''")
        connection.commit()
    told = fuhan("restore", "copy.db")
    assert told.code == 4
    assert "version 1: its words are not those of its digest" in told.out
    backup.write_text("no database " * 99, "utf-8")
    told = fuhan("restore", "copy.db")
    assert (told.code, told.out) == (4, "backup: file is not a database\n")
    assert [each.name for each in archive.parent.iterdir()] == ["fuhan.db"]


@OF_A_FILE
@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("nothing.db", "nothing.db: no such file"),
        ("data", "data: expected a file, found a folder"),
        ("data/fuhan.db", "data/fuhan.db: is the archive itself"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_is_no_backup_is_usage(fuhan: Fuhan, file: str, problem: str) -> None:
    told = fuhan("restore", file)
    assert (told.code, told.err) == (2, f"fuhan: {problem}\n")


@pytest.mark.skipif("not config.getoption('store') == 'postgresql'", reason="of PostgreSQL")
def test_a_database_on_a_server_has_its_own_tools(fuhan: Fuhan, folder: Path) -> None:
    assert on_postgresql()
    told = fuhan("restore", str(folder / "config.yaml"))
    assert told.code == 2
    assert "for PostgreSQL use pg_restore" in told.err
