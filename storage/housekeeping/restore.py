"""Put a backup in the archive's place: whole or not at all, and what stood there is kept.

At each moment the old archive or the new one is at the path: the new one is copied beside it and
checked, the old one gets a second name, and one rename puts the new one over the first.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from storage.audit import Checked
from storage.database.archive import Archive, ArchiveError, DamagedError, open_archive
from storage.housekeeping.sqlite_files import (
    COMPANIONS,
    fold,
    is_database,
    opened_for_reading,
    reach_disk,
    remove,
    why,
)

_KEPT = ".before-restore-"
_PATIENCE = 2.0  # seconds for whoever is about to close the archive


def restore(
    target: Path, file: Path, check: Callable[[Archive], Checked], at: datetime
) -> tuple[Checked, Path | None]:
    """Check the backup `file` whole, then put it in the place of the archive `target`.

    Returns what was checked, and where the archive is kept that stood there; None: none stood
    there, or damage was found and nothing was replaced. The copy is brought to today's schema
    before it is checked. Raises DamagedError where the backup is no sound database, ArchiveError
    where it is no archive of ours or of a newer fuhan, where somebody has the archive open, or
    where nothing can be written.
    """
    part = Path(f"{target}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _claimed(target) as is_folded:
            try:
                checked = _checked_copy(file, part, check)
                if checked.damages:
                    return checked, None
                return checked, _put(part, target, at, is_folded=is_folded)
            finally:
                remove(part)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"restore {file}: {why(error)}") from error


def _checked_copy(file: Path, part: Path, check: Callable[[Archive], Checked]) -> Checked:
    """Copy `file` to `part`, bring it to today's schema, and check all of it."""
    remove(part)
    try:
        with opened_for_reading(file) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise DamagedError(f"restore {file}: {error}") from error
    try:
        url = URL.create("sqlite", database=str(part)).render_as_string()
        with closing(open_archive(url, create=False)) as archive:
            if not archive.url.database:
                raise DamagedError(f"restore {file}: it holds no archive")
            checked = check(archive)
    except ArchiveError as error:  # it is about the copy, which nobody knows
        raise type(error)(str(error).replace(str(part), str(file))) from error
    fold(part)
    reach_disk(part)
    return checked


@contextmanager
def _claimed(target: Path) -> Iterator[bool]:
    """Keep everybody else from the archive; yield whether it is one file, its -wal folded in.

    That it is not where it is no sound database, or where there is none. Raises ArchiveError
    where somebody has it open: a service, a crawl, a command.
    """
    with ExitStack() as held:
        for lock in sorted(target.parent.glob(f"{target.name}.*.lock")):
            _claim_file(held.enter_context(lock.open("rb")).fileno(), target)
        if not (target.exists() and is_database(target)):
            yield False
            return
        connection = held.enter_context(
            closing(sqlite3.connect(target, timeout=_PATIENCE, isolation_level=None))
        )
        yield _claim_database(connection, target)


def _claim_file(descriptor: int, target: Path) -> None:
    """Take the lock of a crawl, or of who sends alerts."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _busy(target) from None


def _claim_database(connection: sqlite3.Connection, target: Path) -> bool:
    """Fold the -wal in, which SQLite does for none but the only one who has the file open."""
    try:
        for statement in ("PRAGMA journal_mode=DELETE", "BEGIN EXCLUSIVE"):
            connection.execute(statement).close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise _busy(target) from None
        raise
    except sqlite3.DatabaseError:  # it is damaged, which may be why another takes its place
        connection.close()
        return False
    return True


def _busy(target: Path) -> ArchiveError:
    return ArchiveError(f"{target}: is in use: stop the service, crawls and commands that have it")


def _put(part: Path, target: Path, at: datetime, *, is_folded: bool) -> Path | None:
    """Put `part` in the place of `target`, and return where what was there is kept."""
    if not target.exists():
        part.replace(target)
        reach_disk(target.parent)
        return None
    for name in target.parent.glob(f"{target.name}{_KEPT}*"):
        if name.samefile(target):  # a second name that one gave which was cut off here
            name.unlink()
    kept = Path(f"{target}{_KEPT}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    _keep(target, kept)
    if not is_folded:
        for end in COMPANIONS:  # what they hold is not of the archive that comes
            companion = Path(f"{target}{end}")
            if companion.exists() and end != "-shm":  # that is but an index of the -wal
                _keep(companion, Path(f"{kept}{end}"))
            companion.unlink(missing_ok=True)
    reach_disk(target.parent)
    part.replace(target)
    reach_disk(target.parent)
    return kept


def _keep(file: Path, kept: Path) -> None:
    """Give a file a second name, or copy it where the disk knows no second names."""
    try:
        os.link(file, kept)
    except FileExistsError:
        raise
    except OSError:
        copy = Path(f"{kept}.part")
        shutil.copy2(file, copy)
        reach_disk(copy)
        copy.replace(kept)
