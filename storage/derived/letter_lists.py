"""List letters, newest listed first, by the columns that a list shows: no letter is unpacked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, select

from letters.letter_record import Status
from letters.search_text import Search
from storage.derived.list_page import Cut, ListPage, read_page
from storage.derived.places import Stretch
from storage.derived.search import Sought, found_blocks
from storage.derived.search_page import found_page
from storage.schema.tables import letter_counts, versions
from storage.schema.tables import letters as table

_ID, _DATE = table.c.id, table.c.listed_on
_VERSIONS = select(func.count()).where(versions.c.letter_id == _ID).scalar_subquery()
_SHOWN = (
    *(_ID, table.c.source, table.c.status, table.c.number, table.c.title, _DATE),
    *(table.c.subject, table.c.addressees, table.c.last_seen),
    *(table.c.version, _VERSIONS.label("versions")),
)

MOST_WALKED = 4000  # letters of a status, for a search
_BLOCK = 200  # rows that are read at once
Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are wanted; None: all."""

    source: str | None = None
    search: Search | None = None  # words in a version's fields and text, or in a file
    status: Status | None = None

    def is_search(self) -> bool:
        """Return whether any words are searched for."""
        return self.search is not None and bool(self.search.words)


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """What a list shows of a letter."""

    id: int
    source: str
    status: Status
    number: str | None
    title: str
    subject: str | None
    addressees: tuple[str, ...]
    listed_on: date | None  # the directory's date
    version: int  # number of the newest
    versions: int  # how many there are
    last_seen: datetime  # UTC, the last visit that showed the letter


def listed_letters(connection: Connection, wanted: LetterFilter) -> Iterator[ListedLetter]:
    """Yield what a list shows of each letter, newest listed first."""
    for block in letter_blocks(connection, select(*_SHOWN), wanted):
        yield from _listed_letters(block)


def letter_page(
    connection: Connection, wanted: LetterFilter, cut: Cut, limit: int
) -> ListPage[ListedLetter]:
    """Return one page of the list of letters; it is cut by `letter_position`."""
    return page_of_letters(connection, select(*_SHOWN), _listed_letters, wanted, cut, limit)


def letter_blocks(
    connection: Connection, query: Select[Any], wanted: LetterFilter
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of `query`, which selects from letters, newest listed first, in blocks."""
    if search := _search(wanted):
        sought = _sought(connection, wanted, search)
        for block in found_blocks(connection, query, sought, Stretch(), _BLOCK):
            yield block.rows
        return
    for part in _letter_queries(query, wanted, Cut()):
        with connection.execute(part, execution_options={"yield_per": _BLOCK}) as rows:
            yield from rows.partitions()


def page_of_letters(
    connection: Connection,
    query: Select[Any],
    read: Callable[[Sequence[Row[Any]]], Sequence[Listed]],
    wanted: LetterFilter,
    cut: Cut,
    limit: int,
) -> ListPage[Listed]:
    """Return one page of the rows of `query`, which selects from letters, as `read` reads them."""
    if search := _search(wanted):
        sought = _sought(connection, wanted, search)
        return found_page(connection, query, sought, read, cut, limit)
    return read_page(connection, _letter_queries(query, wanted, cut), read, cut, limit)


def letter_position(listed_on: date | None, letter_id: int) -> tuple[date | None, int]:
    """Return the position of a letter in lists of letters."""
    return listed_on, letter_id


def count_letters(connection: Connection, wanted: LetterFilter) -> int:
    """Return how many letters there are: at once, unless a text is searched for."""
    if wanted.is_search():
        return sum(map(len, letter_blocks(connection, select(_ID), wanted)))
    kept = select(func.coalesce(func.sum(letter_counts.c.count), 0))
    terms = [letter_counts.c[name] == value for name, value in _exact(wanted)]
    return int(connection.execute(kept.where(*terms)).scalar_one())


def count_letters_of(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are on record."""
    return count_letters(connection, LetterFilter(source=source))


def letters_by_status(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many letters there are, by source and status; none where there is no key."""
    rows = connection.execute(select(letter_counts)).all()
    return {(source, status): count for source, status, count in rows}


def _search(wanted: LetterFilter) -> Search | None:
    return wanted.search if wanted.is_search() else None


def _sought(connection: Connection, wanted: LetterFilter, search: Search) -> Sought:
    """Return what is searched for; the index knows sources, but no status."""
    are_few = wanted.status is not None and (
        count_letters(connection, replace(wanted, search=None)) <= MOST_WALKED
    )
    return Sought(search, dict(_exact(wanted)), are_few)


def _letter_queries(query: Select[Any], wanted: LetterFilter, cut: Cut) -> list[Select[Any]]:
    """Return the queries for the letters on one side of `cut`, one after another.

    Newest listed first, those of one day in the order of their ids, those without a date last.
    Each query reads an index in this order, or backwards.
    """
    query = query.where(*(table.c[name] == value for name, value in _exact(wanted)))
    ordered = query.order_by(_DATE.desc(), _ID)
    if cut.towards_newer:
        ordered = query.order_by(_DATE, _ID.desc())
    return [ordered.where(*terms) for terms in _steps(cut)]


def _steps(cut: Cut) -> list[tuple[Any, ...]]:
    """Return what limits each query: the rest of a day, the other days, what has no date."""
    dated, undated = (_DATE.is_not(None),), (_DATE.is_(None),)
    if cut.position is None:
        return [undated, dated] if cut.towards_newer else [dated, undated]
    on, letter_id = cut.position
    beyond = letter_id > _ID if cut.towards_newer else letter_id < _ID
    if on is None:
        return [(*undated, beyond), *([dated] if cut.towards_newer else [])]
    if cut.towards_newer:
        return [(on == _DATE, beyond), (on < _DATE,)]
    return [(on == _DATE, beyond), (on > _DATE,), undated]


def _exact(wanted: LetterFilter) -> list[tuple[str, str]]:
    exact = {"source": wanted.source, "status": wanted.status and wanted.status.value}
    return [(name, value) for name, value in exact.items() if value]


def _listed_letters(rows: Sequence[Row[Any]]) -> list[ListedLetter]:
    return [_listed_letter(row) for row in rows]


def _listed_letter(row: Row[Any]) -> ListedLetter:
    return ListedLetter(
        id=row.id,
        source=row.source,
        status=Status(row.status),
        number=row.number,
        title=row.title,
        subject=row.subject,
        addressees=tuple(row.addressees),
        listed_on=row.listed_on,
        version=row.version,
        versions=row.versions,
        last_seen=row.last_seen,
    )
