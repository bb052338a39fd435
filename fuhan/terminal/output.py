"""Rows as people and programs want them: a table, JSON lines or CSV."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TextIO, TypeVar

import typer
from rich.console import Console

from fuhan.terminal.spreadsheet import write_csv
from fuhan.terminal.table import print_table

Row = TypeVar("Row")
_WIDE = 200  # columns of a table that goes to no terminal


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="Default: table on a terminal, else jsonl.", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """How rows of one kind are written."""

    told: Callable[[Row], Mapping[str, Any]]  # a row as JSON has it; its keys head the CSV
    columns: Mapping[str, Callable[[Row], str]]  # of the table: title and cell; the longest last


def write_rows(
    rows: Iterable[Row], sheet: Sheet[Row], wanted: Format | None, to: TextIO | None = None
) -> None:
    """Write `rows` to stdout, or to `to`, as wanted, else as suits where they go."""
    out = to or sys.stdout
    chosen = wanted or (Format.TABLE if out.isatty() else Format.JSONL)
    if chosen is Format.TABLE:
        cells = [[cell(row) for cell in sheet.columns.values()] for row in rows]
        print_table(console(), list(sheet.columns), cells)
    elif chosen is Format.CSV:
        write_csv(map(sheet.told, rows), out)
    else:
        for row in rows:
            write_json(sheet.told(row), out)


def write_json(told: Mapping[str, Any], to: TextIO | None = None) -> None:
    """Write one JSON object as one line to stdout or `to`."""
    (to or sys.stdout).write(json.dumps(told, ensure_ascii=False) + "\n")


def write_line(text: str) -> None:
    """Write one line of a result."""
    sys.stdout.write(text + "\n")


def console(*, markup: bool = False) -> Console:
    """Return a console on stdout that takes text as it is, unless `markup` is asked for."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(file=sys.stdout, width=width, markup=markup, emoji=False, highlight=False)


def steady_streams() -> None:
    """Make both streams UTF-8 whatever the locale says, and able to write any text.

    A stream that was closed must not become the number of a file that is opened later: results
    that go nowhere fail as they are written, what goes to stderr is dropped.
    """
    for number, way in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # takes the lowest number that is free, which is this one
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115 - no path
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
