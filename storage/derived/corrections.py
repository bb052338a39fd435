"""Correct derived rows: versions that a better parser read, changes compared again."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from letters.change import ChangeKind, Edit, Significance
from letters.letter import Letter
from storage.facts.entries import (
    ChangeEntry,
    ChangeFact,
    ChangeRetractedEntry,
    VersionCorrectedEntry,
    VersionFact,
)
from storage.facts.packed_letters import base_version, pack_like, pack_whole
from storage.facts.visits import letter_columns, update_letter
from storage.schema.seal import CHANGE, VERSION, seal
from storage.schema.tables import changes, letters, versions


def letters_of(connection: Connection, source: str) -> list[int]:
    """Return the ids of all letters of `source`."""
    query = select(letters.c.id).where(letters.c.source == source).order_by(letters.c.id)
    return list(connection.execute(query).scalars())


def stored_versions(connection: Connection, letter_id: int) -> list[Row[Any]]:
    """Return a letter's versions, oldest first."""
    query = select(versions).where(versions.c.letter_id == letter_id)
    return list(connection.execute(query.order_by(versions.c.number)))


def compared_changes(connection: Connection, letter_id: int) -> Iterator[Row[Any]]:
    """Yield a letter's changes that lie between two versions, oldest first."""
    between = changes.c.from_version.is_not(None), changes.c.to_version.is_not(None)
    query = select(changes).where(changes.c.letter_id == letter_id, *between)
    yield from connection.execute(query.order_by(changes.c.id)).all()


def correct_version(
    connection: Connection, row: Row[Any], letter: Letter, parser: str
) -> VersionCorrectedEntry:
    """Set a version to what a better parser read in its page; return the ledger entry of it.

    Those that are stored as differences from it are packed by themselves before.
    """
    for differing in stored_versions(connection, row.letter_id):
        if base_version(differing.letter) == row.id:
            whole = pack_whole(connection, differing.letter)
            _set_version(connection, differing.id, letter=whole)
    packed = pack_like(connection, letter, row.letter)
    values = {"letter": packed, "digest": letter.digest(), "parser": parser}
    _set_version(connection, row.id, **values)
    sealed = {name: getattr(row, name) for name in VERSION} | values
    fact = VersionFact(row.id, letter.digest(), seal(sealed, VERSION))
    return VersionCorrectedEntry(fact)


def _set_version(connection: Connection, version_id: int, **values: Any) -> None:
    connection.execute(update(versions).where(versions.c.id == version_id).values(**values))


def correct_letter(connection: Connection, letter_id: int, newest: Letter) -> None:
    """Set a letter's present state to what its newest version says now."""
    update_letter(connection, letter_id, **letter_columns(newest))


def correct_change(
    connection: Connection,
    row: Row[Any],
    edits: tuple[Edit, ...],
    weighed: tuple[Significance, str],
    differ: str,
) -> ChangeEntry:
    """Set a change to the edits of a better differ; return the ledger entry of it."""
    values = {
        "edits": [edit.as_json() for edit in edits],
        "significance": weighed[0].value,
        "reason": weighed[1],
        "differ": differ,
    }
    connection.execute(update(changes).where(changes.c.id == row.id).values(**values))
    sealed = {name: getattr(row, name) for name in CHANGE} | values
    return ChangeEntry(ChangeFact(row.id, seal(sealed, CHANGE)))


def retract_change(connection: Connection, row: Row[Any]) -> ChangeRetractedEntry:
    """Delete a change that only a worse parser had seen; return the ledger entry of it."""
    connection.execute(delete(changes).where(changes.c.id == row.id))
    if row.kind == ChangeKind.EDITED.value:
        of_letter = update(letters).where(letters.c.id == row.letter_id)
        connection.execute(of_letter.values(edits=letters.c.edits - 1))
    return ChangeRetractedEntry(row.id)
