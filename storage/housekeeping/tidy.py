"""What a file of SQLite needs now and then: its -wal folded in, and a word about free space."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.database.archive import Archive
from storage.database.engines import is_file

_PATIENCE = 1.0  # seconds for readers to end; who writes waits as long at most
MUCH = 64 * 2**20  # bytes of which something is said
_FREE_SHARE = 0.25  # of the file, free, that is worth to be given back


@dataclass(frozen=True, slots=True)
class Tidied:
    """How the file is afterwards."""

    wal_bytes: int = 0  # what could not be folded in, as somebody still reads what was before
    free_bytes: int = 0  # in the file without use


def tidy(archive: Archive) -> Tidied:
    """Fold the -wal into the file and cut it, unless somebody reads what was before.

    A server sees to its own. Raises sqlite3.Error where the file can't be written.
    """
    if not is_file(archive.url) or not archive.url.database:
        return Tidied()
    file = Path(archive.url.database)
    opened = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    with closing(opened) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        wal = Path(f"{file}-wal")
        wal_bytes = wal.stat().st_size if wal.exists() else 0
        free, pages, size = (
            connection.execute(f"PRAGMA {each}").fetchone()[0]
            for each in ("freelist_count", "page_count", "page_size")
        )
    is_worth = free * size > MUCH and free > pages * _FREE_SHARE
    return Tidied(wal_bytes, free * size if is_worth else 0)
