"""How much of a file is read, and what is raised for one that is not read."""

import io
import zipfile

MOST_PAGES = 3_000
MOST_CHARACTERS = 300_000
MOST_CELLS = 100_000  # of a workbook that hold something
MOST_BYTES = 256 * 1024 * 1024  # of all members of a package, unpacked
MOST_MEMBERS = 20_000


class UnreadableFileError(Exception):
    """Raised for a file that can't be read, with the reason."""


class TooLargeFileError(Exception):
    """Raised for a file that holds more than is read, with what is too much."""


class ScannedFileError(Exception):
    """Raised for a file that shows pictures and no text."""


class Room:
    """Counts what is read of one file; raises TooLargeFileError where it is too much."""

    def __init__(self, characters: int = MOST_CHARACTERS, cells: int = MOST_CELLS) -> None:
        self._characters = characters
        self._cells = cells

    def take(self, text: str) -> str:
        """Return `text`, counted."""
        self._characters -= len(text)
        if self._characters < 0:
            raise TooLargeFileError(f"more than {MOST_CHARACTERS} characters")
        return text

    def take_cell(self, text: str) -> str:
        """Return the text of a cell, counted."""
        self._cells -= bool(text)
        if self._cells < 0:
            raise TooLargeFileError(f"more than {MOST_CELLS} cells")
        return self.take(text)


def open_package(body: bytes) -> zipfile.ZipFile:
    """Return the members of a document that is packed as ZIP, none of them unpacked yet.

    Raises UnreadableFileError where it is none or is encrypted, TooLargeFileError for a bomb.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(f"its package is broken: {error}") from error
    members = package.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_BYTES:
        raise TooLargeFileError(f"more than {MOST_BYTES} bytes unpacked")
    if any(each.flag_bits & 1 for each in members):
        raise UnreadableFileError("it is encrypted")
    return package
