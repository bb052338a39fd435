"""Query what is newest of a letter: its row, its version, its visits and pages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from letters.letter import Letter
from letters.letter_record import NewestVersion
from letters.visit_span import VisitOutcome
from storage.facts.packed_letters import load_letter
from storage.schema.tables import addresses, changes, letters, snapshots, versions, visits

# Each visit to a known letter asks for these: made once, they cost half.
_LETTER = select(letters).where(letters.c.id == bindparam("letter"))
_NEWEST_VERSION = (
    select(versions)
    .where(versions.c.letter_id == bindparam("letter"))
    .order_by(versions.c.number.desc())
    .limit(1)
)


def last_visit(
    connection: Connection, letter_id: int, outcome: VisitOutcome, before: datetime
) -> datetime | None:
    """Return the newest visit to a letter with that outcome before a moment, or None.

    Of a span of visits only its first and its last are known.
    """
    spans = (
        select(visits.c.first_at, visits.c.last_at)
        .join(addresses, addresses.c.id == visits.c.address_id)
        .where(addresses.c.letter_id == letter_id, visits.c.outcome == outcome.value)
    )
    moments = {moment for row in connection.execute(spans) for moment in row}
    return max((moment for moment in moments if moment < before), default=None)


def last_served(connection: Connection, letter_id: int, before: datetime) -> datetime | None:
    """Return when the newest page with a version was requested, of those before a moment."""
    pages = select(snapshots.c.asked_at, snapshots.c.fetched_at).join(
        versions, versions.c.snapshot_id == snapshots.c.id
    )
    moments = {
        row.asked_at or row.fetched_at
        for row in connection.execute(pages.where(versions.c.letter_id == letter_id))
    }
    return max((moment for moment in moments if moment < before), default=None)


def letter_row(connection: Connection, letter_id: int) -> Row[Any]:
    """Return the row of a letter: its present state."""
    return connection.execute(_LETTER, {"letter": letter_id}).one()


def first_page(connection: Connection, source: str) -> str | None:
    """Return the sha256 of the first letter's page of `source`; None where it has no letter."""
    pages = select(snapshots.c.sha256).join(versions, versions.c.snapshot_id == snapshots.c.id)
    of_source = pages.join(letters, letters.c.id == versions.c.letter_id).where(
        letters.c.source == source
    )
    sha256: str | None = connection.execute(of_source.order_by(versions.c.id).limit(1)).scalar()
    return sha256


def snapshot_row(connection: Connection, snapshot_id: int) -> Row[Any]:
    """Return a snapshot's row: how its page was requested and answered."""
    return connection.execute(select(snapshots).where(snapshots.c.id == snapshot_id)).one()


def newest_version(connection: Connection, letter_id: int) -> NewestVersion:
    """Return the newest version of a letter; raise NoResultFound where there is no such letter."""
    row = connection.execute(_NEWEST_VERSION, {"letter": letter_id}).one()
    return NewestVersion(
        letter_id,
        row.number,
        load_letter(connection, row.letter),
        row.parser,
        row.snapshot_id,
        row.seen_at,
    )


def versions_newest_first(
    connection: Connection, letter_id: int, *, most: int | None = None
) -> Iterator[tuple[int, Letter, int, datetime]]:
    """Yield a letter's versions, the newest first: number, letter, snapshot's id, when seen."""
    query = select(versions).where(versions.c.letter_id == letter_id)
    for row in connection.execute(query.order_by(versions.c.number.desc()).limit(most)):
        yield row.number, load_letter(connection, row.letter), row.snapshot_id, row.seen_at


def last_shown_at(connection: Connection, letter_id: int, version: int) -> datetime | None:
    """Return when a version was last shown before the change that led away from it, or None."""
    away = (changes.c.letter_id == letter_id) & (changes.c.from_version == version)
    query = select(changes.c.after).where(away & (changes.c.to_version > version))
    newest = query.order_by(changes.c.id.desc()).limit(1)
    shown_at: datetime | None = connection.execute(newest).scalar()
    return shown_at
