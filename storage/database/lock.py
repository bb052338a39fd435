"""Lock a source for one crawl at a time: the second is refused, naming the first."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from storage.database.archive import Archive
from storage.database.session_lock import SessionLock, holder
from storage.facts.crawls import unfinished_crawls

PATIENCE = 2.0  # seconds for a crawl that was just killed to be gone


class SourceBusyError(Exception):
    """Raised when another crawl of the source is running."""


@contextmanager
def crawl_lock(
    archive: Archive, source: str, on_lost: Callable[[], None] | None = None
) -> Iterator[Archive]:
    """Hold the only right to crawl `source`, and yield the archive, to be written with it.

    The system takes it back when the process dies, and a server when the connection ends: what
    is yielded then writes no more, and `on_lost` is called, from another thread.
    Raises SourceBusyError, naming the process that holds it, after a short wait.
    """
    if archive.url.get_backend_name() == "sqlite":
        with _file_lock(_path(archive, source), source):
            yield archive
    else:
        with _session_lock(archive, source, on_lost) as locked:
            yield locked


def is_crawled(archive: Archive, source: str) -> bool:
    """Return whether somebody is crawling `source` at this moment, or may be.

    Where the lock file may not be opened, somebody may.
    """
    if archive.url.get_backend_name() != "sqlite":
        return _crawled_by(archive, source) is not None
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


def _path(archive: Archive, source: str) -> Path:
    return Path(f"{archive.url.database}.{source}.lock")


@contextmanager
def _file_lock(path: Path, source: str) -> Iterator[None]:
    with path.open("a+", encoding="ascii") as lock:
        if not _is_granted(partial(_try_lock, lock.fileno())):
            lock.seek(0)
            raise SourceBusyError(f"{source}: process {lock.read().strip()} is crawling it")
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
def _session_lock(
    archive: Archive, source: str, on_lost: Callable[[], None] | None
) -> Iterator[Archive]:
    lock = SessionLock(archive, source)
    try:
        if not _is_granted(lock.take):
            other = _crawled_by(archive, source) or "another process"
            raise SourceBusyError(f"{source}: {other} is crawling it")
        with lock.watched(on_lost) if on_lost else nullcontext():
            yield lock.archive()
    finally:
        lock.release()


def _crawled_by(archive: Archive, source: str) -> str | None:
    """Return which process has locked `source` on the server; None where nobody has."""
    with archive.reading() as connection:
        return holder(connection, source)


def _is_granted(attempt: Callable[[], bool]) -> bool:
    """Return whether `attempt` succeeded within a short wait."""
    until = time.monotonic() + PATIENCE
    while not attempt():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
