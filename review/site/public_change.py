"""A change as everybody may read it: without who decided on it, and what was noted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from letters.change import Change
from letters.review import ReviewState

_OF_REVIEWERS = ("reviewed_by", "reviewed_at", "note", "tags")


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A change of which the review is left out, so that no page can print it."""

    change: Change  # its `review` is None
    state: ReviewState
    updated_at: datetime  # when it was decided on, else detected

    def as_json(self) -> dict[str, Any]:
        """Return it as in the API, without what is of reviewers."""
        plain = self.change.as_json() | {"state": self.state.value}
        return {name: value for name, value in plain.items() if name not in _OF_REVIEWERS}


def public_change(change: Change) -> PublicChange:
    """Return `change` as it may be published."""
    updated_at = change.review.at if change.review else change.detected_at
    return PublicChange(replace(change, review=None), change.state, updated_at)
