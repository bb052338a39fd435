import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


@pytest.mark.sqlite("its file is cut off")
@pytest.mark.parametrize("left", [60, 5000])
def test_a_file_that_was_cut_off_is_damage(fuhan: Fuhan, held: Path, left: int) -> None:
    for beside in held.parent.glob("fuhan.db-*"):
        beside.unlink()
    held.write_bytes(held.read_bytes()[:left])
    told = fuhan("verify")
    assert (told.code, told.out.count("\n"), told.err) == (4, 1, "")
    assert told.out.startswith("database: ")


@pytest.mark.usefixtures("held")
def test_a_stamp_that_would_take_the_place_of_its_own_heads_is_refused(
    fuhan: Fuhan, folder: Path
) -> None:
    told = fuhan("verify", "--stamp", "heads.txt")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "does not end in .txt, found 'heads.txt'" in told.err
    assert not (folder / "heads.txt").exists()


@pytest.mark.sqlite("PostgreSQL lets no such thing in")
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("act = 'nothing'", "watch decision 1: it was altered"),
        ("at = 'noon'", "watch decision 1: its at cannot be read"),
        ("entry = '{'", "watch decision 1: its entry cannot be read"),
        ("who = CAST(x'80' AS TEXT)", "watch decision 1: its who cannot be read"),
    ],
)
def test_a_decision_on_a_source_that_is_damaged_is_named(
    fuhan: Fuhan, held: Path, damage: str, said: str
) -> None:
    assert fuhan("sources", "pause", "city").code == 0
    with closing(sqlite3.connect(held)) as connection:
        connection.execute(f"UPDATE watch_decisions SET {damage}")  # noqa: S608
        connection.commit()
    told = fuhan("verify")
    assert (told.code, told.err) == (4, "")
    assert said in told.out
    with closing(sqlite3.connect(held)) as connection:
        assert connection.execute("SELECT kind FROM alarm_history").fetchall() == [("ledger",)]


@pytest.mark.sqlite("PostgreSQL lets no such thing in")
@pytest.mark.parametrize("damage", ["act = 'nothing'", "at = 'noon'", "entry = '{'"])
@pytest.mark.parametrize("command", ["letters", "status", "sources", "crawl", "check"])
def test_a_damaged_decision_stops_a_command_in_one_line(
    fuhan: Fuhan, held: Path, damage: str, command: str
) -> None:
    assert fuhan("sources", "pause", "city").code == 0
    with closing(sqlite3.connect(held)) as connection:
        connection.execute(f"UPDATE watch_decisions SET {damage}")  # noqa: S608
        connection.commit()
    told = fuhan(command)
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "can't be read: what was decided on sources is damaged" in told.err
    assert "fuhan verify names all" in told.err
