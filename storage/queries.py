"""What is asked of the archive: letters, versions, visits, changes, crawls, as values of `letters`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from letters.archive import Crawl, HeldLetter, SourceState, Status, Version, VisitSpan
from letters.change import Change, ChangeKind, Significance


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are asked for; None asks for all."""

    since: datetime | None = None  # detected at or after
    until: datetime | None = None  # detected before
    source: str | None = None
    kind: ChangeKind | None = None
    significance: Significance | None = None
    letter_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are asked for; None asks for all."""

    source: str | None = None
    search: str | None = None  # words in title, number, names or body
    status: Status | None = None


def letters(
    connection: Connection, wanted: LetterFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[HeldLetter]:
    """Yield the letters held, newest listed first."""
    raise NotImplementedError


def letter(connection: Connection, letter_id: int) -> HeldLetter | None:
    """Return one letter with its newest version, or None."""
    raise NotImplementedError


def versions(connection: Connection, letter_id: int) -> list[Version]:
    """Return a letter's versions, oldest first."""
    raise NotImplementedError


def visits(connection: Connection, letter_id: int) -> list[VisitSpan]:
    """Return the looks at a letter, oldest first."""
    raise NotImplementedError


def changes(
    connection: Connection, wanted: ChangeFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[Change]:
    """Yield recorded changes, newest first."""
    raise NotImplementedError


def change(connection: Connection, change_id: int) -> Change | None:
    """Return one change, or None."""
    raise NotImplementedError


def crawls(
    connection: Connection, source: str | None = None, *, limit: int | None = None, offset: int = 0
) -> Iterator[Crawl]:
    """Yield crawls, newest first."""
    raise NotImplementedError


def sources(connection: Connection) -> list[SourceState]:
    """Return where each source stands, by name."""
    raise NotImplementedError
