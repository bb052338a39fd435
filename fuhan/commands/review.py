"""Record a person's decision on a change."""

import getpass
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.options import NoteOption, now
from fuhan.context import CommandContext
from fuhan.errors import UnknownError
from fuhan.terminal.streams import write_line
from letters.review import ReviewState
from storage import queries
from storage.facts.reviews import add_review

_Change = Annotated[int, typer.Argument(metavar="CHANGE", help="Its id, as changes shows it.")]
_State = Annotated[ReviewState, typer.Option("--state", help="What you say of it.")]


@command("fuhan review 12 --state flagged --note 'ask the bureau'")
def review(
    context: CommandContext, change: _Change, *, state: _State, note: NoteOption = None
) -> None:
    """Record a decision on a change; accepting one that is held lets it be announced."""
    with context.archive(writes=True) as (_, archive):
        with archive.reading() as connection:
            if queries.change(connection, change) is None:
                raise UnknownError(f"change {change} is not known")
        with archive.writing() as connection:
            decided = add_review(connection, change, (state, note), getpass.getuser(), now())
    write_line(f"change {change}: {decided.state.value}")
