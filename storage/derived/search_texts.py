"""What searches go through: the lines of a letter's versions and files, and the index over them.

A text is written in the transaction of what it follows from; an audit makes it again and compares.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from letters.letter import Letter
from letters.search_text import search_form, search_lines
from storage.database.advisory_lock import lock_until_end
from storage.database.insert import insert, insert_once, upsert
from storage.database.prepared import fetch
from storage.derived.file_texts import with_file_texts
from storage.facts.packed_letters import LetterError, load_letter
from storage.schema.search_index import (
    add_to_index,
    grams_of,
    remove_from_index,
)
from storage.schema.tables import file_letters, letters, search_texts, versions

_DAY = 2**24  # how many letters may be listed on one day
FIRST_DAY = date(1990, 1, 1)  # places are small numbers: the index is, too
_PLACED = (
    select(letters.c.source, letters.c.listed_on, search_texts.c.place, search_texts.c.text)
    .outerjoin(search_texts, search_texts.c.letter_id == letters.c.id)
    .where(letters.c.id == bindparam("of"))
)
_LOWEST_PLACE = select(func.min(search_texts.c.place)).where(
    search_texts.c.place.between(bindparam("first"), bindparam("last"))
)


def lock_search_texts(connection: Connection) -> None:
    """Let nobody else write texts of letters, or of files, until the transaction ends.

    To be called before what they follow from is read: a file may be one of letters of two sources,
    whose crawls would each write what both have without what the other one has just recorded, or
    wait for each other.
    """
    lock_until_end(connection, "places")


def write_search_text(connection: Connection, letter_id: int) -> None:
    """Write what searches go through in a letter anew, by all that is stored of it."""
    lock_search_texts(connection)
    kept = list(_versions(connection, letter_id))
    for letter in kept:
        _note_files(connection, letter_id, letter)
    _write(connection, letter_id, _text_of(connection, kept))


def search_text_of(connection: Connection, letter_id: int) -> str:
    """Return what searches go through in a letter: each line of its versions and files once."""
    return _text_of(connection, _versions(connection, letter_id))


def begin_search_text(
    connection: Connection, letter_id: int, letter: Letter, source: str, listed_on: date | None
) -> None:
    """Write what the first version of a letter says, which has no text yet."""
    lock_search_texts(connection)
    _note_files(connection, letter_id, letter)
    text = _distinct(_lines(with_file_texts(connection, letter)))
    place = free_place(connection, listed_on)
    insert(connection, search_texts, {"letter_id": letter_id, "place": place, "text": text})
    add_to_index(connection, place, index_grams(source, text))


def add_search_text(connection: Connection, letter_id: int, letter: Letter) -> None:
    """Add what a letter's newest version says."""
    lock_search_texts(connection)
    _note_files(connection, letter_id, letter)
    before = _text_on_record(connection, letter_id)
    text = _distinct([*before.split("\n"), *_lines(with_file_texts(connection, letter))])
    _write(connection, letter_id, text)


def write_search_texts_of_file(connection: Connection, sha256: str) -> None:
    """Write the texts of all letters that have, or had, a file which was read anew.

    Texts are locked before that of the file is stored: see `lock_search_texts`.
    """
    query = select(file_letters.c.letter_id).where(file_letters.c.sha256 == sha256)
    for letter_id in connection.execute(query).scalars().all():
        write_search_text(connection, letter_id)


def move_search_texts(connection: Connection, letter_ids: Sequence[int]) -> None:
    """Move letters whose date in the directory changed to their place."""
    if letter_ids:
        lock_search_texts(connection)
    for letter_id in letter_ids:
        _write(connection, letter_id, _text_on_record(connection, letter_id))


def text_of(kept: Iterable[Letter]) -> str:
    """Return what searches go through in versions, which have the texts of their files."""
    lines = dict.fromkeys(line for letter in kept for line in search_lines(letter))
    return _distinct(map(search_form, lines))


def is_placed(place: int | None, listed_on: date | None) -> bool:
    """Return whether a place is one of the day on which a letter is listed."""
    return place is not None and place // _DAY == _day(listed_on)


