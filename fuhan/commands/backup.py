"""Copy the archive to a file."""

from pathlib import Path
from typing import Annotated

import typer

from fuhan.command import command
from fuhan.config.database_url import hide_password
from fuhan.context import CommandContext
from fuhan.errors import UsageError
from fuhan.terminal.streams import write_line
from storage.housekeeping.backup import backup as copy_archive

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist yet.")]


@command("fuhan backup /backup/fuhan-$(date +%F).db")
def backup(context: CommandContext, file: _File) -> None:
    """Copy the archive to FILE while crawls go on.

    The copy is opened again and compared before it has its name.
    """
    with context.archive() as (config, archive):
        if not archive.url.database:
            raise UsageError(
                f"{hide_password(config.database)}: not made yet, there is nothing to copy"
            )
        copy_archive(archive, file)
    write_line(str(file))
