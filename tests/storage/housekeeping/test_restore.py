"""A backup takes the archive's place whole or not at all, and nothing that stood there is lost."""

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.audit import Checked, verify
from storage.database.archive import Archive, ArchiveError, DamagedError, open_archive
from storage.database.lock import crawl_lock
from storage.housekeeping.backup import backup
from storage.housekeeping.restore import restore
from storage.migrations.run import HEAD
from tests.python_server.command import forked_python
from tests.storage.housekeeping.conftest import crawls_in, record_crawl
from tests.storage.old_archive import Old

pytestmark = pytest.mark.sqlite("PostgreSQL has pg_restore")

AT = datetime(2026, 11, 28, tzinfo=UTC)
KEPT = "fuhan.db.before-restore-20261128T000000Z"
SCRIPT = str(Path(__file__).with_name("killed_restore.py"))


def check(archive: Archive) -> Checked:
    return verify(archive, lambda *_: None)


@pytest.fixture
def target(crawled: Callable[..., Path]) -> Path:
    """Return an archive with three crawls, the last of them in its -wal alone."""
    return crawled("target", 3)


@pytest.fixture
def file(crawled: Callable[..., Path], tmp_path: Path) -> Path:
    """Return the backup of an archive with one crawl."""
    with closing(open_archive(f"sqlite:///{crawled('old', 1)}", create=False)) as archive:
        backup(archive, tmp_path / "backup.db")
    return tmp_path / "backup.db"


def names(target: Path) -> set[str]:
    return {each.name for each in target.parent.iterdir()}


def test_it_stands_in_the_archives_place_and_what_was_there_is_kept(
    target: Path, file: Path
) -> None:
    before = file.read_bytes()
    checked, kept = restore(target, file, check, AT)
    assert checked.damages == []
    assert kept == target.with_name(KEPT)
    assert names(target) == {"fuhan.db", KEPT}
    assert (crawls_in(target), crawls_in(kept)) == (1, 3)
    assert file.read_bytes() == before


def test_what_is_only_in_the_wal_is_kept_too(target: Path, file: Path) -> None:
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE crawls SET mode = 'late'")
        connection.commit()
        left = {end: Path(f"{target}{end}").read_bytes() for end in ("", "-wal")}
    for end, content in left.items():
        Path(f"{target}{end}").write_bytes(content)
    _, kept = restore(target, file, check, AT)
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT DISTINCT mode FROM crawls").fetchall() == [("late",)]
    assert names(target) == {"fuhan.db", KEPT}


def test_it_may_come_where_none_was(tmp_path: Path, file: Path) -> None:
    target = tmp_path / "new" / "fuhan.db"
    assert restore(target, file, check, AT)[1] is None
    assert crawls_in(target) == 1


def test_one_of_an_older_schema_is_brought_to_todays(target: Path, tmp_path: Path) -> None:
    old = tmp_path / "older.db"
    Old(f"sqlite:///{old}")  # of schema 0003
    before = old.read_bytes()
    checked, _ = restore(target, old, check, AT)
    assert checked.damages == []
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    assert old.read_bytes() == before


def test_damage_is_named_and_nothing_is_replaced(target: Path, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE crawls SET mode = 'other'")
        connection.commit()
    checked, kept = restore(target, file, check, AT)
    assert [str(each) for each in checked.damages] == ["crawl 1: it was altered"]
    assert kept is None
    assert names(target) == {"fuhan.db"}
    assert crawls_in(target) == 3


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 40 * 4096])


def overwrite(file: Path) -> None:
    file.write_bytes(b"no database at all " * 1000)


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("ruin", [cut, overwrite, empty])
def test_a_file_that_is_no_sound_database_is_damaged(
    target: Path, file: Path, ruin: Callable[[Path], None]
) -> None:
    ruin(file)
    with pytest.raises(DamagedError, match=str(file)):
        restore(target, file, check, AT)
    assert names(target) == {"fuhan.db"}
    assert crawls_in(target) == 3


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (id)")
        connection.commit()


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("become", "why"), [(foreign, "is not fuhan's"), (newer, "made by a newer fuhan")]
)
def test_what_is_not_ours_or_newer_is_refused(
    target: Path, file: Path, become: Callable[[Path], None], why: str
) -> None:
    become(file)
    with pytest.raises(ArchiveError, match=rf"{file}: {why}"):
        restore(target, file, check, AT)
    assert names(target) == {"fuhan.db"}
    assert crawls_in(target) == 3


def test_an_archive_that_somebody_has_open_is_left(target: Path, file: Path) -> None:
    with closing(open_archive(f"sqlite:///{target}", create=False)) as archive:
        with archive.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM crawls").scalar()
        with pytest.raises(ArchiveError, match="is in use"):
            restore(target, file, check, AT)
        record_crawl(archive)
    assert crawls_in(target) == 4


def test_a_crawl_keeps_its_archive(target: Path, file: Path) -> None:
    with (
        closing(open_archive(f"sqlite:///{target}", create=False)) as archive,
        crawl_lock(archive, "city"),
        pytest.raises(ArchiveError, match="is in use"),
    ):
        restore(target, file, check, AT)
    assert crawls_in(target) == 3


def test_a_damaged_archive_is_kept_with_its_wal_which_harms_no_other(
    target: Path, file: Path
) -> None:
    overwrite(target)
    Path(f"{target}-wal").write_bytes(b"of another")
    restore(target, file, check, AT)
    assert names(target) == {"fuhan.db", KEPT, f"{KEPT}-wal"}
    assert crawls_in(target) == 1


def test_it_is_copied_where_a_file_can_have_one_name_only(
    target: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    _, kept = restore(target, file, check, AT)
    assert kept is not None
    assert (crawls_in(target), crawls_in(kept)) == (1, 3)


def test_killed_at_any_step_the_old_or_the_new_archive_stands(
    target: Path, file: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.db"
    shutil.copy(target, whole)
    stood: list[int] = []
    for step in range(100):
        shutil.rmtree(target.parent)
        target.parent.mkdir()
        shutil.copy(whole, target)
        words = [*forked_python(), SCRIPT, str(target), str(file), str(step)]
        code = subprocess.run(words, check=False).returncode
        stood.append(crawls_in(target))
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if stood[-1] == 1:
            assert crawls_in(target.with_name(KEPT)) == 3
        restore(target, file, check, AT.replace(hour=1))
        assert crawls_in(target) == 1
        assert not any(
            each.name.startswith("fuhan.db.restoring") for each in target.parent.iterdir()
        )
    assert stood == sorted(stood, reverse=True)  # from one step on it is the new one
    assert set(stood) == {1, 3}
    assert len(stood) > 5
