"""Rows as CSV, of which no spreadsheet takes a word of a publisher for a formula."""

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO
from unicodedata import category, normalize

# https://owasp.org/www-community/attacks/CSV_Injection
_BEGIN_FORMULAS = set("=+-@")  # in any width
_BLANK = {"Cf", "Zs", "Zl", "Zp"}  # categories: what some programs pass over at the beginning
_QUOTES = set("\"'`‘’“”＂＇")


def write_csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write `rows` under a line of the first one's keys; nothing where there are none.

    A value that is no single word or number stands as JSON. Text that a spreadsheet might
    take for a formula has an apostrophe before it; numbers stay numbers.
    """
    writer = csv.writer(_Lines(out), lineterminator="\r\n")
    for place, row in enumerate(rows):
        if place == 0:
            writer.writerow(row)
        writer.writerow(map(_cell, row.values()))


class _Lines:
    """Ends lines as Unix does.

    The writer itself must not: it quotes a cell with a carriage return in it only where its own
    lines end in one, and the rest of such a cell would be a row of its own.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> None:
        """Write one line of the writer's."""
        self._out.write(line.removesuffix("\r\n") + "\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _may_be_formula(value) else value


def _may_be_formula(text: str) -> bool:
    """Return whether `text` begins like a formula, or with a tab or another control character.

    Blanks and quotes before are passed over. So whoever takes an apostrophe away again, where
    what follows it begins so, has the text as it was.
    """
    for char in text:
        kind = category(char)
        if kind == "Cc" or normalize("NFKC", char) in _BEGIN_FORMULAS:
            return True
        if kind not in _BLANK and char not in _QUOTES:
            return False
    return False
