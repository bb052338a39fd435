"""Verify an archive: each check in turn, from the database to its letters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import DatabaseError

from letters.letter import Letter
from storage.audit.damage import Damage
from storage.audit.dictionaries import check_dictionaries
from storage.audit.expected_rows import ExpectedRows
from storage.audit.kept_counts import check_counts
from storage.audit.ledger_chain import read_ledger
from storage.audit.letters_and_addresses import check_addresses, check_letters
from storage.audit.named_evidence import lost_evidence
from storage.audit.rows import check_rows
from storage.audit.search import check_search
from storage.audit.unreadable import find_unreadable, may_pass
from storage.database.archive import Archive
from storage.facts import ledger
from storage.facts.evidence import EvidenceError, load_evidence
from storage.facts.packed_letters import load_letter
from storage.facts.snapshots import StoredPage, stored_pages
from storage.schema.tables import evidence, snapshots, versions
from storage.schema.tables import ledger as ledger_table

# Reads a letter's stored pages again, with the version's row and the letter that was read; None
# where the parser that read it is no longer today's.
ReadAgain = Callable[[list[StoredPage], Row[Any], Letter], Letter | None]


@dataclass(slots=True)
class Checked:
    """How much an audit checked, and the damages that it came upon."""

    pages: int = 0
    versions: int = 0
    entries: int = 0
    heads: dict[str, str] = field(default_factory=dict)  # newest ledger hash by source
    damages: list[Damage] = field(default_factory=list)


def verify(
    archive: Archive, read_again: ReadAgain, on_check: Callable[[str], None] = lambda _: None
) -> Checked:
    """Derive every stored digest again, and check the ledger and every row against it.

    Raises DatabaseError where the database can't be read now, which is no damage.
    """
    checked = Checked()
    try:
        with archive.reading() as connection:
            for damage in _damages(connection, read_again, checked, on_check):
                checked.damages.append(damage)
    except DatabaseError as error:
        if may_pass(error):
            raise
        checked.damages.append(Damage("database", str(error.orig).splitlines()[0]))
        checked.damages += find_unreadable(archive)
    except ValueError as error:  # JSON or a moment that no longer is one
        checked.damages.append(Damage("database", f"a row cannot be read: {error}"))
        checked.damages += find_unreadable(archive)
    return checked


def _damages(
    connection: Connection,
    read_again: ReadAgain,
    checked: Checked,
    on_check: Callable[[str], None],
) -> Iterator[Damage]:
    on_check("database")
    yield from check_database(connection)
    on_check("dictionaries")
    yield from check_dictionaries(connection)
    on_check("evidence")
    for sha256 in connection.execute(select(evidence.c.sha256)).scalars().all():
        checked.pages += 1
        yield from check_page(connection, sha256)
    on_check("ledger")
    expected = ExpectedRows()
    yield from check_records(connection, checked, expected)
    on_check("versions")
    for version_id in connection.execute(select(versions.c.id)).scalars().all():
        checked.versions += 1
        yield from check_version(connection, version_id, read_again, expected)
    on_check("search")
    yield from check_search(connection)


def check_records(
    connection: Connection, checked: Checked, expected: ExpectedRows
) -> Iterator[Damage]:
    """Yield where a ledger is broken, and each row that is not what it says, or follows from.

    What the ledgers say is added to `expected`.
    """
    for source in connection.execute(select(ledger_table.c.source).distinct()).scalars().all():
        yield from read_ledger(connection, source, expected)
    checked.heads = ledger.heads(connection)
    checked.entries = len(connection.execute(select(ledger_table.c.id)).all())
    yield from lost_evidence(connection, expected.evidence)
    yield from check_rows(connection, expected)
    yield from check_letters(connection, expected)
    yield from check_addresses(connection, expected)
    yield from check_counts(connection)


def check_database(connection: Connection) -> Iterator[Damage]:
    """Yield what SQLite says against its own file; a server sees to its own."""
    if connection.dialect.name != "sqlite":
        return
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in connection.exec_driver_sql(f"PRAGMA {pragma}"):
            if tuple(row) != ("ok",):
                yield Damage("database", f"{pragma}: {' '.join(map(str, row))}")


def check_page(connection: Connection, sha256: str) -> Iterator[Damage]:
    """Yield that the bytes of a page are lost or are not those of its sha256."""
    try:
        load_evidence(connection, sha256)
    except EvidenceError as error:
        yield Damage(f"evidence {sha256}", str(error))


def check_version(
    connection: Connection, version_id: int, read_again: ReadAgain, expected: ExpectedRows
) -> Iterator[Damage]:
    """Yield what of a version is not as its page, its digest or the ledger says."""
    query = select(versions, snapshots.c.final_url).join(
        snapshots, snapshots.c.id == versions.c.snapshot_id
    )
    row = connection.execute(query.where(versions.c.id == version_id)).first()
    place = f"version {version_id}"
    if row is None:
        yield Damage(place, "the page it was read from is lost")
        return
    try:
        letter = load_letter(connection, row.letter)
        again = read_again(stored_pages(connection, row.snapshot_id), row, letter)
    except EvidenceError:
        return  # reported as evidence
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        yield Damage(place, f"it cannot be read: {error}")
        return
    for fault in _faults(row, letter, again, expected):
        yield Damage(place, fault)


def _faults(
    row: Row[Any], letter: Letter, again: Letter | None, expected: ExpectedRows
) -> Iterator[str]:
    """Yield what of a version is not as its page, its digest or the ledger says."""
    if letter.digest() != row.digest:
        yield "its words are not those of its digest"
    elif letter.url != row.final_url:
        yield "its URL is not that of its page"
    elif again is not None and again != letter:  # the digest leaves out how a body is cut
        yield "its page says something else"
    for each in letter.attachments:
        if each.content and (each.digest, each.content) not in expected.contents:
            yield f"its file {each.name} holds other bytes than it says"
