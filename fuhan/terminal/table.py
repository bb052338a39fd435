"""Rows as a table that fits a terminal of any width."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.control import strip_control_codes
from rich.text import Text

_WIDE = 200  # columns where the output is no terminal
_GAP = "  "
_INDENT = "    "
_FIRST_BLOCK, _BLOCK = 100, 1000  # rows whose columns are as wide as the widest of them
# What stays together at the end of a line: a word of ASCII, else one character.
_UNIT = re.compile(r"(?:[!-~]+|[^!-~\s])\s*|\s+")


class _Console(Console):
    """A console whose reader may have seen enough: the command line knows what to do then."""

    def on_broken_pipe(self) -> None:
        """Raise what rich would end the process with 1 for."""
        raise BrokenPipeError


def console(*, markup: bool = False) -> Console:
    """Return a console on stdout that prints text as it is; with `markup`, rich's own markup."""
    width = None if sys.stdout.isatty() else _WIDE
    return _Console(file=sys.stdout, width=width, markup=markup, emoji=False, highlight=False)


def print_table(console: Console, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print `rows` under `titles`; nothing where there are none.

    Where all columns don't fit, the last ones stand beneath their row, each with its title, so
    that no line of the table is folded. What may be long belongs to the end of a row.

    Rows are printed in blocks as they come, so that the first are there at once and no more than
    a block is in memory; a block may widen the columns of those before it.
    """
    widths = [cell_len(title) for title in titles]
    remaining, is_first = iter(rows), True
    while block := list(islice(remaining, _FIRST_BLOCK if is_first else _BLOCK)):
        clean = [[_one_line(cell) for cell in row] for row in block]
        widest = zip(*clean, _blanks(widths), strict=True)
        widths = [max(map(cell_len, column)) for column in widest]
        fitting = _fitting(widths, console.width)
        if is_first:
            console.print(Text(_line(titles, fitting), "bold"))
        for row in clean:
            for line in _row(titles, row, fitting, console):
                # Of one column, even that may not fit.
                console.file.writelines(
                    f"{part}\n" for part in chop_cells(line, console.width) or [""]
                )
        console.file.flush()
        is_first = False


def _row(
    titles: Sequence[str], row: Sequence[str], widths: Sequence[int], console: Console
) -> Iterator[str]:
    """Yield the lines of one row: its columns, then what does not fit beside them."""
    yield _line(row, widths)
    for title, cell in list(zip(titles, row, strict=True))[len(widths) :]:
        for line in _folded(f"{title}: {cell}", console.width - len(_INDENT)) if cell else ():
            yield _INDENT + line


def _one_line(cell: str) -> str:
    """Return a cell as one line, without what would move a terminal's cursor."""
    return strip_control_codes(" ".join(cell.splitlines()))


def _blanks(widths: Sequence[int]) -> list[str]:
    """Return cells that are as wide as `widths`."""
    return [" " * width for width in widths]


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
