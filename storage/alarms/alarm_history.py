"""Record that alarms begin and end; query which stand and which ended."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from letters.alarm import Alarm, AlarmKind, AlarmState, StandingKind
from storage.database.insert import insert_all_once
from storage.derived.list_page import Cut, ListPage, cut_query, read_page
from storage.schema.tables import alarm_history as table

# How old "judged at" may become before it is written again: each write is one more of the archive.
_JUDGED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AlarmsTurn:
    """What is to be recorded so that those alarms are open that stand."""

    begun: tuple[Alarm, ...] = ()
    ended: tuple[Alarm, ...] = ()
    altered: tuple[Alarm, ...] = ()  # they stand as before: with another reason, or judged anew

    def __bool__(self) -> bool:
        """Return whether anything is to be recorded."""
        return bool(self.begun or self.ended or self.altered)


def open_alarms(connection: Connection) -> list[Alarm]:
    """Return the alarms that stand as far as is recorded, the oldest first."""
    query = select(table).where(table.c.ended_at.is_(None)).order_by(table.c.since, table.c.id)
    return [_alarm(row) for row in connection.execute(query)]


def standing_kinds(connection: Connection) -> list[StandingKind]:
    """Return the alarms that stand by kind, the oldest kind first: cheap however many stand."""
    columns = table.c.kind, func.count(), func.min(table.c.since)
    query = select(*columns).where(table.c.ended_at.is_(None)).group_by(table.c.kind)
    rows = connection.execute(query.order_by(func.min(table.c.since), func.min(table.c.id)))
    return [StandingKind(AlarmKind(kind), count, since) for kind, count, since in rows]


def alarm_page(
    connection: Connection, source: str | None, state: AlarmState | None, cut: Cut, limit: int
) -> ListPage[Alarm]:
    """Return one page of the list of alarms, those that began last first; cut by their ids."""
    query = select(table)
    if source is not None:
        query = query.where(table.c.source == source)
    if state is not None:
        is_open = table.c.ended_at.is_(None)
        query = query.where(is_open if state is AlarmState.STANDING else ~is_open)
    listed = cut_query(query, (table.c.id,), cut)
    return read_page(connection, [listed], lambda rows: [_alarm(row) for row in rows], cut, limit)


def group_since(connection: Connection, kind: AlarmKind, host: str, since: datetime) -> datetime:
    """Return when the outage of a host began of which one source's began at `since`."""
    of_host = table.c.kind == kind.value, table.c.host == host
    overlaps = or_(table.c.ended_at.is_(None), table.c.ended_at >= since)
    first = select(func.min(table.c.since).label("first")).where(*of_host, overlaps)
    return connection.execute(first).scalar() or since


def alarms_turn(
    recorded: Iterable[Alarm],
    standing: Iterable[Alarm],
    judged: Collection[AlarmKind],
    at: datetime,
) -> AlarmsTurn:
    """Return what is to be recorded of alarms that stand, where `recorded` are open.

    Of kinds that were not `judged` nothing ends: who judges them has not said anything yet. None
    begins later than now, whatever a clock said that was set back.
    """
    before = {alarm.key: alarm for alarm in recorded}
    now = {alarm.key: begun_by(alarm, at) for alarm in standing}
    return AlarmsTurn(
        begun=tuple(
            replace(alarm, judged_at=at, id=0) for key, alarm in now.items() if key not in before
        ),
        ended=tuple(
            replace(begun_by(alarm, at), ended_at=at)
            for key, alarm in before.items()
            if key not in now and alarm.kind in judged
        ),
        altered=(
            *_altered(before, now, at),
            *(
                begun_by(alarm, at)
                for key, alarm in before.items()
                if key not in now and alarm.kind not in judged and alarm.since > at
            ),
        ),
    )


def begun_by(alarm: Alarm, at: datetime) -> Alarm:
    """Return an alarm that stands since `at` at the latest, as no clock was right before."""
    return replace(alarm, since=min(alarm.since, at))


def record_alarms(connection: Connection, turn: AlarmsTurn) -> AlarmsTurn:
    """Record what begins and ends, and return it: alarms that began with their ids.

    What another process has recorded meanwhile is left out.
    """
    before = {alarm.key for alarm in open_alarms(connection)}
    begun = [alarm for alarm in turn.begun if alarm.key not in before]
    insert_all_once(connection, table, [_row(alarm) for alarm in begun])
    for alarm in (*turn.altered, *turn.ended):
        values = _row(alarm) | {"ended_at": alarm.ended_at}
        is_open = table.c.id == alarm.id, table.c.ended_at.is_(None)
        connection.execute(update(table).where(*is_open).values(**values))
    keys = {alarm.key for alarm in begun}
    return replace(
        turn,
        begun=tuple(alarm for alarm in open_alarms(connection) if alarm.key in keys),
        ended=tuple(alarm for alarm in turn.ended if alarm.key in before),
    )


def _altered(
    before: dict[tuple[AlarmKind, str, str], Alarm],
    now: dict[tuple[AlarmKind, str, str], Alarm],
    at: datetime,
) -> Iterator[Alarm]:
    for key in before.keys() & now.keys():
        old, new = before[key], now[key]
        is_old = old.judged_at is None or abs(at - old.judged_at) >= _JUDGED_EVERY
        if is_old or old.since > at or old.reason != new.reason:
            yield replace(begun_by(old, at), reason=new.reason, judged_at=at)


def _row(alarm: Alarm) -> dict[str, object]:
    return {
        "kind": alarm.kind.value,
        "source": alarm.source or "",
        "subject": alarm.subject,
        "host": alarm.host,
        "reason": alarm.reason,
        "since": alarm.since,
        "judged_at": alarm.judged_at,
    }


def _alarm(row: Row[Any]) -> Alarm:
    return Alarm(
        kind=AlarmKind(row.kind),
        reason=row.reason,
        since=row.since,
        source=row.source or None,
        subject=row.subject,
        host=row.host,
        judged_at=row.judged_at,
        ended_at=row.ended_at,
        id=row.id,
    )
