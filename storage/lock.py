"""One crawl of a source at a time: the second refuses, naming the first."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import text

from storage.archive import Archive

PATIENCE = 2.0  # seconds for a crawl that was just killed to be gone


class SourceBusyError(Exception):
    """Raised when another crawl of the source is running."""


@contextmanager
def crawl_lock(archive: Archive, source: str) -> Iterator[None]:
    """Hold the only right to crawl `source`; the system takes it back when the process dies.

    Raises SourceBusyError, naming the process that holds it, after a short wait.
    """
    if archive.url.get_backend_name() == "sqlite":
        with _file_lock(Path(f"{archive.url.database}.{source}.lock"), source):
            yield
    else:
        with _advisory_lock(archive, source):
            yield


@contextmanager
def _file_lock(path: Path, source: str) -> Iterator[None]:
    with path.open("a+", encoding="ascii") as lock:
        until = time.monotonic() + PATIENCE
        while not _taken(lock.fileno()):
            if time.monotonic() > until:
                lock.seek(0)
                raise SourceBusyError(f"{source}: process {lock.read().strip()} is crawling it")
            time.sleep(0.05)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _advisory_lock(archive: Archive, source: str) -> Iterator[None]:
    key = crc32(source.encode())
    with archive.reading() as connection:
        taken = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
        if not taken.scalar():
            raise SourceBusyError(f"{source}: another process is crawling it")
        connection.commit()
        yield
