"""Pack the letters of versions for their column: with a dictionary, or as a difference.

What primed the compressor stands before the frame, in a skippable frame of zstd's format
(RFC 8878, 3.1.2): `d NAME` of a dictionary, or `v ID` of an earlier version of the same letter.
Archives of before have a frame alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

import zstandard
from sqlalchemy import Connection, bindparam, select

from letters.letter import Letter
from storage.facts.dictionaries import Dictionary, load_dictionary
from storage.facts.evidence import is_difference_worth_it
from storage.schema.letter_codec import LEVEL, decompress, letter_bytes, letter_of
from storage.schema.tables import versions

_Read = TypeVar("_Read")

_SKIPPABLE = b"\x50\x2a\x4d\x18"
_LENGTH_BYTES = 4
_HEAD = len(_SKIPPABLE) + _LENGTH_BYTES
_DICTIONARY, _VERSION = "d", "v"
_SAID = re.compile(rf"{_DICTIONARY} [0-9a-f]{{16}}|{_VERSION} [0-9]{{1,18}}")
_STEPS_AT_MOST = 8  # from version to version; there are two where nobody tampered
_PACKED = select(versions.c.letter).where(versions.c.id == bindparam("of"))
_NEWEST = (
    select(versions.c.id, versions.c.letter)
    .where(versions.c.letter_id == bindparam("of"))
    .order_by(versions.c.number.desc())
    .limit(1)
)


class LetterError(ValueError):
    """Raised when the letter of a version is damaged, or what it is packed with is."""


def load_letter(connection: Connection, packed: bytes) -> Letter:
    """Return the letter of a version; raise LetterError where it can't be unpacked."""
    return load_letters(connection, [packed])[0]


def load_letters(connection: Connection, packed: Sequence[bytes]) -> list[Letter]:
    """Return the letters of versions; raise LetterError where one can't be unpacked."""
    earlier = earlier_versions(connection, packed)
    return [as_read(letter_of, _load(connection, each, 0, earlier)) for each in packed]


def as_read(read: Callable[[bytes], _Read], content: bytes) -> _Read:
    """Return what `read` makes of a letter's JSON; raise LetterError where it is damaged."""
    try:
        return read(content)
    except (ValueError, KeyError, TypeError) as error:
        raise LetterError(f"it is damaged: {error}") from error


def earlier_versions(connection: Connection, packed: Sequence[bytes]) -> dict[int, bytes]:
    """Return the versions from which letters differ, packed, by their ids; read at once."""
    with suppress(LetterError):  # raised again for the letter that is damaged
        if ids := {base for each in packed if (base := base_version(each)) is not None}:
            query = select(versions.c.id, versions.c.letter).where(versions.c.id.in_(ids))
            return {row.id: row.letter for row in connection.execute(query)}
    return {}


def load_letter_bytes(
    connection: Connection, packed: bytes, earlier: Mapping[int, bytes] | None = None
) -> bytes:
    """Return the JSON of a version's letter; raise LetterError where it can't be unpacked.

    `earlier` are versions from which letters differ, as `earlier_versions` returns them.
    """
    return _load(connection, packed, 0, earlier or {})


def pack_letter(
    connection: Connection, letter: Letter, dictionary: str | None, base: int | None = None
) -> bytes:
    """Return `letter` as its column holds it.

    `dictionary` is the name of one of its source; `base` the id of another of the letter's
    versions, from which it is stored as a difference where that keeps clearly less.
    """
    return pack_content(connection, letter_bytes(letter), dictionary, base)


def pack_content(
    connection: Connection, content: bytes, dictionary: str | None, base: int | None
) -> bytes:
    """Return the JSON of a letter as its column holds it; see `pack_letter`."""
    whole = pack_with(load_dictionary(connection, dictionary) if dictionary else None, content)
    if base is None:
        return whole
    try:
        earlier = _content_of(connection, base, 0, {})
    except LetterError:
        return whole  # verify names the other one; this one needs it not
    difference = pack_difference(base, earlier, content)
    return difference if is_difference_worth_it(difference, whole) else whole


