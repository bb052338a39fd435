"""A change with the versions on both sides of it: what pages and reports tell."""

from dataclasses import dataclass
from typing import Any

from letters.change import Change
from letters.records import Version
from review.differences import Stretch, laid_out
from storage import queries
from storage.database.archive import Archive


@dataclass(frozen=True, slots=True)
class Telling:
    """A change, its evidence, and both texts laid out."""

    change: Change
    old: Version | None  # None: nothing was held before
    new: Version | None  # None: nothing stands now
    stretches: tuple[Stretch, ...]  # empty unless both versions are there

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that are the evidence, the one before first."""
        return tuple(each for each in (self.old, self.new) if each)


def tell(archive: Archive, change: Change) -> Telling:
    """Return `change` with what the archive holds of both its sides."""
    with archive.reading() as connection:
        old = _version(connection, change, change.from_version)
        new = _version(connection, change, change.to_version)
    if old and new and old.number == new.number:
        return Telling(change, old, None, ())  # delisted: the same text on both sides
    return telling(change, old, new)


def telling(change: Change, old: Version | None, new: Version | None) -> Telling:
    """Return `change` with its two sides laid out."""
    stretches = laid_out(old.letter, new.letter) if old and new else ()
    return Telling(change, old, new, tuple(stretches))


def _version(connection: Any, change: Change, number: int | None) -> Version | None:
    return queries.version(connection, change.letter.id, number) if number else None
