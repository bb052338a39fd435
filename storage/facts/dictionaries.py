"""Dictionaries that prime the compressor, for the pages and the letters of one source.

Each is kept twice, and named by a digest over what it is: where one copy is lost or damaged the
other one is read, and nothing else is harmed. None is ever removed while rows may name it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, bindparam, func, select

from storage.database.insert import insert_once
from storage.schema.letter_codec import LEVEL
from storage.schema.tables import dictionaries

COPIES = (0, 1)
LARGEST = 512 * 1024  # bytes of a page that is a dictionary; longer ones are cut
_PACKED_AT = 19  # zstd's level for dictionaries themselves, which are few
_NAME_LENGTH = 16  # hexadecimal digits; a page's sha256 has 64


class Purpose(StrEnum):
    """What a dictionary is for."""

    PAGES = "pages"
    LETTERS = "letters"


class DictionaryError(ValueError):
    """Raised when a dictionary is lost or damaged, in both its copies."""


@dataclass(frozen=True)
class Dictionary:
    """What primes the compressor for pages, or letters, of one source."""

    source: str
    purpose: Purpose
    content: bytes
    is_trained: bool = False  # by zstd; else these are the bytes of a page or a letter

    @cached_property
    def name(self) -> str:
        """The name by which what is packed with it refers to it."""
        said = f"{self.source}\n{self.purpose}\n{self.is_trained}\n".encode(
            "utf-8", "surrogatepass"
        )
        return hashlib.sha256(said + self.content).hexdigest()[:_NAME_LENGTH]

    @cached_property
    def primer(self) -> zstandard.ZstdCompressionDict:
        """The dictionary as zstd takes it."""
        kind = zstandard.DICT_TYPE_FULLDICT if self.is_trained else zstandard.DICT_TYPE_RAWCONTENT
        return zstandard.ZstdCompressionDict(self.content, dict_type=kind)

    @cached_property
    def _prepared(self) -> zstandard.ZstdCompressionDict:
        """The same, prepared once for compressing, which who only reads need not pay."""
        self.primer.precompute_compress(level=LEVEL)
        return self.primer

    def compress(self, content: bytes) -> bytes:
        """Return `content` packed with this dictionary."""
        return zstandard.ZstdCompressor(LEVEL, dict_data=self._prepared).compress(content)


def raw_dictionary(source: str, purpose: Purpose, content: bytes) -> Dictionary:
    """Return the dictionary that a page, or a letter, is for others of its source."""
    return Dictionary(source, purpose, content[:LARGEST])


def is_dictionary(name: str) -> bool:
    """Return whether what `evidence.dictionary` names is a dictionary, and no other page."""
    return len(name) == _NAME_LENGTH


def add_dictionary(connection: Connection, dictionary: Dictionary) -> int:
    """Keep a dictionary, from now on the newest of its source and purpose.

    Returns the bytes that it takes.
    """
    of_source = dictionaries.c.source == dictionary.source
    same = of_source & (dictionaries.c.purpose == dictionary.purpose.value)
    highest = connection.execute(select(func.max(dictionaries.c.number)).where(same)).scalar()
    packed = zstandard.ZstdCompressor(_PACKED_AT).compress(dictionary.content)
    row = {
        "name": dictionary.name,
        "source": dictionary.source,
        "purpose": dictionary.purpose.value,
        "number": (highest or 0) + 1,
        "trained": dictionary.is_trained,
        "packed": packed,
    }
    for copy in COPIES:
        insert_once(connection, dictionaries, {"copy": copy, **row})
    return len(COPIES) * len(packed)


def newest_dictionary(connection: Connection, source: str, purpose: Purpose) -> str | None:
    """Return the name of the dictionary with which to pack from now on; None where there is none.

    One that can't be read is not taken.
    """
    wanted = (dictionaries.c.source == source) & (dictionaries.c.purpose == purpose.value)
    rows = connection.execute(select(dictionaries).where(wanted).order_by(dictionaries.c.number))
    sound = [row.name for row in rows if _dictionary_of(row) is not None]
    return sound[-1] if sound else None


def newest_dictionaries(connection: Connection, source: str) -> dict[Purpose, str]:
    """Return the names of the dictionaries with which to pack from now on, by purpose."""
    names = {each: newest_dictionary(connection, source, each) for each in Purpose}
    return {purpose: name for purpose, name in names.items() if name is not None}


def load_dictionary(connection: Connection, name: str) -> Dictionary:
    """Return a dictionary, from either copy; raise DictionaryError where neither can be read."""
    known = _loaded.get(name)  # another thread may clear them
    if known is None:
        rows = connection.execute(_NAMED, {"of": name}).all()
        sound = [each for row in rows if (each := _dictionary_of(row)) is not None]
        if not sound:
            raise DictionaryError(f"its dictionary {name} is {'damaged' if rows else 'lost'}")
        if len(_loaded) >= _LOADED_AT_MOST:
            _loaded.clear()
        _loaded[name] = known = sound[0]
    return known


def forget_dictionaries() -> None:
    """Have each dictionary read from the archive again."""
    _loaded.clear()


def damaged_copies(connection: Connection) -> Iterator[tuple[str, int]]:
    """Yield name and copy of each copy of a dictionary that is lost or damaged."""
    query = select(dictionaries).order_by(dictionaries.c.name)
    rows = {(row.name, row.copy): row for row in connection.execute(query)}
    for name in dict.fromkeys(name for name, _ in rows):
        for copy in COPIES:
            if (row := rows.get((name, copy))) is None or _dictionary_of(row) is None:
                yield name, copy


def mend_copies(connection: Connection) -> int:
    """Write each copy of a dictionary anew that is lost or damaged; return how many were.

    One whose other copy can't be read either stays as it is.
    """
    forget_dictionaries()
    mended = 0
    for name, copy in list(damaged_copies(connection)):
        rows = connection.execute(_NAMED, {"of": name}).all()
        if whole := next((row for row in rows if _dictionary_of(row) is not None), None):
            is_copy = (dictionaries.c.name == name) & (dictionaries.c.copy == copy)
            connection.execute(dictionaries.delete().where(is_copy))
            connection.execute(dictionaries.insert(), {**whole._mapping, "copy": copy})  # noqa: SLF001
            mended += 1
    return mended


_NAMED = (
    select(dictionaries)
    .where(dictionaries.c.name == bindparam("of"))
    .order_by(dictionaries.c.copy)
)
_loaded: dict[str, Dictionary] = {}  # read once a process, for few sources
_LOADED_AT_MOST = 32


def _dictionary_of(row: Row[Any]) -> Dictionary | None:
    """Return the dictionary of a row; None where it is not what its name says."""
    try:
        if not 0 <= zstandard.frame_content_size(row.packed) <= LARGEST:
            return None
        content = zstandard.ZstdDecompressor().decompress(row.packed)
        found = Dictionary(row.source, Purpose(row.purpose), content, row.trained)
    except (zstandard.ZstdError, ValueError):
        return None
    return found if found.name == row.name else None
