"""Reading needs no right to write: whatever keeps an archive from being written, it can be read.

Every command runs where the system itself refuses (to another user, on a mount for reading, on a
full disk): an error put in its place would not meet what SQLite writes beside a database.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from storage.migrations.run import HEAD
from tests.fuhan.conftest import CONFIG

Fuhan = Callable[..., Any]  # the command line, as a shell would call it

DRIVER = Path(__file__).with_name("reading_twice.py")
READING = [
    ["letters"],
    ["show", "1"],
    ["history", "city/0501"],
    ["diff", "1"],
    ["changes"],
    ["report", "--language", "en", "-o", "OUT/report.json"],
    ["crawls", "--format", "table"],
    ["status"],
    ["coverage"],
    ["verify"],
    ["export", "-o", "OUT/csv", "--format", "csv"],
    ["export", "-o", "OUT/warc", "--format", "warc"],
    ["backup", "OUT/copy.db"],
]

pytestmark = pytest.mark.sqlite("a file in a folder that cannot be written")


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder that everybody may enter, as pytest's own must not be."""
    with TemporaryDirectory(prefix="fuhan-readonly-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def unfinished(file: Path, *kept: str) -> None:
    """Commit once more and leave what a process that was killed leaves: a -wal that holds it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE letters SET listed_on = '2031-05-06'")
        connection.commit()
        for suffix in kept:
            shutil.copy(f"{file}{suffix}", f"{file}{suffix}.kept")
        shutil.copy(file, f"{file}.kept")
    for suffix in ("", *kept):
        Path(f"{file}{suffix}.kept").replace(f"{file}{suffix}")


def written_on(file: Path) -> sqlite3.Connection:
    """Commit once more and go on: what was committed stands in a -wal that is in use."""
    connection = sqlite3.connect(file)
    connection.execute("UPDATE letters SET listed_on = '2031-05-06'")
    connection.commit()
    return connection


def without_wal(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)


STATES: dict[str, Callable[[Path], Any]] = {
    "closed": lambda _: None,
    "not in WAL mode": without_wal,
    "killed": lambda file: unfinished(file, "-wal", "-shm"),
    "killed, copied without -shm": lambda file: unfinished(file, "-wal"),
    "being written": written_on,
}
WITH_A_WAL = list(STATES)[2:]


Told = dict[str, list[tuple[int, str, str]]]


def read_twice(how: str, folder: Path, commands: list[list[str]]) -> tuple[Told, Told]:
    """Return what each command said in folders that can be written, and in those that can't."""
    outputs = folder.with_name("outputs")
    for name in (folder.name, f"{folder.name}.writable"):
        for place in folder.iterdir():
            (outputs / name / place.name).mkdir(parents=True)
            (outputs / name / place.name).chmod(0o777)
    words = [sys.executable, str(DRIVER), how, str(folder), str(outputs), json.dumps(commands)]
    if how != "guest":
        words = ["unshare", "--mount", "--map-root-user", *words]
        if subprocess.run([*words[:3], "true"], check=False, capture_output=True).returncode:
            pytest.skip("no mount namespace to be had")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, then = json.loads(done.stdout.replace(".writable/", "/"))
    return first, then


def files(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("how", ["guest", "mounted", "full"])
def test_every_reading_command_says_the_same_where_nothing_can_be_written(
    held: Path, place: Path, how: str
) -> None:
    (held.parents[1] / "config.yaml").write_text(CONFIG.partition("  - name: town")[0], "utf-8")
    open_still = []
    for name, spoil in STATES.items():
        copy = shutil.copytree(held.parents[1], place / "archives" / name)
        open_still.append(spoil(copy / "data" / held.name))
    before = files(place / "archives")
    writable, unwritable = read_twice(how, place / "archives", READING)
    after = files(place / "archives")
    open_still[-1].close()
    for name in STATES:
        for words, first, then in zip(READING, writable[name], unwritable[name], strict=True):
            if how == "full" and words[0] == "status":  # which says so
                assert (then[0], then[1]) == (1, first[1])
                assert "disk nearly full" in then[2]
                continue
            assert then == first, (name, words)
            assert first[0] in {0, 4}, (words, first)  # the archive is invented: verify finds it
        assert ("2031-05-06" in unwritable[name][0][1]) is (name in WITH_A_WAL)
        with closing(sqlite3.connect(place / "outputs" / "archives" / name / "copy.db")) as copy:
            (listed,) = copy.execute("SELECT max(listed_on) FROM letters").fetchone()
            assert (listed == "2031-05-06") is (name in WITH_A_WAL)
    assert after == before


def older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
        connection.commit()


def cut_off(file: Path) -> None:
    """Leave a transaction half written, and the journal by which it is to be rolled back."""
    without_wal(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA cache_size=1")  # pages are written before the end
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE more AS SELECT randomblob(99999)")
        for each in (file, Path(f"{file}-journal")):
            shutil.copy(each, f"{each}.kept")
        connection.rollback()
    for each in (file, Path(f"{file}-journal")):
        Path(f"{each}.kept").replace(each)


def test_what_needs_writing_says_so_in_one_line_where_nothing_can_be_written(
    held: Path, place: Path
) -> None:
    with (held.parents[1] / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("crawl: {delay: 0, retries: 0}\n")
    states = {"whole": lambda _: None, "older": older, "cut off": cut_off}
    for name, spoil in states.items():
        spoil(shutil.copytree(held.parents[1], place / "archives" / name) / "data" / held.name)
    commands = [["check"], ["crawl"], ["review", "1", "--state", "flagged"], ["letters"]]
    writable, unwritable = read_twice("guest", place / "archives", commands)
    assert (writable["whole"][-1][0], writable["cut off"][-1][0]) == (0, 0)
    for check, *others in unwritable.values():
        assert check[:2] == [2, ""]
        assert "database: expected a file in a folder that can be written" in check[2]
        assert [code for code, _, _ in others[:2]] == [1, 1]
        assert {err.count("\n") for _, _, err in (check, *others[:2])} == {1}
    assert unwritable["whole"][-1] == writable["whole"][-1]
    for name, why in {
        "older": f"its schema 0002 is older than {HEAD}, and can't be upgraded where nothing can be",
        "cut off": "cannot be opened: a transaction in it was cut off: it must be writable",
    }.items():
        code, out, err = unwritable[name][-1]
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert f"/data/fuhan.db: {why}" in err
