"""Find the letters that say certain words, newest listed first.

The index names candidates in the order of their places; whether one says each word is seen in its
text. Both are done in blocks, so that a list ends where its page is full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
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
from storage.derived.search_texts import end_of_day, source_gram
from storage.schema.search_index import grams_of_word
from storage.schema.tables import letters, search_texts

# More grams of a passage narrow nothing: its whole is looked for in the texts that hold these.
_MOST_GRAMS = 64
# PostgreSQL hands out candidates without an order: all, however many. What many letters say is
# found sooner in the newest ones.
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
    walk: tuple[Select[Any], ...] = ()  # for date and id of those with them, if few: in order


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list of letters: from beyond a place to an end, or less."""

    beyond: int | None = None  # a place that is left out; None: from an end
    towards_newer: bool = False
    most: int | None = None  # letters whose texts are read; None: as many as there are

    def limits(self, place: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """Return what is true of a place in this part."""
        if self.beyond is None:
            return []
        return [place > self.beyond if self.towards_newer else place < self.beyond]

    def order(self, place: ColumnElement[int]) -> ColumnElement[int]:
        """Return the order of this part."""
        return place.asc() if self.towards_newer else place.desc()

    def after(self, place: int, read: int) -> "Stretch":
        """Return what is left of this part once `read` letters up to a place were."""
        most = None if self.most is None else self.most - read
        return Stretch(place, self.towards_newer, most)


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

    The first block has `first` rows at most, later ones more. The last one of several candidates
    says how many these were.
    """
    text, words = search_texts.c.text, sought.search.words
    says = [_at(connection)(text, word) > 0 for word in words]
    found = select(search_texts.c.letter_id).where(*says)
    found = found.order_by(stretch.order(search_texts.c.place))
    size = first
    for places in filter(None, _candidates(connection, sought, stretch, max(first, _AT_ONCE))):
        is_candidate = is_among(connection, search_texts.c.place, places)
        ids = connection.execute(found.where(is_candidate)).scalars().all()
        while len(ids) > size:
            yield FoundBlock(_rows(connection, query, sought, ids[:size]), 0, places[-1])
            ids, size = ids[size:], 4 * size
        yield FoundBlock(_rows(connection, query, sought, ids), len(places), places[-1])


def _rows(
    connection: Connection, query: Select[Any], sought: Sought, ids: Sequence[int]
) -> list[Row[Any]]:
    """Return the rows of `query` for those letters that have the values sought, in their order."""
    if not ids:
        return []
    # An index over these columns would lead away from the few letters, to many more.
    has_values = [letters.c[name].concat("") == value for name, value in sought.values.items()]
    rows = connection.execute(query.where(is_among(connection, letters.c.id, ids), *has_values))
    order = {letter_id: place for place, letter_id in enumerate(ids)}
    return sorted(rows, key=lambda row: order[row.id])


def _candidates(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    """Yield the places of letters that may be what is sought, in order, in growing blocks."""
    if sought.walk and _are_many(connection, sought, stretch):
        yield from _walked(connection, sought, stretch, first)
    elif connection.dialect.name == "sqlite":
        yield from _blocks(connection.execute(_places_by_fts5(sought, stretch)), first)
    else:
        yield from _candidates_in_postgresql(connection, sought, stretch, first)


def _candidates_in_postgresql(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    left: Stretch | None = stretch
    if "source" not in sought.values:
        most = min(stretch.most or _NEWEST, max(_NEWEST, 4 * first))
        newest = _newest_places(connection, stretch, most)
        left = stretch.after(newest[-1], len(newest)) if newest else None
        yield newest
    if left is not None:
        yield from _blocks(_ask_gin(connection, _places_by_gin(sought, left)), first)


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


def _are_many(connection: Connection, sought: Sought, stretch: Stretch) -> bool:
    """Return whether more letters say the words than are read for a page."""
    enough, whole = stretch.most or _MANY, replace(stretch, most=None)
    if connection.dialect.name == "sqlite":
        query = _places_by_fts5(sought, whole).limit(1).offset(enough)
        return connection.execute(query).first() is not None
    found = _found_by_gin(sought)  # in no order, which would take all of them
    some = found.where(*whole.limits(found.selected_columns.place)).limit(1).offset(enough)
    return _ask_gin(connection, some).first() is not None


def _walked(
    connection: Connection, sought: Sought, stretch: Stretch, first: int
) -> Iterator[Sequence[int]]:
    """Yield the places of letters with the values sought, whatever they say, by whole days."""
    rows = chain.from_iterable(connection.execute(query) for query in sought.walk)
    block: list[int] = []
    for _, day in groupby(rows, lambda row: end_of_day(row.listed_on)):
        block += [row.id for row in day]
        if len(block) >= first:
            yield _places_of(connection, block, stretch)
            block = []
    if block:
        yield _places_of(connection, block, stretch)


def _places_of(connection: Connection, ids: Sequence[int], stretch: Stretch) -> list[int]:
    """Return the places of letters that are in a part of the list, in its order."""
    place = search_texts.c.place
    query = select(place).where(
        is_among(connection, search_texts.c.letter_id, ids), *stretch.limits(place)
    )
    return sorted(connection.execute(query).scalars(), reverse=not stretch.towards_newer)


def _newest_places(connection: Connection, stretch: Stretch, most: int) -> Sequence[int]:
    """Return the first places of a part of the list, whatever is said there."""
    place = search_texts.c.place
    query = select(place).where(*stretch.limits(place)).order_by(stretch.order(place))
    return connection.execute(query.limit(most)).scalars().all()


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
