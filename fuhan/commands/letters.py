"""List the letters on record."""

from dataclasses import asdict
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.commands.options import SourceOption
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.lookup import known_source
from fuhan.terminal.language import term
from fuhan.terminal.rows import Format, FormatOption, Sheet, chosen_format, write_rows
from letters.letter_record import Status
from letters.plain_letter_record import PlainLetterRecord
from letters.search_text import Search, SearchError, parse_search
from storage import queries
from storage.queries import ListedLetter

_LETTERS: Sheet[PlainLetterRecord] = Sheet(PlainLetterRecord.as_json, columns={})
_TABLE: Sheet[ListedLetter] = Sheet(
    as_json=asdict,
    columns={
        "id": lambda letter: str(letter.id),
        "source": lambda letter: letter.source,
        "status": lambda letter: term("status", letter.status.value),
        "listed": lambda letter: str(letter.listed_on or ""),
        "versions": lambda letter: str(letter.versions),
        "number": lambda letter: letter.number or "",
        "subject": lambda letter: letter.subject or "",
        "title": lambda letter: letter.title,
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
            if chosen_format(as_format) is Format.TABLE:  # which shows little of a letter
                write_rows(queries.listed_letters(connection, wanted), _TABLE, Format.TABLE)
            else:
                write_rows(queries.plain_letters(connection, wanted), _LETTERS, as_format)


def _words(search: str) -> Search:
    try:
        return parse_search(search)
    except SearchError as error:
        raise UsageError(f"--{error}") from None
