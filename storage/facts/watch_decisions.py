"""Decisions of people on what is watched: record them, and query them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from letters.watching import DecidedSource, WatchAct, WatchDecision, decided_sources
from storage.database.insert import insert
from storage.facts import ledger
from storage.facts.entries import WatchEntry
from storage.schema.tables import watch_decisions as table


class SourceKnownError(Exception):
    """Raised where a source is added under a name that another one has."""


class DecisionError(ValueError):
    """Raised where a decision on a source is damaged."""


def add_source(
    connection: Connection, entry: Mapping[str, Any], who: str, at: datetime
) -> WatchDecision:
    """Record that a source is watched from now on; raise SourceKnownError.

    `entry` is what config.yaml would have under `sources`.
    """
    source = str(entry["name"])
    ledger.lock_ledger(connection, source)
    if _decided(connection, source).added:
        raise SourceKnownError(f"a source is named {source} already")
    return _record(connection, source, WatchAct.ADD, who, at, dict(entry))


def pause_source(
    connection: Connection, source: str, who: str, at: datetime
) -> WatchDecision | None:
    """Record that a source is not crawled from now on; None: it is paused already."""
    ledger.lock_ledger(connection, source)
    if _decided(connection, source).paused:
        return None
    return _record(connection, source, WatchAct.PAUSE, who, at)


def resume_source(
    connection: Connection, source: str, who: str, at: datetime
) -> WatchDecision | None:
    """Record that a source is crawled again; None: it is not paused."""
    ledger.lock_ledger(connection, source)
    if not _decided(connection, source).paused:
        return None
    return _record(connection, source, WatchAct.RESUME, who, at)


def watch_decisions(connection: Connection) -> list[WatchDecision]:
    """Return all decisions, the oldest first; raise DecisionError where one is damaged."""
    return _read(connection, select(table))


def watch_revision(connection: Connection) -> int:
    """Return what is another number once anything was decided; 0: nothing ever was."""
    newest: int = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return newest


def watch_decision_of(row: Row[Any]) -> WatchDecision:
    """Return the decision that a row of its table holds."""
    return WatchDecision(row.id, row.source, WatchAct(row.act), row.who, row.at, row.entry)


def _decided(connection: Connection, source: str) -> DecidedSource:
    decisions = _read(connection, select(table).where(table.c.source == source))
    return decided_sources(decisions).get(source, DecidedSource())


def _read(connection: Connection, query: Select[Any]) -> list[WatchDecision]:
    try:
        return list(map(watch_decision_of, connection.execute(query.order_by(table.c.id))))
    except ValueError as error:
        raise DecisionError(f"what was decided on sources is damaged: {error}") from error


def _record(
    connection: Connection,
    source: str,
    act: WatchAct,
    who: str,
    at: datetime,
    entry: Mapping[str, Any] | None = None,
) -> WatchDecision:
    row = {"source": source, "act": act.value, "entry": entry, "who": who, "at": at}
    decision = WatchDecision(insert(connection, table, row), source, act, who, at, entry)
    ledger.append(connection, source, WatchEntry(decision))
    return decision
