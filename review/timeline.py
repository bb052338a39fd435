"""The history of one letter in order of time: versions, visits and changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letters.change import Change
from letters.letter_record import Version
from letters.visit_span import VisitSpan
from storage import queries
from storage.queries import ChangeFilter, ImportedFile


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened to a letter: a version, a visit or a change."""

    at: datetime
    version: Version | None = None
    visit: VisitSpan | None = None
    change: Change | None = None
    before: int | None = None  # number of the version before; None of the first
    file: ImportedFile | None = None  # from which the version was imported


def timeline(connection: Any, letter_id: int) -> list[TimelineEvent]:
    """Return the history of a letter, newest first."""
    return sorted(_events(connection, letter_id), key=lambda event: event.at, reverse=True)


def _events(connection: Any, letter_id: int) -> Iterator[TimelineEvent]:
    for visit in queries.visits(connection, letter_id):
        yield TimelineEvent(visit.first_at, visit=visit)
    before = None
    for version in queries.versions(connection, letter_id):
        file = queries.imported_file(connection, version)
        yield TimelineEvent(version.seen_at, version=version, before=before, file=file)
        before = version.number
    for change in queries.changes(connection, ChangeFilter(letter_id=letter_id)):
        yield TimelineEvent(change.detected_at, change=change)
