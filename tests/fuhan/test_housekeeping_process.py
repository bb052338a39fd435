"""The process of one task of housekeeping, on a real archive."""

import json
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scheduler.housekeeping_task import HousekeepingTask
from storage.audit.share import SHARES
from storage.database.archive import open_archive
from storage.housekeeping.nightly_check import check_state
from tests.archive_copy import altering, archive_url, copy_archive
from tests.python_server.command import forked_python


def done(task: HousekeepingTask) -> Any:
    """Return what a process says that does `task`."""
    command = [*forked_python(), "-m", "fuhan.housekeeping_process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{task.to_line()}\n".encode())
        process.stdin.flush()  # and stays open: it lives as long
        said = process.stdout.read()
        assert process.wait() == 0
    return json.loads(said)


@pytest.fixture
def archive(two_nights: Path, tmp_path: Path) -> str:
    """Return the URL of an archive of which a row was altered."""
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with altering(tmp_path / "fuhan.db") as connection:
        connection.exec_driver_sql("UPDATE versions SET digest = '' WHERE id = 1")
    return archive_url(tmp_path / "fuhan.db")


def test_a_night_checks_a_share_and_the_next_night_the_next(archive: str) -> None:
    first, second = (done(HousekeepingTask("night", archive)) for _ in range(2))
    assert (first["share"], first["damages"]) == (0, [])
    assert second["share"] == 1
    assert any(each.startswith("version 1: its words are not") for each in second["damages"])
    assert second["damaged"] == ["version 1"]
    with closing(open_archive(archive, create=False)) as opened, opened.reading() as connection:
        state = check_state(connection)
    assert (state.next_share % SHARES, dict(state.damaged)) == (2, {1: "version 1"})


@pytest.mark.sqlite("PostgreSQL has pg_dump")
def test_a_backup_is_made_in_its_folder(archive: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = done(HousekeepingTask("backup", archive, str(folder), 3))
    assert [str(each) for each in folder.iterdir()] == [made["file"]]


@pytest.mark.sqlite("PostgreSQL has pg_dump")
def test_what_keeps_one_from_being_made_is_one_line(archive: str, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("", "utf-8")
    said = done(HousekeepingTask("backup", archive, str(tmp_path / "backups"), 3))
    assert said == {"error": f"backup {tmp_path}/backups: File exists"}
