"""Holds what a monitor told against what happened: nothing lost, invented, doubled or misdated.

Nor is a letter of its source's first crawl told as news.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from replica.happenings import Event

Change = Mapping[str, Any]  # as the contract's JSON has it


@dataclass(slots=True)
class Checker:
    """What happened and was not told yet, and what was told and did not happen so."""

    open: list[Event] = field(default_factory=list)
    told: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    invented: list[Change] = field(default_factory=list)
    doubled: list[Change] = field(default_factory=list)
    misdated: list[Change] = field(default_factory=list)
    misfiled: list[Change] = field(default_factory=list)  # as news or as none, and is not
    _past: list[Event] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def expect(self, happened: Iterable[Event]) -> None:
        """Take in what must be told from now on."""
        self.open += happened

    def is_open(self, path: str) -> bool:
        """Tell whether the letter at `path` has something that was not told yet."""
        return any(each.path == path for each in self.open)

    def check(self, changes: Iterable[Change]) -> None:
        """Take in all changes that are told up to now; those checked before are left out."""
        for change in changes:
            if change["id"] not in self._seen:
                self._seen.add(change["id"])
                self._check(change)

    def lost(self) -> list[Event]:
        """Return what happened and was never told, once all crawls have been made."""
        return list(self.open)

    def _check(self, change: Change) -> None:
        alike = [each for each in self.open if _is_told(each, change)]
        if not alike:
            again = any(_is_told(each, change) for each in self._past)
            (self.doubled if again else self.invented).append(change)
            return
        happened = alike[0]
        self.open.remove(happened)
        self._past.append(happened)
        self.told += 1
        self.by_kind[happened.kind] = self.by_kind.get(happened.kind, 0) + 1
        if not _is_dated(happened, change):
            self.misdated.append(change)
        if change["baseline"] != _is_baseline(happened, change):
            self.misfiled.append(change)


def _is_told(happened: Event, change: Change) -> bool:
    path = urlsplit(change["letter"]["url"]).path
    if (happened.kind, happened.path) != (change["kind"], path):
        return False
    edits = change["edits"]
    if happened.edits is None:
        return bool(edits)
    return len(edits) == len(happened.edits) and all(map(_is_same, happened.edits, edits))


def _is_same(truth: Mapping[str, Any], edit: Mapping[str, Any]) -> bool:
    allowed = truth["category"]
    categories = (allowed,) if isinstance(allowed, str) else allowed
    exact = all(edit[name] == truth[name] for name in ("op", "field", "old", "new"))
    return exact and edit["category"] in categories


def _is_baseline(happened: Event, change: Change) -> bool:
    """Return whether a letter stood there, or may have, when its source was first crawled."""
    is_unproved = happened.at is None or change["window"]["after"] is None
    return happened.kind == "published" and is_unproved


def _is_dated(happened: Event, change: Change) -> bool:
    """Tell whether the window holds the moment; one without a beginning is for the first crawl."""
    if happened.at is None:
        return True
    after, before = change["window"]["after"], change["window"]["before"]
    began = after is None or datetime.fromisoformat(after) <= happened.at
    return began and happened.at <= datetime.fromisoformat(before)
