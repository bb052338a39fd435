"""Find the letters that say certain words, newest listed first.

The index names candidates in the order of their places; whether one says each word is seen in its
text. Both are done in blocks, so that a list ends where its page is full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Result,
    Row,
    Select,
    Text,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY

from letters.search_text import Search
from storage.derived.among import is_among
from storage.derived.places import Stretch, first_places, first_places_of_few
from storage.derived.search_texts import source_gram
from storage.schema.search_index import grams_of_word
from storage.schema.tables import letters, search_texts

# More grams of a passage narrow nothing: its whole is looked for in the texts that hold these.
_MOST_GRAMS = 64
# What many letters say is found sooner in the newest ones, whatever these say: PostgreSQL hands
# out candidates without an order, all of them, and no index of words knows who has a status.
_NEWEST = 200
_LARGEST_BLOCK = 1024  # letters
_AT_ONCE = 50  # whose texts are read for a page of less, too
# Where more say the words than this, letters of a rare status are walked, whatever they say.
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Sought:
    """What letters are searched for."""

    search: Search  # of at least one word
    values: Mapping[str, str]  # of columns of their rows
    are_few: bool = False  # letters with these values, so that all of them may be read


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """Rows of the letters of one block of candidates that say what is searched for."""

    rows: Sequence[Row[Any]]
    read: int  # how many candidates were read since the last that said so
    place: int  # of the last of them


def found_blocks(
    connection: Connection, query: Select[Any], sought: Sought, stretch: Stretch, first: int
) -> Iterator[FoundBlock]:
    """Yield the rows of `query`, which selects from letters, for those that are found.

    A block has `first` rows at most, later ones more. The last one of several candidates says how
    many these were.
    """
    place, words = search_texts.c.place, sought.search.words
    says = [_at(connection)(search_texts.c.text, word) > 0 for word in words]
    # An index over these columns would lead away from the few letters, to many more.
    has_values = [letters.c[name].concat("") == value for name, value in sought.values.items()]
    found = query.add_columns(place).join(search_texts, search_texts.c.letter_id == letters.c.id)
    found = found.where(*says, *has_values).order_by(stretch.order(place))
    size = first
    for places in filter(None, _candidates(connection, sought, stretch, max(first, _AT_ONCE))):
        left = places
        while len(rows := _rows(connection, found, left, size)) == size:
            yield FoundBlock(rows, 0, rows[-1].place)
            left, size = left[left.index(rows[-1].place) + 1 :], 4 * size
        yield FoundBlock(rows, len(places), places[-1])


def _rows(
    connection: Connection, found: Select[Any], places: Sequence[int], most: int
) -> Sequence[Row[Any]]:
    """Return the first rows of those found that are at certain places, in their order."""
    if not places:
        return []
    are_there = is_among(connection, search_texts.c.place, places)
    return connection.execute(found.where(are_there).limit(most)).all()


def _candidates(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    """Yield the places of letters that may be what is sought, in order, in growing blocks."""
    is_in_order = connection.dialect.name == "sqlite"
    left = stretch
    if sought.are_few or not (is_in_order or "source" in sought.values):
        size = min(stretch.most or _NEWEST, max(_NEWEST, 4 * first))
        newest = _newest(connection, sought, stretch, size)
        yield newest
        if len(newest) < size:
            return
        left = stretch.after(newest[-1], size)
    if sought.are_few:
        yield from _candidates_of_few(connection, sought, left, first)
    elif is_in_order:
        yield from _blocks(connection.execute(_places_by_fts5(sought, left)), first)
    else:
        yield from _blocks(_ask_gin(connection, _places_by_gin(sought, left)), first)


def _candidates_of_few(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    """Yield the places of letters that say the words; where these are many, of the few."""
    most, whole = stretch.most or _MANY, replace(stretch, most=None)
    if connection.dialect.name == "sqlite":
        query = _places_by_fts5(sought, whole).limit(most + 1)
        places = connection.execute(query).scalars().all()
    else:
        query = _found_by_gin(sought)  # in no order, which would take all of them
        query = query.where(*stretch.limits(query.selected_columns.place)).limit(most + 1)
        places = _ask_gin(connection, query).scalars().all()
    if len(places) <= most:
        yield sorted(places, reverse=not stretch.towards_newer)
    else:
        yield from _walked(connection, sought, whole, first)


def _ask_gin(connection: Connection, places: Select[int]) -> Result[Any]:
    # A walk would read each letter's grams, which are many; its cost is not known to planners.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    found = connection.execute(places)
    connection.exec_driver_sql("SET LOCAL enable_seqscan TO DEFAULT")
    return found


def _blocks(places: Result[Any], first: int) -> Iterator[Sequence[int]]:
    """Yield blocks of places as they are needed, each larger than the one before."""
    size, remaining = first, places.scalars()
    while block := remaining.fetchmany(size):
        yield block
        size = min(4 * size, _LARGEST_BLOCK)


def _walked(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    """Yield the places of letters with the values sought, whatever they say."""
    size = 4 * first
    while places := first_places_of_few(connection, sought.values, stretch, size):
        yield places
        stretch, size = stretch.after(places[-1], len(places)), min(4 * size, _LARGEST_BLOCK)


def _newest(connection: Connection, sought: Sought, stretch: Stretch, most: int) -> Sequence[int]:
    """Return the first places of a part of the list, whatever is said there."""
    if sought.are_few:
        return first_places_of_few(connection, sought.values, stretch, most)
    return first_places(connection, stretch, most)


def _places_by_fts5(sought: Sought, stretch: Stretch) -> Select[int]:
    """Return the query that FTS5 answers in the order of places, and only as far as it is read."""
    place: ColumnElement[int] = literal_column("search_index.rowid", BigInteger)
    wanted = " AND ".join(f'"{gram}"' for gram in _grams(sought))
    is_match = literal_column("search_index").op("MATCH", is_comparison=True)(wanted)
    query = select(place).select_from(table("search_index")).where(is_match)
    ordered = query.where(*stretch.limits(place)).order_by(stretch.order(place))
    return ordered.limit(stretch.most)


def _places_by_gin(sought: Sought, stretch: Stretch) -> Select[int]:
    """Return the query that GIN answers: apart, since with the order it might be left out."""
    found = _found_by_gin(sought).cte("found").prefix_with("MATERIALIZED")
    query = select(found.c.place).where(*stretch.limits(found.c.place))
    return query.order_by(stretch.order(found.c.place)).limit(stretch.most)


def _found_by_gin(sought: Sought) -> Select[int]:
    index = table("search_index", column("place", BigInteger), column("grams", ARRAY(Text)))
    return select(index.c.place).where(index.c.grams.contains(_grams(sought)))


def _grams(sought: Sought) -> list[str]:
    """Return the grams of the words, some from all over where they are many, and the source."""
    grams = list(dict.fromkeys(chain.from_iterable(map(grams_of_word, sought.search.words))))
    sample = grams[:: -(-len(grams) // _MOST_GRAMS)]
    source = sought.values.get("source")
    return [*sample, source_gram(source)] if source else sample


def _at(connection: Connection) -> Any:
    """Return the function that says where in a text a word is, from 1; 0: nowhere."""
    return func.instr if connection.dialect.name == "sqlite" else func.strpos
