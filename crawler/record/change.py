"""Tells changes: weighs them, records them, counts them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from crawler.record.crawl_state import Course
from differ.compare import DIFFER
from differ.weigh import weigh
from letters.change import ChangeKind, Edit, Significance, Window
from letters.records import Outcome
from storage.derived.newest import last_served, last_visit
from storage.facts.crawls import last_directory
from storage.facts.visits import NewChange, add_change

# Why a change without edits has its significance; one with edits is weighed by them.
_WITHOUT_EDITS = {
    ChangeKind.WITHDRAWN: (Significance.SUBSTANTIVE, "its page is no longer served"),
    ChangeKind.DELISTED: (Significance.SUBSTANTIVE, "the directory no longer lists it"),
    ChangeKind.RESTORED: (Significance.SUBSTANTIVE, "it is back"),
    ChangeKind.RELOCATED: (Significance.MINOR, "it moved, its words are the same"),
}
# What `new_letters` weighs is told apart by words alone.
_NEW = "first seen after its source's directory had been read whole"
_BASELINE = "it stood there when its source was first crawled"


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """What happened to a letter."""

    letter_id: int
    kind: ChangeKind
    from_version: int | None
    to_version: int | None
    detected_at: datetime
    window: Window
    edits: tuple[Edit, ...] = ()
    baseline: bool = False  # published, and no crawl can tell that it was not there before


def weight_of(kind: ChangeKind, edits: tuple[Edit, ...]) -> tuple[Significance, str]:
    """Return how much a change matters and why."""
    significance, reason = weigh(edits) if edits else _WITHOUT_EDITS[kind]
    if kind is ChangeKind.RESTORED:  # that it was away matters more than a comma
        significance = Significance.SUBSTANTIVE
    return significance, reason


def tell(connection: Connection, course: Course, happening: ChangeDraft) -> dict[str, Any]:
    """Record a change and return what the ledger keeps of it."""
    kind, edits = happening.kind, happening.edits
    significance, reason = _weigh(course, happening)
    window = _in_order(connection, course.job.source.name, happening)
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
        detected_at=course.told_at or happening.detected_at,
        window=window,
        edits=edits,
        differ=DIFFER,
        announced_at=course.now(),
        baseline=happening.baseline,
    )
    return {"change": add_change(connection, new)}


def _weigh(course: Course, happening: ChangeDraft) -> tuple[Significance, str]:
    if happening.kind is ChangeKind.PUBLISHED:
        return course.job.new_letters, _BASELINE if happening.baseline else _NEW
    return weight_of(happening.kind, happening.edits)


def _in_order(connection: Connection, source: str, happening: ChangeDraft) -> Window:
    """Return the window of what happened, which never ends before it begins.

    Where a clock was set back between two looks, the newest look that showed the old
    state is later than the first that showed the new. Then the window begins at the
    newest one that is not: it is wider, and still true. With none it has no beginning.
    """
    window, kind = happening.window, happening.kind
    if window.after is None or window.after <= window.before:
        return window
    if kind is ChangeKind.DELISTED:
        return Window(last_directory(connection, source, window.before), window.before)
    letter_id, before = happening.letter_id, window.before
    if kind is ChangeKind.RESTORED:
        return Window(last_visit(connection, letter_id, Outcome.GONE, before), before)
    return Window(last_served(connection, letter_id, before), before)
