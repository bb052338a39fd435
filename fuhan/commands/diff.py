"""Two versions of one letter, compared."""

from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Connection

from differ.compare import compare
from fuhan.command import command
from fuhan.commands.options import LetterArgument
from fuhan.commands.show import held_letter
from fuhan.errors import UsageError
from fuhan.output import console
from fuhan.references import letter_named
from fuhan.session import Session
from letters.archive import HeldLetter
from letters.change import Edit

_From = Annotated[
    int | None, typer.Argument(metavar="[A]", help="The version before.", show_default=False)
]
_To = Annotated[
    int | None, typer.Argument(metavar="[B]", help="The version after.", show_default=False)
]


@command("fuhan diff cqfgw-proposals/0501 1 3")
def diff(session: Session, letter: LetterArgument, a: _From = None, b: _To = None) -> None:
    """Compare two versions of a letter; the last two, or A with the newest, or A with B.

    Words taken away stand in [-…-] and words put in in {+…+}, coloured on a terminal.
    """
    with session.archive() as (_, archive), archive.reading() as connection:
        old, new = _versions(connection, letter_named(connection, letter), a, b)
    for line in _lines(old, new):
        console().print(line, soft_wrap=True)


def _versions(
    connection: Connection, letter_id: int, a: int | None, b: int | None
) -> tuple[HeldLetter, HeldLetter]:
    newest = held_letter(connection, letter_id, b)
    if newest.versions == 1:
        raise UsageError(f"letter {letter_id} has one version, there is nothing to compare")
    return held_letter(connection, letter_id, a or max(newest.version - 1, 1)), newest


def _lines(old: HeldLetter, new: HeldLetter) -> list[Text]:
    head = Text(f"{new.letter.title}\nversion {old.version} → {new.version}", style="bold")
    return [head, *map(_line, compare(old.letter, new.letter))]


def _line(edit: Edit) -> Text:
    where = " / ".join((edit.field, *edit.section))
    line = Text.assemble((f"{where} ({edit.category.value}) ", "dim"))
    if edit.old is not None:
        line.append(f"[-{edit.old}-]", style="red")
    if edit.new is not None:
        line.append(f"{{+{edit.new}+}}", style="green")
    return line
