"""Tells changes: weighs them, records them, counts them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from crawler.course import Course
from differ.compare import DIFFER
from differ.weigh import weigh
from letters.change import ChangeKind, Edit, Significance, Window
from storage.record import NewChange, add_change

# Why a change without edits has its significance; one with edits is weighed by them.
_WITHOUT_EDITS = {
    ChangeKind.PUBLISHED: (Significance.SUBSTANTIVE, "first seen"),
    ChangeKind.WITHDRAWN: (Significance.SUBSTANTIVE, "its page is no longer served"),
    ChangeKind.DELISTED: (Significance.SUBSTANTIVE, "the directory no longer lists it"),
    ChangeKind.RESTORED: (Significance.SUBSTANTIVE, "it is back"),
    ChangeKind.RELOCATED: (Significance.MINOR, "it moved, its words are the same"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a letter."""

    letter_id: int
    kind: ChangeKind
    from_version: int | None
    to_version: int | None
    detected_at: datetime
    window: Window
    edits: tuple[Edit, ...] = ()


def weight_of(kind: ChangeKind, edits: tuple[Edit, ...]) -> tuple[Significance, str]:
    """Return how much a change matters and why."""
    significance, reason = weigh(edits) if edits else _WITHOUT_EDITS[kind]
    if kind is ChangeKind.RESTORED:  # that it was away matters more than a comma
        significance = Significance.SUBSTANTIVE
    return significance, reason


def tell(connection: Connection, course: Course, happening: Happening) -> dict[str, Any]:
    """Record a change and return what the ledger keeps of it."""
    kind, edits = happening.kind, happening.edits
    significance, reason = weight_of(kind, edits)
    course.changed.add(happening.letter_id)
    course.counts[kind.value] += 1
    new = NewChange(
        letter_id=happening.letter_id,
        crawl_id=course.id,
        source=course.job.source.name,
        kind=kind,
        significance=significance,
        reason=reason,
        from_version=happening.from_version,
        to_version=happening.to_version,
        detected_at=happening.detected_at,
        window=happening.window,
        edits=edits,
        differ=DIFFER,
    )
    return {"change": add_change(connection, new)}
