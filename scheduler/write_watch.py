"""Knows whether the archive can be written: asked now and again, said once as that changes."""

import logging
from time import monotonic

from storage.database.archive import Archive
from storage.database.errors import StorageError
from storage.database.writable import write_problem

log = logging.getLogger(__name__)

_EVERY = 10.0  # seconds: a server is asked by a session of its own each time


class WriteWatch:
    """What is known of the archive that crawls are recorded in."""

    def __init__(self, archive: Archive, every: float = _EVERY) -> None:
        self._archive = archive
        self._every = every
        self._next = 0.0
        self._problem: str | None = None

    @property
    def problem(self) -> str | None:
        """Why the archive can't be written, as far as is known, or None."""
        return self._problem

    def look(self) -> None:
        """Ask again where it is time; may take as long as a server takes."""
        if monotonic() < self._next:
            return
        self._next = monotonic() + self._every
        try:
            problem = write_problem(self._archive.url)
        except StorageError:  # then it can't be read either, which is said elsewhere
            return
        before, self._problem = self._problem, problem
        if problem and problem != before:
            log.error("%s; no crawl begins until it can", unwritable(problem))
        elif before and not problem:
            log.info("the database can be written again")


def unwritable(problem: str) -> str:
    """Return in a sentence that the archive can't be written, and why."""
    return f"the database can't be written: {problem}"
