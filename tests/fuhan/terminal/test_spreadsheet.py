"""What a publisher wrote is text in a spreadsheet, whoever opens it and with what."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from fuhan.terminal.spreadsheet import write_csv
from storage.database.archive import open_archive
from storage.schema.letter_codec import pack, unpack
from storage.schema.tables import versions
from tests.archive_copy import archive_url

Fuhan = Callable[..., Any]  # the command line, as a shell would call it


def cell(value: Any) -> str:
    out = io.StringIO()
    write_csv([{"a": value, "b": 1}], out)
    header, (read, _) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert header == ["a", "b"]
    return read


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+86 23 6757", "-1", "@SUM(A1)", "=", "-", "=cmd|' /C calc'!A0"),
        *("\t=1", "\tx", "\r=1", "\rx", "\nx", "\x0bx", "\x00=1", "\x1b[31m"),
        *("＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x"),
        *(" =1", "\u3000=1", "\xa0+1", " \u2003-1", "\u2028=1", "  ＝1"),
        *("\ufeff=1", "\u200b=1", "\u202e@x", "\xad=1"),
        *('"=1', "'=1", "''=1", '" =1', "“＝1”", "‘@x", "'\t1", "`=1"),
    ],
    ids=ascii,
)
def test_text_that_may_be_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *[(0, "0"), (-3, "-3"), (-2.5, "-2.5"), (1e-07, "1e-07"), (None, ""), (True, "True")],
        *[("", ""), ("关于=1的复函", "关于=1的复函"), ("1-2", "1-2"), (" a=b", " a=b")],
        *[("'x", "'x"), ('"引"', '"引"'), ("——", "——"), ("·-", "·-"), ("(+1)", "(+1)")],
        *[("a\r=1", "a\r=1"), ("a\n=1", "a\n=1"), ("a\r\n=1", "a\r\n=1"), ("a,=1", "a,=1")],
        *[(["=1"], '["=1"]'), (("-1",), '["-1"]'), ({"=1": "+1"}, '{"=1": "+1"}')],
    ],
    ids=ascii,
)
def test_numbers_and_all_other_text_stay_as_they_are(value: Any, read: str) -> None:
    assert cell(value) == read


@given(st.text(st.sampled_from("=+-@＝－\t\r\n '\"“\u3000a1复") | st.characters(codec="utf-8")))
def test_the_text_can_be_had_back(text: str) -> None:
    read = cell(text)
    if read.startswith("'") and cell(read[1:]) == read:
        read = read[1:]
    assert read == text


def test_no_rows_are_no_lines() -> None:
    out = io.StringIO()
    write_csv([], out)
    assert out.getvalue() == ""


HOSTILE = '=HYPERLINK("http://127.0.0.1/?"&A1,"复函")'


@pytest.fixture
def hostile(held: Path) -> Path:
    """Return the database, in which a title and the first words of an edit are formulas."""
    archive = open_archive(archive_url(held), create=False)
    with archive.writing() as connection:
        for row in connection.execute(versions.select()).all():
            letter = replace(unpack(row.letter), title=HOSTILE, contact="@x", phone="+86 1")
            values = {"letter": pack(letter), "digest": letter.digest()}
            connection.execute(update(versions).where(versions.c.id == row.id).values(**values))
    archive.close()
    return held


@pytest.mark.usefixtures("hostile")
def test_commands_and_exports_write_the_same_cells(fuhan: Fuhan, folder: Path) -> None:
    fuhan("export", "-o", "out", "--format", "csv")
    for name in ("letters", "changes", "crawls"):
        told = fuhan(name, "--format", "csv").out
        assert (folder / f"out/{name}.csv").read_text("utf-8-sig") == told
    first, _ = csv.DictReader(io.StringIO(fuhan("letters", "--format", "csv").out))
    plain = json.loads(fuhan("letters").out.splitlines()[0])
    assert first.keys() == plain.keys()
    assert (first["title"], plain["title"]) == (f"'{HOSTILE}", HOSTILE)
    assert (first["contact"], first["phone"]) == ("'@x", "'+86 1")
    for name in ("history", "status", "coverage"):
        told = fuhan(name, *["1"] * (name == "history"), "--format", "csv").out
        cells = [each for row in csv.reader(io.StringIO(told)) for each in row]
        assert cells
        assert not [each for each in cells if each[:1] in set("=+-@\t\r\n")]
