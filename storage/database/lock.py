"""Lock a source for one crawl at a time: the second is refused, naming the first."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import text

from storage.database.archive import Archive
from storage.facts.crawls import unfinished_crawls

PATIENCE = 2.0  # seconds for a crawl that was just killed to be gone


class SourceBusyError(Exception):
    """Raised when another crawl of the source is running."""


@contextmanager
def crawl_lock(archive: Archive, source: str) -> Iterator[None]:
    """Hold the only right to crawl `source`; the system takes it back when the process dies.

    Raises SourceBusyError, naming the process that holds it, after a short wait.
    """
    if archive.url.get_backend_name() == "sqlite":
        with _file_lock(_path(archive, source), source):
            yield
    else:
        with _advisory_lock(archive, source):
            yield


def is_crawled(archive: Archive, source: str) -> bool:
    """Return whether somebody is crawling `source` at this moment, or may be.

    Where the lock file may not be opened, somebody may.
    """
    if archive.url.get_backend_name() != "sqlite":
        with archive.reading() as connection:
            return bool(connection.execute(_COUNT_LOCKS, {"key": crc32(source.encode())}).scalar())
    try:
        with _path(archive, source).open("rb") as lock:
            fcntl.flock(lock.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False  # none was ever taken
    except OSError:
        return True
    return False


def cut_off(archive: Archive) -> frozenset[int]:
    """Return the crawls that began, did not end, and whose source nobody is crawling.

    Whether one of them ended in between is to be read afterwards: a crawl has the lock of its
    source from before it begins until after it has ended.
    """
    with archive.reading() as connection:
        begun = unfinished_crawls(connection)
    free = {source for source in {each for _, each in begun} if not is_crawled(archive, source)}
    return frozenset(crawl_id for crawl_id, source in begun if source in free)


# As PostgreSQL keeps a lock on one number of 64 bits: two halves and objsubid 1.
_COUNT_LOCKS = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND classid = 0 AND objid = CAST(:key AS bigint) AND objsubid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _path(archive: Archive, source: str) -> Path:
    return Path(f"{archive.url.database}.{source}.lock")


@contextmanager
def _file_lock(path: Path, source: str) -> Iterator[None]:
    with path.open("a+", encoding="ascii") as lock:
        until = time.monotonic() + PATIENCE
        while not _try_lock(lock.fileno()):
            if time.monotonic() > until:
                lock.seek(0)
                raise SourceBusyError(f"{source}: process {lock.read().strip()} is crawling it")
            time.sleep(0.05)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _try_lock(descriptor: int) -> bool:
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
        try:
            yield
        finally:  # the session goes back to a pool, and would take the lock along
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
            connection.commit()
