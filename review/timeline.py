"""What became of one letter, in order of time: versions, looks and changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from letters.change import Change
from letters.records import Version, VisitSpan
from storage import queries
from storage.database.archive import Archive
from storage.queries import ChangeFilter


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a letter: just one of the three is set."""

    at: datetime
    version: Version | None = None
    visit: VisitSpan | None = None
    change: Change | None = None


def timeline(archive: Archive, letter_id: int) -> list[Event]:
    """Return all that is known of a letter, newest first."""
    return sorted(_events(archive, letter_id), key=lambda event: event.at, reverse=True)


def _events(archive: Archive, letter_id: int) -> Iterator[Event]:
    with archive.reading() as connection:
        for visit in queries.visits(connection, letter_id):
            yield Event(visit.first_at, visit=visit)
        for version in queries.versions(connection, letter_id):
            yield Event(version.seen_at, version=version)
        for change in queries.changes(connection, ChangeFilter(letter_id=letter_id)):
            yield Event(change.detected_at, change=change)
