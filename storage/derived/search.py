"""Find the letters that say certain words."""

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY

from letters.search_text import Search, search_form, search_lines
from storage.derived.file_texts import with_file_texts
from storage.derived.newest import versions_newest_first
from storage.derived.search_texts import source_gram
from storage.schema.search_index import pairs
from storage.schema.tables import search_texts

# More grams of a passage narrow nothing: its whole is looked for in the texts that hold these.
_MOST_GRAMS = 64
_PAIR = 2  # a word no longer than this is a gram itself


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A line of a letter that says words of a search."""

    version: int  # the newest that says them
    parts: tuple[tuple[str, bool], ...]  # each with whether it is such a word


def select_found(connection: Connection, search: Search, source: str | None) -> Select[int]:
    """Return the query for the ids of the letters that say all words of a search.

    `search` has at least one word. With `source`, the letters of others may be left out.
    """
    grams = _sample(search)
    if source:
        grams.append(source_gram(source))
    if connection.dialect.name == "postgresql":
        index = table("search_index", column("place", BigInteger), column("grams", ARRAY(Text)))
        is_candidate = index.c.grams.contains(grams)
        place, at = index.c.place, func.strpos
    else:
        index = table("search_index", column("rowid", BigInteger))
        is_candidate = _match(grams)
        place, at = literal_column("+search_index.rowid"), func.instr  # +: begin with the index
    says = [at(search_texts.c.text, word) > 0 for word in search.words if len(word) > _PAIR]
    query = select(search_texts.c.letter_id).join(index, search_texts.c.place == place)
    return query.where(is_candidate, *says)


def search_hits(connection: Connection, letter_id: int, search: Search | None) -> list[SearchHit]:
    """Return where a letter says the words of a search: for each its newest version, one line."""
    if search is None or not search.words:
        return []
    hits: list[SearchHit] = []
    left = list(search.words)
    for number, letter, *_ in versions_newest_first(connection, letter_id):
        for line in search_lines(with_file_texts(connection, letter)) if left else ():
            said = [word for word in left if word in search_form(line)]
            if said and (excerpt := search.excerpt(line)):
                hits.append(SearchHit(number, tuple(excerpt)))
                left = [word for word in left if word not in said]
    return hits


def _match(grams: list[str]) -> ColumnElement[bool]:
    wanted = " AND ".join(f'"{gram}"' for gram in grams)
    return literal_column("search_index").op("MATCH", is_comparison=True)(wanted)


def _sample(search: Search) -> list[str]:
    """Return the grams of a search's words; of many, some from all over."""
    grams = list(dict.fromkeys(chain.from_iterable(map(pairs, search.words))))
    return grams[:: -(-len(grams) // _MOST_GRAMS)]
