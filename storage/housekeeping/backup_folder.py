"""A folder of backups of one archive: the newest are kept, no other file is touched."""

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from storage.database.archive import Archive, ArchiveError
from storage.database.errors import StorageError
from storage.housekeeping.backup import backup, part_of
from storage.housekeeping.sqlite_files import opened_for_reading, remove, why

_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"fuhan-(\d{8}T\d{6}Z)\.db", re.ASCII)
# What tells an archive from all others: how its ledger begins.
_BEGINNING = "SELECT hash FROM ledger ORDER BY id LIMIT 1"


def last_backup(archive: Archive, folder: Path) -> datetime | None:
    """Return when the newest backup of `archive` in `folder` was made, in UTC; None: none was.

    A folder that can't be read has none, nor has an archive that can't be.
    """
    try:
        return next((time_of(each) for each in _own(archive, folder)), None)
    except (OSError, StorageError, ArchiveError):
        return None


def make_backup(archive: Archive, folder: Path, keep: int, at: datetime) -> Path:
    """Back up the archive into `folder`, remove all but the `keep` newest, and return the file.

    What is removed has such a name and holds the same archive. Raises ArchiveError where none can
    be made; then nothing is removed.
    """
    target = folder / f"fuhan-{at.astimezone(UTC):{_TIME}}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob(part_of(Path("fuhan-*.db")).name):
            remove(part)  # of one that was cut off
        _back_up(archive, target)
        others = [each for each in _own(archive, folder) if each != target]
        for old in others[keep - 1 :]:
            old.unlink()
    except OSError as error:
        raise ArchiveError(f"backup {folder}: {why(error)}") from error
    return target


def _back_up(archive: Archive, target: Path) -> None:
    """Make one backup; what goes wrong is said of the folder: the next try has another name."""
    try:
        backup(archive, target)
    except ArchiveError as error:
        raise ArchiveError(str(error).replace(str(target), str(target.parent))) from error


def time_of(file: Path) -> datetime | None:
    """Return when a backup was made, by its name; None where it has none such."""
    read = _NAME.fullmatch(file.name)
    try:
        return datetime.strptime(read[1], _TIME).replace(tzinfo=UTC) if read else None
    except ValueError:  # the 40th of a month
        return None


def _own(archive: Archive, folder: Path) -> list[Path]:
    """Return the backups of `archive` in `folder`, the newest first."""
    beginning = _beginning_of(archive)
    named = [each for each in folder.iterdir() if time_of(each) is not None]
    files = [each for each in named if each.is_file() and not each.is_symlink()]
    return [each for each in sorted(files, reverse=True) if _begins(each, beginning)]


def _beginning_of(archive: Archive) -> str | None:
    with archive.reading() as connection:
        beginning: str | None = connection.exec_driver_sql(_BEGINNING).scalar()
        return beginning


def _begins(file: Path, beginning: str | None) -> bool:
    """Return whether a file holds an archive whose ledger begins so; None: it holds no entry."""
    try:
        with opened_for_reading(file) as connection:
            row = connection.execute(_BEGINNING).fetchone()
    except (sqlite3.Error, OSError):
        return False
    return (row[0] if row else None) == beginning
