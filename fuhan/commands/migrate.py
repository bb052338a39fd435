"""Copy the archive to another database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection

from fuhan.archive_audit import audit
from fuhan.command import command
from fuhan.config.database_url import database_url, file_problem, hide_password
from fuhan.context import CommandContext
from fuhan.errors import ExitCode, FuhanError, UsageError
from fuhan.global_options import GlobalOptions
from fuhan.terminal.progress import tracked
from fuhan.terminal.streams import write_sentence
from letters.counted import counted
from storage import queries
from storage.database.archive import Archive, finish_copy, open_copy
from storage.database.lock import is_crawled
from storage.database.preflight import holds_rows
from storage.export.archive_rows import (
    OtherRowsError,
    clear_rows,
    compare_rows,
    copy_rows,
    count_rows,
    index_rows,
    newest_rows,
)
from storage.facts.crawls import unfinished_crawls

_To = Annotated[
    str,
    typer.Option("--to", metavar="URL", help="An empty database, or one this command began."),
]


@command("fuhan migrate --to postgresql+psycopg://fuhan@localhost/fuhan")
def migrate(context: CommandContext, *, to: _To) -> None:
    """Copy the archive whole to another database, and verify it there.

    Stop the service before. A copy that was cut off goes on when the command is run again;
    until it is verified no other command opens it. The archive itself stays as it is.
    """
    with context.archive() as (config, source):
        _check(to, config.database, source)
        with closing(open_copy(to)) as copy:
            with _unchanged(source) as reading:
                rows = _copy(reading, copy, context)
            _verify(source, copy)
            finish_copy(copy)
    write_sentence(
        f"{counted(rows, 'row')} copied and verified; now set database: {hide_password(to)}"
    )


def _check(to: str, database: str, source: Archive) -> None:
    """Raise UsageError where there is nothing to copy, or nowhere to copy it to."""
    try:
        problem = file_problem(database_url(to))
    except PydanticCustomError as error:
        raise UsageError(f"--to: {error}") from None
    if problem:
        raise UsageError(f"--to: {problem}")
    if not source.url.database:
        raise UsageError(f"{hide_password(database)}: not made yet, there is nothing to copy")
    with source.reading() as connection:
        if not holds_rows(connection):
            raise UsageError(f"{hide_password(database)}: is empty, there is nothing to copy")


@contextmanager
def _unchanged(source: Archive) -> Iterator[Connection]:
    """Yield a connection to an archive that nobody writes in the meantime.

    Raises FuhanError where somebody does.
    """
    with source.reading() as connection:
        begun = unfinished_crawls(connection)
    busy = sorted({name for _, name in begun if is_crawled(source, name)})
    if busy:
        raise FuhanError(f"{busy[0]}: is being crawled: stop the service first")
    with source.reading() as connection:
        before = newest_rows(connection)
        yield connection
    with source.reading() as connection:
        if newest_rows(connection) != before:
            raise FuhanError(
                "the archive was written while it was copied: stop the service, and run this again"
            )


def _copy(reading: Connection, copy: Archive, options: GlobalOptions) -> int:
    """Copy what is missing, and compare all; return the number of rows."""
    rows = count_rows(reading)
    try:
        tracked(copy_rows(reading, copy), "rows copied", options, rows)
    except OtherRowsError:  # of a state that the archive has left
        clear_rows(copy)
        tracked(copy_rows(reading, copy), "rows copied anew", options, rows)
    letters = queries.count_letters(reading, queries.LetterFilter())
    tracked(index_rows(copy), "letters indexed", options, letters)
    try:
        tracked(compare_rows(reading, copy), "rows compared", options, rows)
    except OtherRowsError as error:
        raise FuhanError(f"{error}: the copy is not what was copied: run this again") from None
    return rows


def _verify(source: Archive, copy: Archive) -> None:
    """Raise typer.Exit where the copy has damages that the archive has not."""
    damages = audit(copy).damages
    known = audit(source).damages if damages else []
    for damage in damages:
        write_sentence(f"{damage}{' (so is the archive)' if damage in known else ''}")
    if any(damage not in known for damage in damages):
        raise typer.Exit(ExitCode.DAMAGE)
