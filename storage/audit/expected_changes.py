"""What the rows of changes must say, by the entries of the ledgers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from storage.facts.entries import ChangeFact


@dataclass(slots=True)
class ExpectedChanges:
    """The changes of one source, or of all, by id.

    An id may be of two sources: before schema 0007 that of a retracted change was given again.
    """

    seals: dict[int, str] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)  # not announced
    baseline: set[int] = field(default_factory=set)  # no news
    announced: dict[int, datetime] = field(default_factory=dict)  # not kept before schema 0004

    @classmethod
    def of_all(cls, sources: Iterable[Self]) -> Self:
        """Return the changes of all sources."""
        of_all = cls()
        for each in sources:
            of_all.seals |= each.seals
            of_all.held |= each.held
            of_all.baseline |= each.baseline
            of_all.announced |= each.announced
        return of_all

    def add(self, change: ChangeFact) -> None:
        """Apply that a change was recorded, or compared again."""
        self.seals[change.id] = change.seal
        self.announce([change.id], change.announced_at)
        if change.baseline:
            self.baseline.add(change.id)

    def announce(self, change_ids: Iterable[int], at: datetime | None) -> None:
        """Apply that changes were announced at `at`; None: when is not on record."""
        if at is not None:
            self.announced |= dict.fromkeys(change_ids, at)

    def retract(self, change_id: int) -> None:
        """Apply that a change was retracted."""
        self.seals.pop(change_id, None)
        self.announced.pop(change_id, None)
        self.held.discard(change_id)
        self.baseline.discard(change_id)