def end_of_day(listed_on: date | None) -> int:
    """Return the place behind those of the letters that are listed on a day."""
    return (_day(listed_on) + 1) * _DAY


def day_of(place: int) -> date:
    """Return the day of a place; FIRST_DAY stands for all before it, and for none."""
    return date.fromordinal(min(FIRST_DAY.toordinal() + place // _DAY, date.max.toordinal()))


def free_place(connection: Connection, listed_on: date | None) -> int:
    """Return the place of the next letter that is listed on a day.

    The newest day has the highest places, and on it the letter that came first. Until the
    transaction ends nobody else is given one: crawls of two sources must not take the same.
    """
    lock_search_texts(connection)
    end = end_of_day(listed_on)
    of_day = {"first": end - _DAY, "last": end - 1}
    lowest: int | None = fetch(connection, _LOWEST_PLACE, of_day)[0][0]
    return (end if lowest is None else lowest) - 1


def place_beside(
    connection: Connection, listed_on: date | None, letter_id: int, *, towards_newer: bool
) -> int:
    """Return the place beside which a list goes on that was cut at a letter, listed on a day.

    Where it is listed on another one by now, the whole of that day follows.
    """
    query = select(search_texts.c.place, letters.c.listed_on).join(
        letters, letters.c.id == search_texts.c.letter_id
    )
    row = connection.execute(query.where(letters.c.id == letter_id)).first()
    if row and row.listed_on == listed_on:
        return int(row.place)
    end = end_of_day(listed_on)
    return end - _DAY - 1 if towards_newer else end


def letter_at(connection: Connection, place: int) -> tuple[date | None, int]:
    """Return the letter at a place: when it is listed, and its id."""
    query = select(letters.c.listed_on, letters.c.id).join(
        search_texts, search_texts.c.letter_id == letters.c.id
    )
    row = connection.execute(query.where(search_texts.c.place == place)).one()
    return row.listed_on, row.id


def index_grams(source: str, text: str) -> frozenset[str]:
    """Return what the index holds of a letter: its grams, and whose letter it is."""
    return grams_of(text.split("\n")) | {source_gram(source)}


def source_gram(source: str) -> str:
    """Return a source as the index holds it: longer than any gram of a text."""
    return f"source{source.encode().hex()}"


def _write(connection: Connection, letter_id: int, text: str) -> None:
    row = connection.execute(_PLACED, {"of": letter_id}).one()
    is_in_place = is_placed(row.place, row.listed_on)
    if is_in_place and row.text == text:
        return
    if row.place is not None:
        remove_from_index(connection, row.place, index_grams(row.source, row.text))
    place = row.place if is_in_place else free_place(connection, row.listed_on)
    values = {"letter_id": letter_id, "place": place, "text": text}
    upsert(connection, search_texts, "letter_id", values)
    add_to_index(connection, place, index_grams(row.source, text))


def _note_files(connection: Connection, letter_id: int, letter: Letter) -> None:
    """Note that a letter has, or had, its files: what they say is searched with it."""
    for file in letter.attachments:
        if file.digest is not None:
            row = {"sha256": file.digest, "letter_id": letter_id}
            insert_once(connection, file_letters, row)


def _day(listed_on: date | None) -> int:
    """Return a day as places have it: those before 1990, and none, are all one."""
    return max((listed_on - FIRST_DAY).days, 0) if listed_on else 0


def _text_of(connection: Connection, kept: Iterable[Letter]) -> str:
    whole = (with_file_texts(connection, each) for each in kept)
    return text_of(whole)


def _text_on_record(connection: Connection, letter_id: int) -> str:
    return connection.execute(_PLACED, {"of": letter_id}).one().text or ""


def _versions(connection: Connection, letter_id: int) -> Iterator[Letter]:
    """Yield a letter's versions, oldest first; audits name those that are damaged."""
    packed = select(versions.c.letter).where(versions.c.letter_id == letter_id)
    rows = connection.execute(packed.order_by(versions.c.number)).scalars()
    for each in rows.all():
        with suppress(LetterError):
            yield load_letter(connection, each)


def _lines(letter: Letter) -> Iterator[str]:
    return map(search_form, search_lines(letter))


def _distinct(lines: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, lines)))
