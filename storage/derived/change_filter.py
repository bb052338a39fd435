"""Which changes are wanted: by time, source, kind, significance, state, letter, edits."""

from dataclasses import dataclass, replace
from datetime import datetime

from letters.change import Category, ChangeKind, Significance
from letters.review import ReviewState


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are wanted; None: all."""

    since: datetime | None = None  # detected at or after
    until: datetime | None = None  # detected before
    source: str | None = None
    kind: ChangeKind | None = None
    significance: Significance | None = None
    letter_id: int | None = None
    baseline: bool | None = None  # True: letters of first crawls only; False: all but these
    state: ReviewState | None = None
    category: Category | None = None  # of an edit, which also has the detail that is wanted
    detail: str | None = None
    text: str | None = None  # in the words of an edit, or in the letter's title or subject
    tag: str | None = None  # of the decision in force

    def is_timed(self) -> bool:
        """Return whether it bounds when changes were detected."""
        return self.since is not None or self.until is not None

    def is_of_edits(self) -> bool:
        """Return whether it bounds what no column holds, so that changes have to be read."""
        return any((self.category, self.detail, self.text, self.tag))


def without_edits(wanted: ChangeFilter) -> ChangeFilter:
    """Return the filter by columns alone."""
    return replace(wanted, category=None, detail=None, text=None, tag=None)
