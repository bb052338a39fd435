"""List letters, newest listed first, by the columns that a list shows: no letter is unpacked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from letters.letter_record import Status
from letters.search_text import Search
from storage.derived.list_page import Cut, ListPage, read_page
from storage.derived.search import select_found
from storage.schema.tables import letter_counts, versions
from storage.schema.tables import letters as table

_ID, _DATE = table.c.id, table.c.listed_on
_VERSIONS = select(func.count()).where(versions.c.letter_id == _ID).scalar_subquery()
_SHOWN = (
    *(_ID, table.c.source, table.c.status, table.c.number, table.c.title, _DATE),
    *(table.c.last_seen, table.c.version, _VERSIONS.label("versions")),
)


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
    listed_on: date | None  # the directory's date
    version: int  # number of the newest
    versions: int  # how many there are
    last_seen: datetime  # UTC, the last visit that showed the letter


def listed_letters(connection: Connection, wanted: LetterFilter) -> Iterator[ListedLetter]:
    """Yield what a list shows of each letter, newest listed first."""
    for part in letter_queries(connection, select(*_SHOWN), wanted, Cut()):
        for row in connection.execute(part, execution_options={"yield_per": 1000}):
            yield _listed_letter(row)


def letter_page(
    connection: Connection, wanted: LetterFilter, cut: Cut, limit: int
) -> ListPage[ListedLetter]:
    """Return one page of the list of letters; it is cut by `letter_position`."""
    parts = letter_queries(connection, select(*_SHOWN), wanted, cut)
    return read_page(connection, parts, _listed_letters, cut, limit)


def letter_position(listed_on: date | None, letter_id: int) -> tuple[date | None, int]:
    """Return the position of a letter in lists of letters."""
    return listed_on, letter_id


def count_letters(connection: Connection, wanted: LetterFilter) -> int:
    """Return how many letters there are: at once, unless a text is searched for."""
    if wanted.is_search():
        walked = select(func.count()).select_from(table).where(*_terms(connection, wanted))
        return connection.execute(walked).scalar_one()
    kept = select(func.coalesce(func.sum(letter_counts.c.count), 0))
    terms = [letter_counts.c[name] == value for name, value in _exact(wanted)]
    return int(connection.execute(kept.where(*terms)).scalar_one())


def count_letters_of(connection: Connection, source: str) -> int:
    """Return how many letters of `source` are on record."""
    return count_letters(connection, LetterFilter(source=source))


def letters_by_status(connection: Connection) -> dict[tuple[str, Status], int]:
    """Return how many letters there are, by source and status; none where there is no key."""
    rows = connection.execute(select(letter_counts))
    return {(source, Status(status)): count for source, status, count in rows}


def letter_queries(
    connection: Connection, query: Select[Any], wanted: LetterFilter, cut: Cut
) -> list[Select[Any]]:
    """Return the queries for the letters on one side of `cut`, one after another.

    Newest listed first, those of one day in the order of their ids, those without a date last.
    Each query reads an index in this order, or backwards.
    """
    query = query.where(*_terms(connection, wanted))
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


def _terms(connection: Connection, wanted: LetterFilter) -> list[Any]:
    terms: list[Any] = [table.c[name] == value for name, value in _exact(wanted)]
    if wanted.search is not None and wanted.is_search():
        terms.append(_ID.in_(select_found(connection, wanted.search, wanted.source)))
    return terms


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
        listed_on=row.listed_on,
        version=row.version,
        versions=row.versions,
        last_seen=row.last_seen,
    )
