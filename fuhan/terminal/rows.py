"""Write rows as a table, JSON lines or CSV."""

import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TextIO, TypeVar

import typer

from fuhan.terminal.language import said
from fuhan.terminal.spreadsheet import write_csv
from fuhan.terminal.streams import write_json
from fuhan.terminal.table import console, print_table

Row = TypeVar("Row")


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

    as_json: Callable[[Row], Mapping[str, Any]]  # its keys head the CSV
    columns: Mapping[str, Callable[[Row], str]]  # of the table: title and cell; the longest last


def chosen_format(wanted: Format | None, to: TextIO | None = None) -> Format:
    """Return how rows are written to stdout or `to` where `wanted` is asked for, or nothing."""
    return wanted or (Format.TABLE if (to or sys.stdout).isatty() else Format.JSONL)


def write_rows(
    rows: Iterable[Row], sheet: Sheet[Row], wanted: Format | None, to: TextIO | None = None
) -> None:
    """Write `rows` to stdout or `to`; by default as a table to a terminal, else as JSON lines.

    A generator of rows is closed, whatever happens: one that is left reads from a connection.
    """
    with closing(rows) if isinstance(rows, Generator) else nullcontext():
        _write_rows(rows, sheet, wanted, to)


def _write_rows(
    rows: Iterable[Row], sheet: Sheet[Row], wanted: Format | None, to: TextIO | None
) -> None:
    stream = to or sys.stdout
    chosen = chosen_format(wanted, stream)
    if chosen is Format.TABLE:
        cells = ([cell(row) for cell in sheet.columns.values()] for row in rows)
        print_table(console(), list(map(said, sheet.columns)), cells)
    elif chosen is Format.CSV:
        write_csv(map(sheet.as_json, rows), stream)
    else:
        for row in rows:
            write_json(sheet.as_json(row), stream)
