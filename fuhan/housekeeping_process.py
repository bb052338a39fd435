"""The process of one task of housekeeping: reads it from stdin, writes what came of it to stdout.

It ends when stdin closes, as its parent is gone then. Whatever keeps it from being done is the
`error` of what it writes, in one line.
"""

import json
import logging
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fuhan.parent import die_with_parent
from scheduler.housekeeping_task import HousekeepingTask
from storage.database.archive import Archive, ArchiveError, open_archive
from storage.database.errors import StorageError, reason
from storage.housekeeping.backup_folder import make_backup

_NICENESS = 10  # crawls and pages go first


def main(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Do the task on the first line of stdin and return 0; 1 where there is none."""
    logging.basicConfig(level=logging.CRITICAL)  # the parent logs what came of it
    if not (line := sys.stdin.readline()):
        return 1
    task = HousekeepingTask.from_line(line)
    die_with_parent()
    os.nice(_NICENESS)
    try:
        with closing(open_archive(task.database, create=False)) as archive:
            done = (
                _back_up(archive, task, now()) if task.name == "backup" else _check(archive, now())
            )
    except (ArchiveError, StorageError, sqlite3.Error, OSError) as error:
        done = {"error": reason(error)}
    sys.stdout.write(json.dumps(done, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0


def _back_up(archive: Archive, task: HousekeepingTask, at: datetime) -> dict[str, Any]:
    return {"file": str(make_backup(archive, Path(task.folder), task.keep, at))}


def _check(archive: Archive, at: datetime) -> dict[str, Any]:
    # What reads pages takes a second to import, which a backup need not pay.
    from fuhan.archive_audit import audit_share  # noqa: PLC0415
    from storage.housekeeping.nightly_check import check_tonight  # noqa: PLC0415
    from storage.housekeeping.tidy import tidy  # noqa: PLC0415

    checked = check_tonight(archive, audit_share, at)
    tidied = tidy(archive)
    return {
        "share": checked.share,
        "pages": checked.pages,
        "versions": checked.versions,
        "damages": checked.damages,
        "damaged": checked.damaged,
        "wal_bytes": tidied.wal_bytes,
        "free_bytes": tidied.free_bytes,
    }


if __name__ == "__main__":
    sys.exit(main())
