"""A change with the versions before and after it, as pages and reports show it."""

import logging
from dataclasses import dataclass
from typing import Any

from letters.change import Change
from letters.letter_record import Version
from review.row_groups import RowGroup, group_rows
from storage import queries

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change, its evidence, and the rows of both texts."""

    change: Change
    old: Version | None  # None: there was none before
    new: Version | None  # None: the letter is not served any more, or its text is the same
    row_groups: tuple[RowGroup, ...]  # empty unless both versions are there

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that are the evidence, the one before first."""
        return tuple(version for version in (self.old, self.new) if version)


def load_change_view(connection: Any, change: Change) -> ChangeView:
    """Return `change` with the versions before and after it."""
    old = _version(connection, change, change.from_version)
    new = _version(connection, change, change.to_version)
    if old and new and old.number == new.number:
        return ChangeView(change, old, None, ())  # delisted: the same text before and after
    return build_change_view(change, old, new)


def build_change_view(change: Change, old: Version | None, new: Version | None) -> ChangeView:
    """Return `change` with the rows of both versions compared."""
    row_groups = group_rows(old.letter, new.letter) if old and new else ()
    return ChangeView(change, old, new, tuple(row_groups))


def _version(connection: Any, change: Change, number: int | None) -> Version | None:
    """Return a version; None without a number, and where it can't be read, which is logged."""
    try:
        return queries.version(connection, change.letter.id, number) if number else None
    except queries.LetterError as error:
        _log.warning("version %s of letter %s can't be read: %s", number, change.letter.id, error)
        return None
