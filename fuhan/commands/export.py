"""Export the archive to files, or copy it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.config.database_url import hide_password
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.export_files import export as write_files
from fuhan.terminal.streams import write_line
from storage.export.backup import backup as copy_archive


class ExportFormat(StrEnum):
    """How the archive is exported."""

    CSV = "csv"
    JSONL = "jsonl"
    WARC = "warc"  # the pages as served


_Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; it is made.")
]
_Format = Annotated[ExportFormat, typer.Option("--format", help="warc: the pages as served.")]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist yet.")]


@command("fuhan export -o out --format csv")
def export(
    context: CommandContext, output: _Folder, as_format: _Format = ExportFormat.JSONL
) -> None:
    """Write what is held to files.

    Letters, changes and crawls as CSV or JSON lines, or the pages as served as a WARC.
    """
    with context.archive() as (_, archive):
        for path in write_files(archive, output, as_format):
            write_line(str(path))


@command("fuhan backup /backup/fuhan-$(date +%F).db")
def backup(context: CommandContext, file: _File) -> None:
    """Copy the archive to FILE while crawls go on."""
    with context.archive() as (config, archive):
        if not archive.url.database:
            raise UsageError(
                f"{hide_password(config.database)}: not made yet, there is nothing to copy"
            )
        copy_archive(archive, file)
    write_line(str(file))
