"""A folder of backups keeps the newest of its own archive, and loses no other file."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database.archive import Archive, ArchiveError, open_archive
from storage.housekeeping.backup_folder import last_backup, make_backup, time_of
from tests.storage.housekeeping.conftest import AT

pytestmark = pytest.mark.sqlite("PostgreSQL has pg_dump")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a" / "backups"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_the_newest_are_kept(archive: Archive, folder: Path) -> None:
    for day in range(4):
        make_backup(archive, folder, 2, AT + timedelta(days=day))
    assert names(folder) == ["fuhan-20261122T060000Z.db", "fuhan-20261123T060000Z.db"]
    assert last_backup(archive, folder) == AT + timedelta(days=3)


def test_no_other_file_goes(archive: Archive, folder: Path, crawled: Callable[..., Path]) -> None:
    folder.mkdir(parents=True)
    other = crawled("other", 1, "town")
    with closing(open_archive(f"sqlite:///{other}", create=False)) as another:
        make_backup(another, folder, 1, AT - timedelta(days=9))
    made = make_backup(archive, folder, 1, AT - timedelta(days=8))
    shutil.copy(made, folder / "fuhan-20261101T000000Z.db.bak")
    shutil.copy(made, folder / "mine.db")
    (folder / "fuhan-20261102T000000Z.db").write_text("a note", "utf-8")
    (folder / "fuhan-20261103T000000Z.db").mkdir()
    (folder / "fuhan-20261104T000000Z.db").symlink_to(made)
    before = names(folder)
    make_backup(archive, folder, 1, AT)
    before.remove(made.name)
    assert names(folder) == sorted([*before, "fuhan-20261120T060000Z.db"])


def test_the_one_just_made_stays_though_the_clock_was_set_back(
    archive: Archive, folder: Path
) -> None:
    make_backup(archive, folder, 2, AT)
    make_backup(archive, folder, 1, AT - timedelta(days=300))
    assert names(folder) == ["fuhan-20260124T060000Z.db"]


def test_where_none_can_be_made_none_is_removed(archive: Archive, folder: Path) -> None:
    make_backup(archive, folder, 1, AT)
    with pytest.raises(ArchiveError, match="the file stands already"):
        make_backup(archive, folder, 1, AT)
    assert names(folder) == ["fuhan-20261120T060000Z.db"]


def test_one_that_was_cut_off_is_removed(archive: Archive, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "fuhan-20261119T060000Z.db.part").write_bytes(b"half")
    make_backup(archive, folder, 1, AT)
    assert names(folder) == ["fuhan-20261120T060000Z.db"]


def test_a_file_in_the_folders_place_is_one_line(archive: Archive, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("", "utf-8")
    with pytest.raises(ArchiveError, match=r"backup .*: File exists"):
        make_backup(archive, folder, 1, AT)
    assert last_backup(archive, folder) is None


def test_no_folder_has_no_backup(archive: Archive, folder: Path) -> None:
    assert last_backup(archive, folder) is None


def test_an_archive_that_can_not_be_read_has_none(archive: Archive, folder: Path) -> None:
    make_backup(archive, folder, 1, AT)
    with archive.writing() as connection:
        connection.exec_driver_sql("DROP TABLE ledger")
    assert last_backup(archive, folder) is None


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("fuhan-20261120T060000Z.db", datetime(2026, 11, 20, 6, tzinfo=UTC)),
        ("fuhan-20261140T060000Z.db", None),
        ("fuhan-20261120T060000Z.db-wal", None),
        ("fuhan.db", None),
    ],
)
def test_a_name_says_when(name: str, time: datetime | None) -> None:
    assert time_of(Path(name)) == time
