"""Rows against the ledger: altered, lost, or never told."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from storage.audit.damage import Damage
from storage.audit.ledger_facts import Facts, Span
from storage.facts.crawls import crawl_of
from storage.facts.files import file_record_of
from storage.facts.reviews import review_of
from storage.schema.seal import CHANGE, SNAPSHOT, VERSION, seal
from storage.schema.tables import alarms as alarms_table
from storage.schema.tables import (
    changes,
    crawls,
    files,
    letter_files,
    reviews,
    snapshots,
    unread,
    versions,
    visits,
)


def check_rows(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Yield each row that is not what the ledger says of it."""
    yield from _sealed(connection, changes, CHANGE, facts.changes)
    yield from _sealed(connection, snapshots, SNAPSHOT, facts.snapshots)
    yield from _sealed(connection, versions, VERSION, facts.versions)
    ended = {row.id: row.outcome and _ended(row) for row in _all(connection, crawls)}
    yield from _compared("crawl", ended, facts.crawls)
    modes = {row.id: row.mode for row in _all(connection, crawls) if row.id in facts.modes}
    yield from _compared("crawl", modes, facts.modes)
    yield from _files(connection, facts)
    asked = {row.id: _iso(row.asked_at or row.fetched_at) for row in _all(connection, snapshots)}
    yield from _compared("snapshot", asked, facts.asked)
    further = {row.id: row.first_id for row in _all(connection, snapshots) if row.first_id}
    yield from _compared("further page", further, facts.further)
    yield from _changes(connection, facts)
    alarms = {row.id: _alarm(row) for row in _all(connection, alarms_table)}
    yield from _compared("alarm", alarms, facts.alarms)
    waiting = {row.snapshot_id: _iso(row.read_at) for row in _all(connection, unread)}
    yield from _compared("unread page", waiting, facts.unread)
    decided = {row.id: review_of(row).as_fact() for row in _all(connection, reviews)}
    yield from _compared("review", decided, facts.reviews)
    yield from _looks(connection, facts)


def _files(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Compare files with what the ledgers say; sources that share one saw it one after another."""
    told: dict[str, set[str]] = {}
    for (url, _), sha256 in facts.files.items():
        told.setdefault(url, set()).add(sha256)
    kept = {row.url: (row.sha256, row.content) for row in _all(connection, files)}
    is_as_told = {
        url: file[0] in told.get(url, set()) and (file[1] is None or file in facts.contents)
        for url, file in kept.items()
    }
    yield from _compared("file", is_as_told, dict.fromkeys(told, True))
    standing: dict[int, list[Any]] = {}
    for row in connection.execute(select(letter_files).order_by(letter_files.c.url)):
        standing.setdefault(row.letter_id, []).append(file_record_of(row).as_fact())
    yield from _compared("files of letter", standing, facts.standings)


def _changes(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Yield what of a change stands beside its seal and is not what the ledger says."""
    names = ("id", "held", "baseline", "announced_at")
    rows = connection.execute(select(*(changes.c[name] for name in names))).all()
    for name, told in (("held", facts.held), ("baseline", facts.baseline)):
        marked = {row.id for row in rows if getattr(row, name)}
        yield from _compared(f"{name} change", dict.fromkeys(marked), dict.fromkeys(told))
    at = {row.id: _iso(row.announced_at) for row in rows if row.id in facts.announced}
    yield from _compared("change", at, facts.announced)


def _looks(connection: Connection, facts: Facts) -> Iterator[Damage]:
    looks: dict[int, list[Span]] = {}
    for row in connection.execute(select(visits).order_by(visits.c.id)):
        span = Span(row.outcome, row.reason, row.first_at, row.last_at, row.looks)
        looks.setdefault(row.address_id, []).append(span)
    yield from _compared("visits of address", looks, facts.spans)


def _alarm(row: Row[Any]) -> dict[str, Any]:
    told = {"id": row.id, "crawl": row.crawl_id, "at": _iso(row.raised_at)}
    cleared = {"id": row.id, "at": _iso(row.cleared_at), "by": row.cleared_by, "note": row.note}
    told |= {"sign": row.sign, "reason": row.reason, "source": row.source}
    return told | {"cleared": cleared if row.cleared_at else None}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _ended(row: Row[Any]) -> dict[str, Any] | str:
    try:
        return crawl_of(row).as_json() | {"directory_at": _iso(row.directory_at)}
    except (TypeError, ValueError) as error:
        return f"it cannot be read: {error}"


def _all(connection: Connection, table: Table) -> Any:
    return connection.execute(select(table))


def _sealed(
    connection: Connection, table: Table, names: tuple[str, ...], told: Mapping[int, str]
) -> Iterator[Damage]:
    rows = connection.execute(select(table)).mappings()
    yield from _compared(
        table.name[:-1], {row["id"]: seal(dict(row), names) for row in rows}, told
    )


def _compared(
    name: str, standing: Mapping[Any, object], told: Mapping[Any, object]
) -> Iterator[Damage]:
    for key in standing.keys() | told.keys():
        if key not in told:
            yield Damage(f"{name} {key}", "the ledger knows nothing of it")
        elif key not in standing:
            yield Damage(f"{name} {key}", "it is lost")
        elif standing[key] != told[key]:
            yield Damage(f"{name} {key}", "it was altered")
