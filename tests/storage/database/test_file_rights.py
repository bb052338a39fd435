"""Which file of an SQLite database can not be written: by the system, as root may write all."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database.writable import write_problem


@pytest.mark.parametrize(
    ("refused", "problem"),
    [
        pytest.param(None, None, id="all may be written"),
        pytest.param("", "no right to write into its folder", id="the folder"),
        pytest.param("fuhan.db", "no right to write its file", id="the file"),
        pytest.param("fuhan.db-wal", "no right to write its -wal", id="somebody else's -wal"),
        pytest.param("fuhan.db-shm", None, id="what is not there"),
    ],
)
def test_what_of_a_database_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str | None, problem: str | None
) -> None:
    for name in ("fuhan.db", "fuhan.db-wal"):
        (tmp_path / name).touch()
    no = None if refused is None else tmp_path / refused
    monkeypatch.setattr("storage.database.writable.access", lambda path, _mode: path != no)
    assert write_problem(make_url(f"sqlite:///{tmp_path}/fuhan.db")) == problem


def test_of_a_file_that_is_not_there_nothing_is_said(tmp_path: Path) -> None:
    assert write_problem(make_url(f"sqlite:///{tmp_path}/none/fuhan.db")) is None
