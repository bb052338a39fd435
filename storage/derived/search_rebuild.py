"""Write what searches go through anew, of all letters at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select

from letters.letter import Letter
from storage.database.insert import insert_all_once
from storage.derived.file_texts import all_with_file_texts
from storage.derived.search_texts import end_of_day, index_grams, text_of
from storage.facts.packed_letters import LetterError, load_letter
from storage.schema.search_index import add_all_to_index, filling_index
from storage.schema.tables import file_letters, letters, search_texts, versions

_BLOCK = 200  # letters whose versions are in memory


class _Placed(NamedTuple):
    place: int
    letter_id: int
    source: str


def write_search_index(connection: Connection) -> Iterator[int]:
    """Write all texts and the index anew; yield the number of each letter that is done, from 1."""
    if connection.dialect.name == "postgresql":  # crawls wait; SQLite has one writer by itself
        connection.exec_driver_sql("LOCK TABLE search_texts IN ACCESS EXCLUSIVE MODE")
    connection.execute(delete(search_texts))
    placed = _placed(connection)
    with filling_index(connection):
        for start in range(0, len(placed), _BLOCK):
            block = placed[start : start + _BLOCK]
            _write_block(connection, block)
            yield from range(start + 1, start + len(block) + 1)


def index_search_texts(connection: Connection) -> Iterator[int]:
    """Make the index anew of the texts on record; yield the number of each letter that is done."""
    texts = select(letters.c.source, search_texts.c.place, search_texts.c.text).join(letters)
    texts = texts.order_by(search_texts.c.place).execution_options(yield_per=_BLOCK)
    done = 0
    with filling_index(connection):
        for block in connection.execute(texts).partitions():
            grams = ((row.place, index_grams(row.source, row.text)) for row in block)
            add_all_to_index(connection, grams)
            yield from range(done + 1, done + len(block) + 1)
            done += len(block)


def count_unsearched(connection: Connection) -> int:
    """Return how many letters an archive has, of an earlier schema without any text; else 0."""
    if connection.execute(select(search_texts.c.letter_id).limit(1)).first():
        return 0
    return connection.execute(select(func.count()).select_from(letters)).scalar_one()


def _placed(connection: Connection) -> list[_Placed]:
    """Return all letters by their places, the lowest first: so SQLite's index is quickest to fill.

    On one day the letter that came first has the highest place.
    """
    rows = connection.execute(
        select(letters.c.id, letters.c.source, letters.c.listed_on).order_by(letters.c.id)
    )
    before: Counter[int] = Counter()  # letters of each day
    placed = []
    for row in rows:
        end = end_of_day(row.listed_on)
        before[end] += 1
        placed.append(_Placed(end - before[end], row.id, row.source))
    return sorted(placed)


def _write_block(connection: Connection, block: Sequence[_Placed]) -> None:
    kept = _versions(connection, [each.letter_id for each in block])
    files = {
        (file.digest, letter_id)
        for letter_id, of_letter in kept.items()
        for letter in of_letter
        for file in letter.attachments
        if file.digest
    }
    rows = [{"sha256": sha256, "letter_id": letter_id} for sha256, letter_id in sorted(files)]
    insert_all_once(connection, file_letters, rows)
    texts = [(each, text_of(kept.get(each.letter_id, ()))) for each in block]
    connection.execute(
        search_texts.insert(),
        [{"letter_id": e.letter_id, "place": e.place, "text": text} for e, text in texts],
    )
    grams = ((each.place, index_grams(each.source, text)) for each, text in texts)
    add_all_to_index(connection, grams)


def _versions(connection: Connection, letter_ids: Sequence[int]) -> dict[int, list[Letter]]:
    """Return the versions of letters, oldest first; audits name those that are damaged."""
    query = select(versions.c.letter_id, versions.c.letter).where(
        versions.c.letter_id.in_(letter_ids)
    )
    ids, kept = [], []
    for row in connection.execute(query.order_by(versions.c.letter_id, versions.c.number)):
        with suppress(LetterError):
            kept.append(load_letter(connection, row.letter))
            ids.append(row.letter_id)
    grouped: dict[int, list[Letter]] = defaultdict(list)
    for letter_id, letter in zip(ids, all_with_file_texts(connection, kept), strict=True):
        grouped[letter_id].append(letter)
    return grouped
