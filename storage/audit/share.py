"""Verify one share of an archive: all shares together check what `verify` checks.

The nights of a month go through them, so that all that was there when they began was verified.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from storage.audit.damage import Damage
from storage.audit.dictionaries import check_dictionaries
from storage.audit.expected_rows import ExpectedRows
from storage.audit.search import check_search
from storage.audit.unreadable import find_unreadable, may_pass
from storage.audit.verify import (
    Checked,
    ReadAgain,
    check_database,
    check_page,
    check_records,
    check_version,
)
from storage.database.archive import Archive
from storage.facts.dictionaries import forget_dictionaries
from storage.facts.entries import FileEntry, read_entry
from storage.facts.evidence import forget_earlier_pages
from storage.schema.tables import evidence, versions
from storage.schema.tables import ledger as ledger_table

SHARES = 28  # a night each: of thirty days two nights may be missed
_BATCH = 100  # pages or versions that are checked in one transaction
_DIGITS = 8  # of a sha256, by which pages are shared out

_Id = TypeVar("_Id", int, str)


def verify_share(archive: Archive, read_again: ReadAgain, number: int) -> Checked:
    """Verify share `number`, counted from 0: pages, versions, and one of the checks of the whole.

    Each transaction is short but for those of the whole, which read and keep no writer waiting.
    Raises DatabaseError where the database can't be read now, which is no damage.
    """
    checked = Checked()
    forget_dictionaries()  # what is checked is what is there
    forget_earlier_pages()
    try:
        for damage in _damages(archive, read_again, number, checked):
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
    archive: Archive, read_again: ReadAgain, number: int, checked: Checked
) -> Iterator[Damage]:
    for check in _OF_THE_WHOLE.get(number, ()):
        with archive.reading() as connection:
            yield from check(connection, checked)
    with archive.reading() as connection:
        pages = _pages(connection, number)
        letters = _versions(connection, number)
        expected = _expected_files(connection)
    checked.pages, checked.versions = len(pages), len(letters)
    yield from _in_turns(archive, pages, check_page)
    yield from _in_turns(
        archive, letters, lambda of, each: check_version(of, each, read_again, expected)
    )


def _in_turns(
    archive: Archive,
    ids: Sequence[_Id],
    check: Callable[[Connection, _Id], Iterator[Damage]],
) -> Iterator[Damage]:
    for first in range(0, len(ids), _BATCH):
        with archive.reading() as connection:
            for each in ids[first : first + _BATCH]:
                yield from check(connection, each)


def _pages(connection: Connection, number: int) -> Sequence[str]:
    """Return the sha256 of the pages of a share: they are spread evenly."""
    first, behind = (f"{16**_DIGITS * end // SHARES:0{_DIGITS}x}" for end in (number, number + 1))
    query = select(evidence.c.sha256).where(evidence.c.sha256 >= first)
    if number < SHARES - 1:
        query = query.where(evidence.c.sha256 < behind)
    return connection.execute(query).scalars().all()


def _versions(connection: Connection, number: int) -> Sequence[int]:
    query = select(versions.c.id).where(versions.c.id % SHARES == number)
    return connection.execute(query).scalars().all()


def _expected_files(connection: Connection) -> ExpectedRows:
    """Return what the ledgers say of the bytes of files, which versions name, and nothing else."""
    expected = ExpectedRows()
    named = select(ledger_table.c.facts).where(ledger_table.c.facts.contains('"file":'))
    for facts in connection.execute(named, execution_options={"yield_per": 1000}).scalars():
        entry = read_entry(json.loads(facts))
        if isinstance(entry, FileEntry):
            expected.contents.add((entry.sha256, entry.content))
    return expected


def _records(connection: Connection, checked: Checked) -> Iterator[Damage]:
    return check_records(connection, checked, ExpectedRows())


# The checks that no share can be made of, each with a night of its own.
_OF_THE_WHOLE: dict[int, tuple[Callable[[Connection, Checked], Iterator[Damage]], ...]] = {
    0: (lambda connection, _: check_database(connection),),
    1: (lambda connection, _: check_dictionaries(connection),),
    2: (_records,),
    3: (lambda connection, _: check_search(connection),),
}
