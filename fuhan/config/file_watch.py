"""Notices that the configuration's file says something else, and waits until it is written."""

import hashlib
import stat
from pathlib import Path

_Trace = tuple[int, ...]  # what a file that was written, or replaced, shows


class FileWatch:
    """Watches one file, which an editor may replace, and a link may lead to another one.

    Only a regular file is watched: what comes from a pipe comes once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._trace = _trace(file)
        self._is_settled = False  # whether it was read since it was last written
        self.digest = file_digest(file)  # of what was read last; None: nothing could be read

    def has_changed(self) -> bool:
        """Return whether the file says something else than at the last reading, and is still.

        It is still where it is as it was at the call before. To be called every few seconds: a
        file that was not touched is not read.
        """
        trace = _trace(self._file)
        if trace != self._trace:
            self._trace, self._is_settled = trace, False
            return False
        if self._is_settled:
            return False
        self._is_settled = True
        before, self.digest = self.digest, file_digest(self._file)
        return self.digest != before

    def take(self) -> None:
        """Go by what the file says now, written to its end or not."""
        self._trace, self._is_settled = _trace(self._file), False
        self.digest = file_digest(self._file)


def file_digest(file: Path) -> str | None:
    """Return the sha256 of a regular file; None for any other, or one that can't be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
    except OSError:
        return None


def _trace(file: Path) -> _Trace:
    try:
        found = file.stat()  # of what a link leads to
    except (OSError, ValueError):
        return ()
    if not stat.S_ISREG(found.st_mode):
        return (found.st_mode,)
    times = found.st_mtime_ns, found.st_ctime_ns  # whoever sets the one back can't set the other
    return found.st_dev, found.st_ino, found.st_size, *times
