"""Rows as a table that fits a terminal of any width."""

import re
import sys
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

_WIDE = 200  # columns where the output is no terminal
_GAP = "  "
_INDENT = "    "
# What stays together at the end of a line: a word of ASCII, else one character.
_UNIT = re.compile(r"(?:[!-~]+|[^!-~\s])\s*|\s+")


def console(*, markup: bool = False) -> Console:
    """Return a console on stdout that prints text as it is; with `markup`, rich's own markup."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(file=sys.stdout, width=width, markup=markup, emoji=False, highlight=False)


def print_table(console: Console, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print `rows` under `titles`; nothing where there are none.

    Where all columns don't fit, the last ones stand beneath their row, each with its title, so
    that no line of the table is folded. What may be long belongs to the end of a row.
    """
    if not rows:
        return
    clean = [[" ".join(cell.splitlines()) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(titles, *clean, strict=True)]
    widths = _fitting(widths, console.width)
    console.print(Text(_line(titles, widths), "bold"))
    for row in clean:
        console.print(Text(_line(row, widths)))
        for title, cell in list(zip(titles, row, strict=True))[len(widths) :]:
            for line in _folded(f"{title}: {cell}", console.width - len(_INDENT)) if cell else ():
                console.print(Text(_INDENT + line))


def _fitting(widths: list[int], room: int) -> list[int]:
    """Return the widths of the first columns that fit into `room`, of one at least."""
    count = len(widths)
    while count > 1 and sum(widths[:count]) + len(_GAP) * (count - 1) > room:
        count -= 1
    return widths[:count]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return as many of `cells` as there are `widths`, in columns."""
    shown = zip(cells[: len(widths)], widths, strict=True)
    return _GAP.join(cell + " " * (width - cell_len(cell)) for cell, width in shown).rstrip()


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield `text` in lines of `width` at most."""
    line = ""
    for unit in _UNIT.findall(text):
        for part in chop_cells(unit, width):
            if line and cell_len((line + part).rstrip()) > width:
                yield line.rstrip()
                line = ""
            line += part
    yield line.rstrip()
