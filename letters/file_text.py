"""The text of a file that a letter carries (附件), page by page."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

UNNAMED = "\ufffd"  # stands for a character of which its font says not which it is


class TextState(StrEnum):
    """Whether the text of a file could be read."""

    READ = "read"
    SCANNED = "scanned"  # pictures only
    UNREADABLE = "unreadable"  # broken, encrypted, or of a kind that is not read
    TOO_LARGE = "too large"  # more pages, characters, cells or bytes than are read


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of a file, or a sheet of a workbook."""

    lines: tuple[str, ...]  # canonical, none empty; of a table a row, its cells parted by "\t"
    label: str | None = None  # 第3页, or the name of the sheet; None: the file has no pages


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read in the bytes of one file; it never changes but with its reader."""

    state: TextState
    reader: str  # version of what read it: only texts of the same are compared
    pages: tuple[FilePage, ...] = ()  # those without text too; empty unless read
    pictures: str | None = None  # sha256 over its pictures; None where it has none
    reason: str | None = None  # why it was not read, in words

    @property
    def page_count(self) -> int | None:
        """How many pages or sheets were read; None where the file has none, or was not read."""
        return sum(page.label is not None for page in self.pages) or None

    @property
    def text(self) -> str | None:
        r"""The lines in one string, pages parted by "\f"; None unless it was read."""
        if self.state is not TextState.READ:
            return None
        return "\f".join("\n".join(page.lines) for page in self.pages)

    @property
    def is_doubtful(self) -> bool:
        """Whether some characters are drawn that no font names."""
        return any(UNNAMED in line for page in self.pages for line in page.lines)

    def digest(self) -> str:
        """Return the sha256 over all that was read, hexadecimal."""
        plain = json.dumps(file_text_to_json(self), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def file_text_to_json(text: FileText) -> dict[str, Any]:
    """Return a file's text as plain values that JSON can hold."""
    return {
        "state": text.state.value,
        "reader": text.reader,
        "pages": [[page.label, *page.lines] for page in text.pages],
        "pictures": text.pictures,
        "reason": text.reason,
    }


def file_text_from_json(plain: Mapping[str, Any]) -> FileText:
    """Return the text of which `file_text_to_json` made plain values.

    Raises KeyError, TypeError or ValueError for other JSON.
    """
    pages = tuple(FilePage(tuple(lines), label) for label, *lines in plain["pages"])
    state = TextState(plain["state"])
    return FileText(state, plain["reader"], pages, plain["pictures"], plain["reason"])
