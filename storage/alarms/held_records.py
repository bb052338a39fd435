"""Query which sources have changes that are held, how many, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.facts.reviews import is_dismissed
from storage.schema.tables import changes


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """The changes of a source that are held and not dismissed."""

    count: int
    since: datetime  # UTC, when the first of them was detected


def held_records(connection: Connection) -> dict[str, HeldRecord]:
    """Return what is held, by source; no key where nothing is."""
    since = func.min(changes.c.detected_at).label("since")
    query = select(changes.c.source, func.count().label("number"), since)
    held = query.where(changes.c.held.is_(True), ~is_dismissed()).group_by(changes.c.source)
    return {row.source: HeldRecord(row.number, row.since) for row in connection.execute(held)}
