"""List the letters on record."""

from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.options import SourceOption
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.lookup import known_source
from fuhan.terminal.rows import FormatOption, Sheet, write_rows
from letters.letter_record import LetterRecord, Status
from letters.search_text import Search, SearchError, parse_search
from storage import queries

LETTERS: Sheet[LetterRecord] = Sheet(
    as_json=LetterRecord.as_json,
    columns={
        "id": lambda record: str(record.id),
        "source": lambda record: record.source,
        "status": lambda record: record.status.value,
        "listed": lambda record: str(record.listed_on or ""),
        "number": lambda record: record.letter.number or "",
        "versions": lambda record: str(record.versions),
        "title": lambda record: record.letter.title,
    },
)

_Search = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help="That say these words, in any version or file.", show_default=False
    ),
]
_Status = Annotated[Status | None, typer.Option(help="In this state.", show_default=False)]


@command("fuhan letters --search 成渝 --status withdrawn")
def letters(
    context: CommandContext,
    *,
    source: SourceOption = None,
    search: _Search = None,
    status: _Status = None,
    as_format: FormatOption = None,
) -> None:
    """List the letters held, of every status."""
    words = _words(search or "")
    with context.archive() as (config, archive):
        wanted = queries.LetterFilter(known_source(config, archive, source), words, status)
        with archive.reading() as connection:
            write_rows(queries.letters(connection, wanted), LETTERS, as_format)


def _words(search: str) -> Search:
    try:
        return parse_search(search)
    except SearchError as error:
        raise UsageError(f"--{error}") from None
