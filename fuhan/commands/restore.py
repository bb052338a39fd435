"""Put a backup in the archive's place."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from fuhan.archive_audit import audit, checked_counts
from fuhan.command import command
from fuhan.commands.options import check_file
from fuhan.context import CommandContext
from fuhan.errors import ExitCode, UsageError
from fuhan.terminal.streams import write_sentence
from storage.audit import Checked, Damage
from storage.database.archive import DamagedError
from storage.housekeeping.restore import restore as put_in_place

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, of any release.")]


@command("fuhan restore /backup/fuhan-20261128T020000Z.db")
def restore(context: CommandContext, file: _File) -> None:
    """Check a backup, then put it where the archive is.

    The backup is checked whole before anything is replaced; damage is named, with exit code 4.
    What stood there is kept beside. Stop the service before.
    """
    target = _archive_file(context.config().database)
    _refuse(file, target)
    checked, kept = _restored(target, file)
    for damage in checked.damages:
        write_sentence(str(damage))
    if checked.damages:
        raise typer.Exit(ExitCode.DAMAGE)
    write_sentence(f"restored: {checked_counts(checked)}")
    if kept is not None:
        write_sentence(f"kept what was there: {kept}")


def _archive_file(database: str) -> Path:
    """Return the archive's file; raise UsageError where it is a server's database."""
    where = make_url(database)
    if where.get_backend_name() != "sqlite" or not where.database:
        hint = "for PostgreSQL use pg_restore"
        raise UsageError(f"restore puts a file in an SQLite archive's place; {hint}")
    return Path(where.database)


def _refuse(file: Path, target: Path) -> None:
    """Raise UsageError where `file` is no file, or the archive itself."""
    check_file(file)
    if target.exists() and file.samefile(target):
        raise UsageError(f"{file}: is the archive itself")


def _restored(target: Path, file: Path) -> tuple[Checked, Path | None]:
    """Return what was checked and what is kept; no sound database is damage like any other."""
    try:
        return put_in_place(target, file, audit, datetime.now(UTC))
    except DamagedError as error:
        damage = Damage(str(file), str(error).rpartition(f"{file}: ")[2])
        return Checked(damages=[damage]), None
