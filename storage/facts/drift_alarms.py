"""Alarms of drift: raised by a crawl, open until a person or a reparse clears them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from storage.database.insert import insert
from storage.facts import ledger
from storage.facts.entries import AlarmClearedEntry, AlarmRaisedEntry
from storage.schema.tables import alarms as table

PERSON, REPARSE = "person", "reparse"  # who clears an alarm
LISTED = "listed"  # the sign of a directory that lists far fewer letters than it did


@dataclass(frozen=True, slots=True)
class DriftAlarm:
    """The reading of a whole source is in doubt: its versions are frozen while this is open."""

    id: int
    source: str
    crawl_id: int  # that raised it
    raised_at: datetime  # UTC
    sign: str  # of drift, such as "without published_on"
    reason: str  # in words


def open_drift_alarm(connection: Connection, source: str) -> DriftAlarm | None:
    """Return the open alarm over `source`, or None."""
    query = select(table).where(table.c.source == source, table.c.cleared_at.is_(None))
    row = connection.execute(query.order_by(table.c.id).limit(1)).first()
    return _alarm(row) if row else None


def open_drift_alarms(connection: Connection) -> dict[str, DriftAlarm]:
    """Return the open alarm of each source, by its name; no key where there is none."""
    rows = connection.execute(select(table).where(table.c.cleared_at.is_(None)))
    alarms = sorted(map(_alarm, rows), key=lambda alarm: alarm.id, reverse=True)
    return {alarm.source: alarm for alarm in alarms}


def raise_alarm(
    connection: Connection, source: str, crawl_id: int, at: datetime, why: tuple[str, str]
) -> DriftAlarm:
    """Raise an alarm over `source` and return it; `why` is its sign and the reason in words."""
    sign, reason = why
    row = {"source": source, "crawl_id": crawl_id, "raised_at": at, "sign": sign, "reason": reason}
    alarm = DriftAlarm(insert(connection, table, row), source, crawl_id, at, sign, reason)
    entry = AlarmRaisedEntry(alarm.id, crawl_id, at, sign, reason)
    ledger.append(connection, source, entry)
    return alarm


def clear_alarm(
    connection: Connection, alarm: DriftAlarm, by: str, at: datetime, note: str | None = None
) -> None:
    """Clear an alarm; its sign and reason stay on record."""
    values = {"cleared_at": at, "cleared_by": by, "note": note}
    connection.execute(update(table).where(table.c.id == alarm.id).values(**values))
    entry = AlarmClearedEntry(alarm.id, at, by, note)
    ledger.append(connection, alarm.source, entry)


def accepted_signs(connection: Connection, source: str, since: datetime) -> frozenset[str]:
    """Return the signs that a person has accepted since a moment: they are no drift."""
    query = select(table.c.sign).where(
        table.c.source == source, table.c.cleared_by == PERSON, table.c.cleared_at >= since
    )
    return frozenset(connection.execute(query).scalars())


def first_crawl_as_now(connection: Connection, source: str) -> int:
    """Return the first crawl of a directory as large as it is now: the last that a person took.

    0 where no person ever said that it has become smaller.
    """
    query = select(func.max(table.c.crawl_id)).where(
        table.c.source == source, table.c.cleared_by == PERSON, table.c.sign == LISTED
    )
    return connection.execute(query).scalar() or 0


def _alarm(row: Row[Any]) -> DriftAlarm:
    return DriftAlarm(row.id, row.source, row.crawl_id, row.raised_at, row.sign, row.reason)
