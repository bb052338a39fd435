"""What proves a change is written by the command as the page offers it, whole or not at all."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from storage.schema.tables import evidence as bytes_table
from tests.archive_copy import altering, copy_archive

Fuhan = Callable[..., Any]


@pytest.fixture
def database(two_nights: Path, folder: Path) -> Path:
    copy_archive(two_nights / "fuhan.db", folder / "data" / "fuhan.db")
    return folder / "data" / "fuhan.db"


@pytest.fixture
def edited(fuhan: Fuhan, database: Path) -> list[str]:
    """Return the ids of the changes that are edits."""
    del database
    lines = fuhan("changes", "--kind", "edited", "--format", "csv").out.splitlines()
    return [line.split(",")[0] for line in lines[1:]]


def test_each_change_is_a_file_that_its_script_finds_right(
    fuhan: Fuhan, folder: Path, edited: list[str]
) -> None:
    told = fuhan("evidence", *edited[:2], "-o", "out/new")
    files = [f"out/new/fuhan-change-{each}.zip" for each in edited[:2]]
    assert (told.code, told.out.splitlines()) == (0, files)
    with ZipFile(folder / files[0]) as bundle:
        bundle.extractall(folder / "unpacked")
    script = [sys.executable, "-I", "check_letter.py"]
    done = subprocess.run(
        script, cwd=folder / "unpacked", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "ok   all digests agree")
    assert sorted((folder / "out/new").iterdir()) == sorted(folder / each for each in files)


def test_it_is_written_here_unless_another_folder_is_named(
    fuhan: Fuhan, folder: Path, edited: list[str]
) -> None:
    assert fuhan("evidence", edited[0]).out == f"fuhan-change-{edited[0]}.zip\n"
    assert (folder / f"fuhan-change-{edited[0]}.zip").is_file()


@pytest.mark.parametrize("unknown", ["99999", "2147483647"])
def test_a_change_that_is_not_known_is_named_before_anything_is_written(
    fuhan: Fuhan, folder: Path, edited: list[str], unknown: str
) -> None:
    told = fuhan("evidence", edited[0], unknown, "-o", "out")
    assert (told.code, told.out, told.err) == (2, "", f"fuhan: change {unknown} is not known\n")
    assert not (folder / "out").exists()


def test_a_hash_that_no_entry_has_is_refused_and_leaves_no_file(
    fuhan: Fuhan, folder: Path, edited: list[str]
) -> None:
    told = fuhan("evidence", edited[0], "-o", "out", "--head", "0" * 64)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("fuhan: --head: no entry")
    assert list((folder / "out").iterdir()) == []


def test_half_of_the_evidence_is_refused_and_leaves_no_file(
    fuhan: Fuhan, folder: Path, database: Path, edited: list[str]
) -> None:
    with altering(database) as connection:
        connection.execute(update(bytes_table).values(packed=b"damaged"))
    told = fuhan("evidence", edited[0], "-o", "out")
    assert (told.code, told.out) == (1, "")
    assert list((folder / "out").iterdir()) == []
