"""The folder of a site: what exports wrote there, and what goes when it is written anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "fuhan-site.txt"  # the files of the site, one a line, itself left out


class ForeignFileError(Exception):
    """Raised when a file of the site would take the place of one that no export wrote."""


class SiteFolder:
    """Writes the files of a site, and none but these.

    A path is noted in the manifest before its file is written, so that the next export knows
    the files of one that was cut off, too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ours = _read_manifest(folder)
        self._written: set[str] = set()

    @contextmanager
    def rewriting(self) -> Iterator[None]:
        """Within, the site is written; then files of the export before that it lacks go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        yield
        for path in sorted(self._ours - self._written):
            (self._folder / path).unlink(missing_ok=True)
        self._write_manifest(self._written)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, unless it has this content already; `path` is from the folder, with /.

        Raises ForeignFileError where another file is in its place.
        """
        body = content.encode("utf-8", "replace") if isinstance(content, str) else content
        target = self._folder / path
        self._claim(path, target)
        if not target.is_file() or target.read_bytes() != body:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)

    def has(self, path: str) -> bool:
        """Return whether this export wrote a file."""
        return path in self._written

    def _claim(self, path: str, target: Path) -> None:
        if path not in self._ours:
            if target.exists():
                raise ForeignFileError(f"{target}: stands there, and is of no earlier export")
            self._ours.add(path)
            with (self._folder / MANIFEST).open("a", encoding="utf-8") as manifest:
                manifest.write(f"{path}\n")
        self._written.add(path)

    def _write_manifest(self, paths: set[str]) -> None:
        lines = "".join(f"{path}\n" for path in sorted(paths))
        (self._folder / MANIFEST).write_text(lines, encoding="utf-8")


def _read_manifest(folder: Path) -> set[str]:
    """Return the files that exports wrote into `folder`; a path that leads out of it is none."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return set()
    paths = manifest.read_text("utf-8").splitlines()
    return {path for path in paths if path and _is_inside(folder, path)}


def _is_inside(folder: Path, path: str) -> bool:
    return (folder / path).resolve().is_relative_to(folder.resolve())
