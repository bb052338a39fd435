"""What is held, taken elsewhere: files for other programs, a copy of the archive."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from fuhan.command import command
from fuhan.commands.changes import changes_sheet
from fuhan.commands.crawls import crawls_sheet
from fuhan.commands.letters import LETTERS
from fuhan.errors import UsageError
from fuhan.output import Format, Sheet, write_line, write_rows
from fuhan.session import Session
from storage import queries
from storage.backup import backup as copy_archive
from storage.warc import write_warc


class Kept(StrEnum):
    """As what the archive is exported."""

    CSV = "csv"
    JSONL = "jsonl"
    WARC = "warc"  # the pages as served


_Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; it is made.")
]
_Kept = Annotated[Kept, typer.Option("--format", help="warc: the pages as served.")]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist yet.")]


@command("fuhan export -o out --format csv")
def export(session: Session, output: _Folder, as_format: _Kept = Kept.JSONL) -> None:
    """Write letters, changes and crawls to files, or the pages as served to a WARC."""
    with session.archive() as (config, archive), archive.reading() as connection:
        output.mkdir(parents=True, exist_ok=True)
        if as_format is Kept.WARC:
            write_warc(connection, output / "fuhan.warc.gz")
            write_line(str(output / "fuhan.warc.gz"))
        else:
            _write_all(connection, output, Format(as_format), ZoneInfo(config.timezone))


def _write_all(connection: Connection, folder: Path, form: Format, zone: ZoneInfo) -> None:
    rows: dict[str, tuple[Any, Sheet[Any]]] = {
        "letters": (queries.letters(connection, queries.LetterFilter()), LETTERS),
        "changes": (queries.changes(connection, queries.ChangeFilter()), changes_sheet(zone)),
        "crawls": (queries.crawls(connection), crawls_sheet(zone)),
    }
    for name, (values, sheet) in rows.items():
        path = folder / f"{name}.{form}"
        with path.open("w", encoding="utf-8", newline="") as file:
            write_rows(values, sheet, form, file)
        write_line(str(path))


@command("fuhan backup /backup/fuhan-$(date +%F).db")
def backup(session: Session, file: _File) -> None:
    """Copy the archive to FILE while crawls go on."""
    with session.archive() as (config, archive):
        if not archive.url.database:
            raise UsageError(f"{config.database}: not made yet, there is nothing to copy")
        copy_archive(archive, file)
    write_line(str(file))
