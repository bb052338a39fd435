"""A table fits the terminal, however narrow, and nothing of it is lost."""

import fcntl
import io
import os
import pty
import sqlite3
import struct
import subprocess
import termios
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from fuhan.terminal.table import print_table
from tests.python_server.command import forked_fuhan

SOURCE = "cqfgw-suggestions"  # as long as names are
TITLE = "关于市政协五届五次会议第0501号提案的复函"


def printed(titles: list[str], rows: list[list[str]], width: int) -> list[str]:
    out = io.StringIO()
    print_table(Console(file=out, width=width), titles, rows)
    return out.getvalue().splitlines()


def test_columns_stand_side_by_side_where_they_fit() -> None:
    rows = [["1", "市", "关于"], ["12", "乡镇", ""]]
    assert printed(["id", "of", "title"], rows, 20) == [
        "id  of    title",
        "1   市    关于",
        "12  乡镇",
    ]


def test_the_last_columns_stand_beneath_where_they_do_not() -> None:
    rows = [["1", "市", "关于推进 Smart City 改造"], ["12", "乡镇", ""]]
    assert printed(["id", "of", "title"], rows, 20) == [
        "id  of",
        "1   市",
        "    title: 关于推进",
        "    Smart City 改造",
        "12  乡镇",
    ]


def test_no_rows_have_no_titles() -> None:
    assert printed(["id"], [], 20) == []


CELLS = st.text(st.sampled_from("a1关。\n-"), max_size=30)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(8, 90)
)
def test_no_line_is_wider_than_the_terminal_and_no_character_is_lost(
    rows: list[list[str]], width: int
) -> None:
    lines = printed(["x", "y", "z"], rows, width)
    assert max(map(cell_len, lines)) <= width
    kept = "".join("".join(lines).split())
    said = "".join(cell for row in rows for cell in row)
    assert [kept.count(each) for each in "a1关。-"] == [said.count(each) for each in "a1关。-"]


def on_a_terminal(folder: Path, *words: str, **said: str) -> list[str]:
    """Return the lines that a command writes to a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 80, 0, 0))
    command = [*forked_fuhan(), *words]
    environment = os.environ | {"TERM": "dumb"} | said
    with subprocess.Popen(command, cwd=folder, stdout=theirs, env=environment):
        os.close(theirs)
        with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123 - no path
            said = b"".join(iter(lambda: read(terminal), b""))
    return said.decode().splitlines()


def read(terminal: io.RawIOBase) -> bytes:
    try:
        return terminal.read(65536) or b""
    except OSError:  # how a terminal ends whose other side is closed
        return b""


@pytest.mark.sqlite("rows are written by its driver")
@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (["crawls"], ["2026-11-26 09:08", SOURCE, "complete", "not ended", "1 edited, 2 suspect"]),
        (["letters"], [SOURCE, "published", "2022-06-17", "0501", TITLE]),
        (["changes"], ["edited", "substantive", TITLE, "body 718.4 → 918.4"]),
        (["status"], [SOURCE, "cut off", "overdue since"]),
        (["coverage"], [SOURCE, "partial", "http://127.0.0.1:9/x.html 404"]),
        (["history", "1"], ["version 2, by publisher", "body 718.4 → 918.4"]),
    ],
    ids=lambda words: words[0],
)
def test_a_terminal_of_80_columns_shows_each_cell_whole(
    held: Path, words: list[str], whole: list[str]
) -> None:
    config = held.parents[1] / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("city", SOURCE), "utf-8")
    with closing(sqlite3.connect(held)) as connection:
        for table in ("letters", "addresses", "crawls", "changes", "ledger"):
            connection.execute(f"UPDATE {table} SET source = ?", [SOURCE])  # noqa: S608
        connection.execute("UPDATE crawls SET id = id + 1000")
        counts = '{"listed": 12345, "fetched": 12345, "edited": 1, "suspect": 2}'
        row = ["2026-11-26T01:08:00.000000", counts, SOURCE, "normal", "[]"]
        columns = "started_at, counts, source, mode, errors"
        connection.execute(f"INSERT INTO crawls ({columns}) VALUES (?, ?, ?, ?, ?)", row)  # noqa: S608
        connection.commit()
    lines = on_a_terminal(held.parents[1], *words)
    assert max(map(cell_len, lines)) <= 80
    for cell in whole:
        assert any(cell in line for line in lines), (cell, lines)
    assert not any("…" in line for line in lines)


@pytest.mark.sqlite("what a terminal shows")
@pytest.mark.parametrize(
    "said", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}], ids=["dumb", "no colour"]
)
def test_without_colours_a_terminal_shows_edits_by_signs(held: Path, said: dict[str, str]) -> None:
    lines = on_a_terminal(held.parents[1], "diff", "1", **said)
    assert any("[-718.4-]" in line and "{+918.4+}" in line for line in lines), lines
