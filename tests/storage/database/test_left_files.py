"""A database that can't be opened says in the same line what the files beside it explain."""

import sqlite3
from pathlib import Path

import pytest

from storage.database.archive import DamagedError, read_archive
from storage.database.left_files import explanation
from tests.archive_copy import new_archive

pytestmark = pytest.mark.sqlite("PostgreSQL sees to its own files")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return an archive whose first page, which names the tables, does not belong to the others."""
    file = tmp_path / "fuhan.db"
    new_archive(file).close()
    content = bytearray(file.read_bytes())
    content[100:300] = b"\xff" * 200
    file.write_bytes(content)
    return file


def test_one_that_was_copied_without_its_wal_is_said_to_be(file: Path) -> None:
    with pytest.raises(
        DamagedError, match=r"malformed \(it may have been copied without its -wal\)$"
    ):
        read_archive(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("code", "beside", "said"),
    [
        (sqlite3.SQLITE_CORRUPT, "-wal", " (the -wal beside it may be of another database)"),
        (sqlite3.SQLITE_CORRUPT, "", " (it may have been copied without its -wal)"),
        (sqlite3.SQLITE_READONLY, "-shm", " (its -shm belongs to somebody else)"),
        (sqlite3.SQLITE_READONLY, "", ""),
        (sqlite3.SQLITE_BUSY, "-wal", ""),
    ],
)
def test_what_is_beside_it_explains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, beside: str, said: str
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    if beside:
        (tmp_path / f"fuhan.db{beside}").write_bytes(b"left")
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    assert explanation(str(tmp_path / "fuhan.db"), error) == said
