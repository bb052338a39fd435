"""Compare two versions of one letter."""

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Connection

from differ.rows import DiffRow, DiffRowKind, Run, RunKind, fold, rows
from fuhan.command import command
from fuhan.commands.options import LetterArgument
from fuhan.commands.show import recorded_letter
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.lookup import find_letter_id
from fuhan.terminal.language import said, term
from fuhan.terminal.table import console
from letters.letter_record import LetterRecord
from storage import queries

_From = Annotated[
    int | None, typer.Argument(metavar="[A]", help="The version before.", show_default=False)
]
_To = Annotated[
    int | None, typer.Argument(metavar="[B]", help="The version after.", show_default=False)
]

_MARKS = {RunKind.DELETE: ("[-", "-]"), RunKind.INSERT: ("{+", "+}"), RunKind.MOVE: ("[~", "~]")}
_STYLES = {RunKind.DELETE: "red strike", RunKind.INSERT: "green", RunKind.MOVE: "cyan"}


@command("fuhan diff cqfgw-proposals/0501 1 3")
def diff(context: CommandContext, letter: LetterArgument, a: _From = None, b: _To = None) -> None:
    """Compare two versions of a letter.

    The last two, A with the newest, or A with B. What went is red and what came is green;
    where no colour can be shown, what went stands in [-…-], what came in {+…+} and what moved
    in [~…~].
    """
    with context.archive() as (_, archive), archive.reading() as connection:
        old, new = _versions(connection, find_letter_id(connection, letter), a, b)
    shown = console()
    is_coloured = sys.stdout.isatty() and shown.color_system and not shown.no_color
    for line in _lines(old, new, marked=not is_coloured):
        shown.print(line, soft_wrap=True)


def _versions(
    connection: Connection, letter_id: int, a: int | None, b: int | None
) -> tuple[LetterRecord, LetterRecord]:
    after = recorded_letter(connection, letter_id, b)
    if after.versions == 1:
        raise UsageError(f"letter {letter_id} has one version, there is nothing to compare")
    numbers = [each.number for each in queries.versions(connection, letter_id)]
    before = a if a is not None else numbers[max(numbers.index(after.version) - 1, 0)]
    return recorded_letter(connection, letter_id, before), after


def _lines(old: LetterRecord, new: LetterRecord, *, marked: bool) -> Iterator[Text]:
    yield Text(new.letter.title, "bold")
    yield Text(said(f"version {old.version} → {new.version}, {new.letter.url}"), "dim")
    for stretch in fold(rows(old.letter, new.letter)):
        if isinstance(stretch, int):
            yield Text(said(f"… {stretch} unchanged …"), "dim")
        else:
            yield from (_line(row, marked=marked) for row in stretch)


def _line(row: DiffRow, *, marked: bool) -> Text:
    names = (term("field", row.field), *row.section)
    line = Text("" if row.field == "body" else f"{' › '.join(names)}: ")
    if row.kind is DiffRowKind.MOVED:
        line.append(said(f"moved {'here' if row.new else 'away'} ({row.move}): "), "dim")
    return line.append_text(_runs(row.inline, marked=marked))


def _runs(runs: Iterable[Run], *, marked: bool) -> Text:
    text = Text()
    for run in runs:
        before, after = _MARKS.get(run.kind, ("", "")) if marked else ("", "")
        text.append(f"{before}{run.shown}{after}", _STYLES.get(run.kind))
    return text
