"""A backup is a copy of one moment, in one file, that was opened again before it has its name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database.archive import Archive, ArchiveError
from storage.housekeeping import backup as backup_module
from storage.housekeeping.backup import backup
from tests.storage.housekeeping.conftest import crawls_in, record_crawl

pytestmark = pytest.mark.sqlite("PostgreSQL has pg_dump")


def test_it_is_one_file_that_holds_what_the_archive_holds(
    archive: Archive, tmp_path: Path
) -> None:
    backup(archive, tmp_path / "copy.db")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["copy.db"]
    assert crawls_in(tmp_path / "copy.db") == 2


def test_it_is_of_one_moment_whatever_is_written_meanwhile(
    archive: Archive, tmp_path: Path
) -> None:
    steps = 0

    def disturb(*_: int) -> None:
        nonlocal steps
        steps += 1
        record_crawl(archive)

    backup(archive, tmp_path / "copy.db", disturb)
    assert steps > 1
    assert crawls_in(tmp_path / "copy.db") == 2


def test_a_copy_that_is_not_right_never_has_its_name(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(part: Path) -> None:
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("DELETE FROM crawls")
            connection.commit()

    monkeypatch.setattr(backup_module, "fold", lose)
    with pytest.raises(ArchiveError, match="it holds something else than the archive"):
        backup(archive, tmp_path / "copy.db")
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("there", "the file stands already"),
        ("nowhere/copy.db", "unable to open database file"),
    ],
)
def test_where_it_can_not_be_is_said(
    archive: Archive, tmp_path: Path, target: str, why: str
) -> None:
    (tmp_path / "there").write_bytes(b"mine")
    with pytest.raises(ArchiveError, match=f"backup .*{target}: {why}"):
        backup(archive, tmp_path / target)
    assert (tmp_path / "there").read_bytes() == b"mine"


def test_a_full_disk_is_one_line_and_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_archive: Archive, part: Path, _on_step: object) -> None:
        part.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup_module, "_copy", full)
    with pytest.raises(ArchiveError, match=r"copy\.db: database or disk is full$"):
        backup(archive, tmp_path / "copy.db")
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


def test_one_that_was_cut_off_is_begun_anew(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "copy.db.part").write_bytes(b"half")
    backup(archive, tmp_path / "copy.db")
    assert crawls_in(tmp_path / "copy.db") == 2
    assert not (tmp_path / "copy.db.part").exists()
