"""Compare rows with what the ledger says of them: altered, lost, or never recorded."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from letters.review import Review, ReviewState
from storage.audit.damage import Damage
from storage.audit.expected_changes import ExpectedChanges
from storage.audit.expected_parts import ExpectedAlarm, ExpectedCrawl, ExpectedSpan
from storage.audit.expected_rows import ExpectedRows
from storage.derived.file_texts import file_text_of
from storage.facts.crawls import crawl_of
from storage.facts.entries import AlarmClearedEntry, AlarmRaisedEntry
from storage.facts.files import FileRecord, file_record_of
from storage.facts.reviews import review_of
from storage.facts.watch_decisions import watch_decision_of
from storage.schema.seal import CHANGE, SNAPSHOT, VERSION, seal
from storage.schema.tables import alarms as alarms_table
from storage.schema.tables import (
    changes,
    crawls,
    file_texts,
    files,
    imports,
    letter_files,
    reviews,
    snapshots,
    unread,
    versions,
    visits,
    watch_decisions,
)


def check_rows(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    """Yield each row that is not what the ledger says of it."""
    yield from _sealed(connection, snapshots, SNAPSHOT, expected.snapshots)
    yield from _sealed(connection, versions, VERSION, expected.versions)
    yield from _crawls(connection, expected)
    yield from _files(connection, expected)
    yield from _file_texts(connection, expected)
    yield from _snapshots(connection, expected)
    yield from _changes(connection, ExpectedChanges.of_all(expected.changes.values()))
    alarms = {row.id: _alarm(row) for row in _all(connection, alarms_table)}
    yield from _compared("alarm", alarms, expected.alarms)
    waiting = {row.snapshot_id: row.read_at for row in _all(connection, unread)}
    yield from _compared("unread page", waiting, expected.unread)
    imported = {row.crawl_id: (row.name, row.sha256) for row in _all(connection, imports)}
    yield from _compared("import", imported, expected.imports)
    yield from _reviews(connection, expected.reviews)
    watching = {row.id: _read(watch_decision_of, row) for row in _all(connection, watch_decisions)}
    yield from _compared("watch decision", watching, expected.watching)
    yield from _visits(connection, expected)


def _crawls(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    ended = {row.id: row.outcome and _read(_ended, row) for row in _all(connection, crawls)}
    yield from _compared("crawl", ended, expected.crawls)
    modes = {row.id: row.mode for row in _all(connection, crawls) if row.id in expected.modes}
    yield from _compared("crawl", modes, expected.modes)


def _files(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    """Compare files with what the ledgers say; sources that share one saw it one after another."""
    named: dict[str, set[str]] = {}
    for (url, _), sha256 in expected.files.items():
        named.setdefault(url, set()).add(sha256)
    kept = {row.url: (row.sha256, row.content) for row in _all(connection, files)}
    is_as_named = {
        url: file[0] in named.get(url, set()) and (file[1] is None or file in expected.contents)
        for url, file in kept.items()
    }
    yield from _compared("file", is_as_named, dict.fromkeys(named, True))
    of_letter: dict[int, tuple[FileRecord, ...]] = {}
    for row in connection.execute(select(letter_files).order_by(letter_files.c.url)):
        of_letter[row.letter_id] = (*of_letter.get(row.letter_id, ()), file_record_of(row))
    yield from _compared("files of letter", of_letter, expected.file_records)


def _file_texts(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    """Compare texts with what the ledgers say; a better reader's takes a worse one's place."""
    is_as_named = {
        row.sha256: _read(_text_digest, row) in expected.file_texts.get(row.sha256, set())
        for row in _all(connection, file_texts)
    }
    yield from _compared("text of file", is_as_named, dict.fromkeys(expected.file_texts, True))


def _snapshots(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    rows = _all(connection, snapshots).all()
    asked = {row.id: row.asked_at or row.fetched_at for row in rows}
    yield from _compared("snapshot", asked, expected.asked)
    first_pages = {row.id: row.first_id for row in rows if row.first_id}
    yield from _compared("further page", first_pages, expected.first_pages)


def _changes(connection: Connection, expected: ExpectedChanges) -> Iterator[Damage]:
    """Check changes by their seals, then the columns that these leave out."""
    yield from _sealed(connection, changes, CHANGE, expected.seals)
    names = ("id", "held", "baseline", "announced_at")
    rows = connection.execute(select(*(changes.c[name] for name in names))).all()
    for name, ids in (("held", expected.held), ("baseline", expected.baseline)):
        marked = {row.id for row in rows if getattr(row, name)}
        yield from _compared(f"{name} change", dict.fromkeys(marked), dict.fromkeys(ids))
    at = {row.id: row.announced_at for row in rows if row.id in expected.announced}
    yield from _compared("change", at, expected.announced)


def _reviews(connection: Connection, expected: dict[int, Review]) -> Iterator[Damage]:
    """Check reviews, then which of them each change has as the one in force."""
    decided = {row.id: _read(review_of, row) for row in _all(connection, reviews)}
    yield from _compared("review", decided, expected)
    columns = (changes.c.id, changes.c.state, changes.c.review_id)
    rows = {row.id: (row.state, row.review_id) for row in connection.execute(select(*columns))}
    in_force = {
        each.change_id: (each.state.value, each.id)
        for _, each in sorted(expected.items())
        if each.change_id in rows
    }
    nobody: dict[int, Any] = dict.fromkeys(rows, (ReviewState.OPEN.value, None))
    yield from _compared("decision on change", rows, nobody | in_force)


def _visits(connection: Connection, expected: ExpectedRows) -> Iterator[Damage]:
    spans: dict[int, list[ExpectedSpan]] = {}
    for row in connection.execute(select(visits).order_by(visits.c.id)):
        span = ExpectedSpan(row.outcome, row.reason, row.first_at, row.last_at, row.looks)
        spans.setdefault(row.address_id, []).append(span)
    yield from _compared("visits of address", spans, expected.spans)


def _alarm(row: Row[Any]) -> ExpectedAlarm:
    raised = AlarmRaisedEntry(row.id, row.crawl_id, row.raised_at, row.sign, row.reason)
    if row.cleared_at is None:
        return ExpectedAlarm(row.source, raised)
    cleared = AlarmClearedEntry(row.id, row.cleared_at, row.cleared_by, row.note)
    return ExpectedAlarm(row.source, raised, cleared)


def _ended(row: Row[Any]) -> ExpectedCrawl:
    return ExpectedCrawl(crawl_of(row), row.directory_at, row.listing)


def _text_digest(row: Row[Any]) -> str:
    return file_text_of(row).digest()


def _read(read: Callable[[Row[Any]], object], row: Row[Any]) -> object:
    """Return what `read` makes of a row, or why it can't be read, which no ledger says."""
    try:
        return read(row)
    except (TypeError, ValueError) as error:
        return f"it cannot be read: {error}"


def _all(connection: Connection, table: Table) -> Any:
    return connection.execute(select(table))


def _sealed(
    connection: Connection, table: Table, names: tuple[str, ...], seals: Mapping[int, str]
) -> Iterator[Damage]:
    rows = connection.execute(select(table)).mappings()
    sealed = {row["id"]: seal(dict(row), names) for row in rows}
    yield from _compared(table.name[:-1], sealed, seals)


def _compared(
    name: str, kept: Mapping[Any, object], expected: Mapping[Any, object]
) -> Iterator[Damage]:
    for key in kept.keys() | expected.keys():
        if key not in expected:
            yield Damage(f"{name} {key}", "the ledger knows nothing of it")
        elif key not in kept:
            yield Damage(f"{name} {key}", "it is lost")
        elif kept[key] != expected[key]:
            yield Damage(f"{name} {key}", "it was altered")