def pack_like(connection: Connection, letter: Letter, before: bytes) -> bytes:
    """Return `letter` packed as one was that it replaces: with a dictionary, as a difference."""
    return pack_letter(connection, letter, dictionary_of(before), base_version(before))


def pack_whole(connection: Connection, packed: bytes) -> bytes:
    """Return a letter that is stored as a difference, packed as what it differs from is."""
    base = base_version(packed)
    earlier = connection.execute(_PACKED, {"of": base}).scalar()
    name = dictionary_of(earlier) if earlier is not None else None
    dictionary = load_dictionary(connection, name) if name else None
    return pack_with(dictionary, load_letter_bytes(connection, packed))


def pack_with(dictionary: Dictionary | None, content: bytes) -> bytes:
    """Return a letter's JSON packed with a dictionary, or by itself."""
    if dictionary is None:
        return zstandard.ZstdCompressor(LEVEL).compress(content)
    return _head(f"{_DICTIONARY} {dictionary.name}") + dictionary.compress(content)


def pack_difference(base: int, earlier: bytes, content: bytes) -> bytes:
    """Return a letter's JSON packed as a difference from that of the version `base`."""
    primer = _raw(earlier)
    # A base that is not what it was would give other words without a word.
    packer = zstandard.ZstdCompressor(LEVEL, dict_data=primer, write_checksum=True)
    return _head(f"{_VERSION} {base}") + packer.compress(content)


def base_version(packed: bytes) -> int | None:
    """Return the version from which a packed letter differs; None where it needs none."""
    kind, key, _ = _parts(packed)
    return int(key) if kind == _VERSION else None


def dictionary_of(packed: bytes) -> str | None:
    """Return the name of the dictionary with which a letter is packed; None without one."""
    kind, key, _ = _parts(packed)
    return key if kind == _DICTIONARY else None


def base_for_next(connection: Connection, letter_id: int) -> int | None:
    """Return the version from which a letter's next version may be stored as a difference.

    The newest, or what that differs from: no version is more than a step away from a whole one.
    """
    row = connection.execute(_NEWEST, {"of": letter_id}).first()
    if row is None:
        return None
    try:
        return base_version(row.letter) or int(row.id)
    except LetterError:
        return None


def _load(
    connection: Connection, packed: bytes, steps: int, earlier: Mapping[int, bytes]
) -> bytes:
    kind, key, frame = _parts(packed)
    try:
        if kind == _DICTIONARY:
            return decompress(frame, load_dictionary(connection, key).primer)
        if kind == _VERSION:
            return decompress(frame, _raw(_content_of(connection, int(key), steps + 1, earlier)))
        return decompress(frame)
    except LetterError:
        raise
    except (zstandard.ZstdError, ValueError) as error:
        raise LetterError(str(error)) from error


def _content_of(
    connection: Connection, version_id: int, steps: int, earlier: Mapping[int, bytes]
) -> bytes:
    if steps > _STEPS_AT_MOST:
        raise LetterError("it leads to no version that is whole")
    packed = earlier.get(version_id) or connection.execute(_PACKED, {"of": version_id}).scalar()
    if packed is None:
        raise LetterError(f"version {version_id}, from which it differs, is lost")
    try:
        return _load(connection, packed, steps, earlier)
    except LetterError as error:
        raise LetterError(f"version {version_id}, from which it differs: {error}") from error


def _head(said: str) -> bytes:
    said_bytes = said.encode("ascii")
    return _SKIPPABLE + len(said_bytes).to_bytes(_LENGTH_BYTES, "little") + said_bytes


def _parts(packed: bytes) -> tuple[str, str, bytes]:
    """Return what primed the compressor, its key, and the frame; no words where nothing did."""
    if not packed.startswith(_SKIPPABLE):
        return "", "", packed
    end = _HEAD + int.from_bytes(packed[len(_SKIPPABLE) : _HEAD], "little")
    kind, _, key = packed[_HEAD:end].decode("ascii", "replace").partition(" ")
    if not _SAID.fullmatch(f"{kind} {key}"):  # a database refuses some of what may stand there
        raise LetterError("what it is packed with can't be read")
    return kind, key, packed[end:]


def _raw(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
