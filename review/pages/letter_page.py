"""What the page of a letter shows, as its newest version has it or as an older one had it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from differ.compare import compare
from letters.letter_record import Version
from review.citation import cite_version
from review.letter_facts import letter_facts
from review.refusals import unknown_letter, unknown_versions
from review.timeline import TimelineEvent, timeline
from storage import queries


def letter_values(
    connection: Any, letter_id: int, number: int | None, zone: ZoneInfo
) -> dict[str, Any]:
    """Return what the template is filled in with; `number` is of a version, None for the newest.

    Raises NotKnownError where there is no such letter or version.
    """
    newest = queries.letter(connection, letter_id)
    if newest is None:
        raise unknown_letter(letter_id)
    events = timeline(connection, letter_id)
    versions = _versions(events)
    version = _numbered(versions, letter_id, newest.version if number is None else number)
    record = newest if number is None else replace(newest, letter=version.letter, version=number)
    twins = [queries.letter(connection, twin_id) for twin_id in record.twins]
    return {
        "record": record,
        "version": version,
        "versions": versions,
        "newest": newest.version,
        "compared": _compared(versions, version),
        "is_old": version.number != newest.version,
        "facts": letter_facts(record),
        "events": events,
        "twins": [(twin, compare(record.letter, twin.letter)) for twin in twins if twin],
        "citations": cite_version(version, zone),
    }


def _versions(events: Sequence[TimelineEvent]) -> list[Version]:
    """Return the versions of a history by their numbers."""
    return sorted(
        (event.version for event in events if event.version), key=lambda version: version.number
    )


def _numbered(versions: Sequence[Version], letter_id: int, number: int) -> Version:
    by_number = {version.number: version for version in versions}
    if number not in by_number:
        raise unknown_versions(letter_id, [number], [*by_number])
    return by_number[number]


def _compared(versions: Sequence[Version], version: Version) -> tuple[int, int]:
    """Return which two versions a reader may wish to compare: the one before and this one.

    Of the first version it is this one and the next.
    """
    at = max(versions.index(version), 1)
    return versions[at - 1].number, versions[min(at, len(versions) - 1)].number
