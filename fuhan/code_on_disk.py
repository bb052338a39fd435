"""What identifies the code that a process started now would import."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("letters", "differ", "storage", "crawler", "scheduler", "fuhan")

Stamp = tuple[str, int, int]


def code_on_disk() -> frozenset[Stamp]:
    """Return path, time and size of fuhan's modules, of Python, and of each package's metadata.

    An installer writes the metadata of a package with the package: that is looked at rather than
    thousands of modules. It takes two milliseconds.
    """
    return frozenset(_stamps())


def _stamps() -> Iterator[Stamp]:
    yield _stamp(sys.executable, Path(sys.executable).stat())
    for package in _PACKAGES:
        yield from _modules(f"{_ROOT}/{package}")
    for folder in sys.path:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".dist-info"):
                    yield _stamp(entry.path, entry.stat())


def _modules(folder: str) -> Iterator[Stamp]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:  # removed just now
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                yield _stamp(entry.path, entry.stat())


def _stamp(path: str, found: os.stat_result) -> Stamp:
    return path, found.st_mtime_ns, found.st_size
