"""The index behind searches: which grams each letter's text holds, by the letter's place.

Neither database splits Chinese into words, so grams do: each character, each pair of neighbours,
and each four of digits and Latin letters, which are so few that all their pairs are everywhere.
SQLite has them in a table of FTS5, PostgreSQL in arrays under a GIN index. The index names
candidates; whether one says a whole word is seen in `search_texts`: positions would double it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import add

from sqlalchemy import Connection, TextClause, text

from storage.database import prepared

TABLE = "search_index"  # SQLite has search_index_data and others beside it


@dataclass(frozen=True, slots=True)
class _Statements:
    """The index in the words of one database."""

    create: tuple[str, ...]
    before_filling: tuple[str, ...]  # what makes many additions quick
    after_filling: tuple[str, ...]
    add: str
    remove: str
    counts: str  # yields gram, count and sum of places
    drop: tuple[str, ...]


_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5"
    " (grams, tokenize = 'ascii', content = '', columnsize = 0, detail = none)"
)
_SQLITE = _Statements(
    create=(
        _INDEX,
        "CREATE VIRTUAL TABLE search_index_grams USING fts5vocab(search_index, instance)",
    ),
    before_filling=(
        "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 33554432)",
    ),
    after_filling=("INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 1048576)",),
    add="INSERT INTO search_index (rowid, grams) VALUES (:place, :grams)",
    remove=(
        "INSERT INTO search_index (search_index, rowid, grams) VALUES ('delete', :place, :grams)"
    ),
    counts="SELECT term, count(*), sum(doc) FROM search_index_grams GROUP BY term",
    drop=("DROP TABLE IF EXISTS search_index_grams", "DROP TABLE IF EXISTS search_index"),
)
_GIN = (
    # What was added last is in a list that each search reads: it is kept short.
    "CREATE INDEX search_index_grams ON search_index USING gin (grams)"
    " WITH (gin_pending_list_limit = 512)"
)
_POSTGRESQL = _Statements(
    create=(
        "CREATE TABLE search_index (place BIGINT PRIMARY KEY, grams TEXT[] NOT NULL)",
        # No plan needs to know which grams are common, and to count them takes minutes.
        "ALTER TABLE search_index ALTER COLUMN grams SET STATISTICS 0",
        _GIN,
    ),
    before_filling=("DROP INDEX search_index_grams",),
    after_filling=(_GIN,),
    add=("INSERT INTO search_index (place, grams) VALUES (:place, string_to_array(:grams, ' '))"),
    remove="DELETE FROM search_index WHERE place = :place",
    counts=(
        "SELECT gram, count(*), sum(place) FROM search_index, unnest(grams) AS gram GROUP BY gram"
    ),
    drop=("DROP TABLE IF EXISTS search_index",),
)
_RUN = re.compile(r"[0-9a-z]{4,}")
_MARK = re.compile(r"[!-/:-@\[-`{-~]")


def create_index(connection: Connection) -> None:
    """Create an empty index."""
    _execute(connection, _statements(connection).create)


def clear_index(connection: Connection) -> None:
    """Create the index anew, empty, whatever is wrong with it."""
    _execute(connection, _statements(connection).drop)
    create_index(connection)


@contextmanager
def filling_index(connection: Connection) -> Iterator[None]:
    """Create the index anew, to be filled with all letters, those with the lowest places first."""
    clear_index(connection)
    _execute(connection, _statements(connection).before_filling)
    yield
    _execute(connection, _statements(connection).after_filling)


def add_to_index(connection: Connection, place: int, grams: Iterable[str]) -> None:
    """Add the grams of the letter at `place`."""
    values = {"place": place, "grams": " ".join(grams)}
    prepared.run(connection, _made_once(_statements(connection).add), values)


def add_all_to_index(connection: Connection, added: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Add the grams of letters by their places."""
    values = [{"place": place, "grams": " ".join(grams)} for place, grams in added]
    connection.execute(text(_statements(connection).add), values)


def remove_from_index(connection: Connection, place: int, grams: Iterable[str]) -> None:
    """Remove what was added; FTS5 keeps no text, so the grams must be those that were."""
    values = {"place": place, "grams": " ".join(grams)}
    prepared.run(connection, _made_once(_statements(connection).remove), values)


def index_counts(connection: Connection) -> Iterator[tuple[str, int, int]]:
    """Yield each gram of the index: how many letters hold it, and the sum of their places."""
    for gram, count, places in connection.execute(text(_statements(connection).counts)):
        yield gram, count, int(places)


def grams_of(lines: Iterable[str]) -> frozenset[str]:
    """Return the characters of lines in search form, the pairs of neighbours, and fours of ASCII.

    >>> sorted(grams_of(["a%渝"]))
    ['a', 'a％', '渝', '％', '％渝']
    """
    grams: set[str] = set()
    for line in lines:
        plain = _without_marks(line)
        grams.update(plain)
        grams.update(map(add, plain, plain[1:]))
        grams.update(_fours(plain))
    return frozenset(grams)


def grams_of_word(word: str) -> list[str]:
    """Return those grams of a word in search form from which all its others follow.

    >>> grams_of_word("渝%a"), grams_of_word("渝"), grams_of_word("第20267号")
    (['渝％', '％a'], ['渝'], ['2026', '0267', '第2', '7号'])
    """
    plain = _without_marks(word)
    parts, start = [], 0
    for run in _RUN.finditer(plain):
        parts.append(plain[start : run.start() + 1])
        start = run.end() - 1
    parts.append(plain[start:])
    pairs = chain.from_iterable(map(add, part, part[1:]) for part in parts)
    return [*_fours(plain), *pairs] or [plain]


def _without_marks(text: str) -> str:
    """Return `text` with ASCII's marks in full width, which no text in search form holds.

    They are gaps to FTS5's `ascii`.
    """
    return _MARK.sub(lambda mark: chr(ord(mark[0]) + 0xFEE0), text)


def _fours(plain: str) -> Iterator[str]:
    """Yield each four neighbours of digits and Latin letters, of which pairs say too little."""
    for run in _RUN.findall(plain):
        yield from map("".join, zip(run, run[1:], run[2:], run[3:], strict=False))


@cache
def _made_once(statement: str) -> TextClause:
    """Return the statement: each letter's text asks for it."""
    return text(statement)


def _statements(connection: Connection) -> _Statements:
    return _POSTGRESQL if _is_postgresql(connection) else _SQLITE


def _execute(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(text(statement))


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
