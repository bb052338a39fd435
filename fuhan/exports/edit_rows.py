"""Changes as flat rows, one an edit: what a spreadsheet or a table of columns holds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from letters.change import Change, Edit
from letters.review import Review

Cell = str | int | bool | datetime | None

# The columns, in their order, and the type of what is in each.
COLUMNS: dict[str, type] = {
    "change": int,
    "state": str,
    "source": str,
    "subject": str,
    "number": str,
    "addressees": str,
    "title": str,
    "kind": str,
    "significance": str,
    "category": str,
    "detail": str,
    "field": str,
    "section": str,
    "old": str,
    "new": str,
    "context": str,
    "after": datetime,
    "before": datetime,
    "detected_at": datetime,
    "held": bool,
    "url": str,
    "letter": int,
    "from_version": int,
    "to_version": int,
    "reviewed_by": str,
    "reviewed_at": datetime,
    "note": str,
    "tags": str,
}


def edit_rows(changes: Iterable[Change]) -> Iterator[dict[str, Cell]]:
    """Yield a row for each edit; one for a change without edits, of which no words are known."""
    for change in changes:
        of_change = _change_cells(change)
        for edit in change.edits or (None,):
            cells = of_change | _edit_cells(edit)
            yield {name: cells[name] for name in COLUMNS}


def _change_cells(change: Change) -> dict[str, Cell]:
    letter = change.letter
    return {
        "change": change.id,
        "state": change.state.value,
        "source": letter.source,
        "subject": letter.subject,
        "number": letter.number,
        "addressees": "、".join(letter.addressees) or None,
        "title": letter.title,
        "kind": change.kind.value,
        "significance": change.significance.value,
        "after": change.window.after,
        "before": change.window.before,
        "detected_at": change.detected_at,
        "held": change.held,
        "url": letter.url,
        "letter": letter.id,
        "from_version": change.from_version,
        "to_version": change.to_version,
        **_review_cells(change.review),
    }


def _review_cells(review: Review | None) -> dict[str, Cell]:
    if review is None:
        return dict.fromkeys(("reviewed_by", "reviewed_at", "note", "tags"))
    return {
        "reviewed_by": review.who,
        "reviewed_at": review.at,
        "note": review.note,
        "tags": ", ".join(review.tags) or None,
    }


def _edit_cells(edit: Edit | None) -> dict[str, Any]:
    names = ("category", "detail", "field", "section", "old", "new", "context")
    if edit is None:
        return dict.fromkeys(names)
    section = " › ".join(edit.section) or None
    return edit.as_json() | {"section": section, "context": edit.context or None}
