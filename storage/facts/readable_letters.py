"""Read the letters of many versions at once: those that can be, and each content once.

What lists show is asked for again and again, and to unpack and parse a letter takes longer than
all else. What it gives follows from the packed bytes alone, by which it is kept.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from letters.letter import Letter
from storage.facts.dictionaries import DictionaryError, load_dictionary
from storage.facts.packed_letters import (
    LetterError,
    as_read,
    base_version,
    dictionary_of,
    earlier_versions,
    load_letter_bytes,
)
from storage.schema.letter_codec import letter_of

KEPT = 1000  # letters, of some 10 KB each
_Read = TypeVar("_Read")
_log = logging.getLogger(__name__)


def readable_letters(
    connection: Connection, rows: Sequence[Any], key: str = "letter_id"
) -> list[tuple[Any, Letter]]:
    """Return rows with the letters that they hold; each that can't be unpacked is logged instead.

    `key` is the column of a row with the letter's id.
    """
    return _readable(connection, rows, key, partial(_read, letter_of))


def readable_by(
    connection: Connection, rows: Sequence[Any], key: str, read: Callable[[bytes], _Read]
) -> list[tuple[Any, _Read]]:
    """Return the same, with what `read` makes of a letter's JSON."""
    return _readable(connection, rows, key, partial(_read, read))


def kept_by(
    connection: Connection, rows: Sequence[Any], key: str, read: Callable[[bytes], _Read]
) -> list[tuple[Any, _Read]]:
    """Return the same; what `read`, a function of a module, makes is kept for the next time."""
    return _readable(connection, rows, key, partial(_read_once, read))


def _readable(
    connection: Connection, rows: Sequence[Any], key: str, read: Callable[..., _Read]
) -> list[tuple[Any, _Read]]:
    earlier, readable = earlier_versions(connection, [row.letter for row in rows]), []
    for row in rows:
        try:
            readable.append((row, read(connection, row.letter, earlier)))
        except LetterError as error:
            _log.warning("letter %s can't be read: %s", getattr(row, key), error)
    return readable


def _read(
    read: Callable[[bytes], _Read],
    connection: Connection,
    packed: bytes,
    earlier: Mapping[int, bytes],
) -> _Read:
    return as_read(read, load_letter_bytes(connection, packed, earlier))


def _read_once(
    read: Callable[[bytes], _Read],
    connection: Connection,
    packed: bytes,
    earlier: Mapping[int, bytes],
) -> _Read:
    content = _bytes_of(connection, packed, earlier)
    kept: list[_Read] = _kept(read, content) if content else []
    if not kept:
        kept.append(_read(read, connection, packed, earlier))
    return kept[0]


@lru_cache(maxsize=KEPT)
def _kept(_of: Callable[[bytes], Any], _content: tuple[bytes, ...]) -> list[Any]:
    """Return the place for what is made of a letter, which is empty until it is made."""
    return []


def _bytes_of(
    connection: Connection, packed: bytes, earlier: Mapping[int, bytes]
) -> tuple[bytes, ...]:
    """Return all that a letter is unpacked from, a dictionary aside, whose name is its digest.

    Nothing where that is more than two versions, or something is lost.
    """
    if (name := dictionary_of(packed)) is not None:
        with suppress(DictionaryError):
            load_dictionary(connection, name)
            return (packed,)
        return ()
    if (base := base_version(packed)) is None:
        return (packed,)
    before = earlier.get(base, b"")
    if not before or base_version(before) is not None:
        return ()
    whole = _bytes_of(connection, before, {})
    return (packed, *whole) if whole else ()
