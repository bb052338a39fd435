"""Store and load the bytes of pages and files as served: by digest, compressed, once.

What primes the compressor is a dictionary of the source; or, where that keeps clearly less, an
earlier page of the same letter. Archives of before have the first page of their source instead.
"""

import hashlib
from typing import TypedDict

import zstandard
from sqlalchemy import Connection, bindparam, select

from storage.database.advisory_lock import lock_until_end
from storage.database.insert import insert_once
from storage.database.prepared import fetch
from storage.facts.dictionaries import (
    DictionaryError,
    is_dictionary,
    load_dictionary,
)
from storage.schema.letter_codec import LEVEL
from storage.schema.tables import evidence

_STORED = select(evidence.c.sha256).where(evidence.c.sha256 == bindparam("digest"))
_ROW = select(evidence).where(evidence.c.sha256 == bindparam("digest"))
_WORTH = 0.75  # the share of its bytes at which a page shall not depend on another one for less
# From page to page. There are few where nobody tampered: pages that letters share add a step each.
_STEPS_AT_MOST = 100


class EvidenceError(Exception):
    """Raised when stored bytes are missing, damaged or not those of their digest."""


def store_evidence(
    connection: Connection, body: bytes, dictionary: str | None = None, base: str | None = None
) -> str:
    """Store `body` and return its sha256; bytes that are stored already are not stored again.

    `dictionary` is the name of one of its source, `base` the sha256 of a stored page from which
    it may differ little.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    # A page of a template is stored where it says something new; others come again and again.
    if dictionary is not None or not fetch(connection, _STORED, {"digest": sha256}):
        row = packed_evidence(connection, body, dictionary, None if base == sha256 else base)
        insert_once(connection, evidence, {"sha256": sha256, "size": len(body), **row})
    return sha256


def lock_evidence(connection: Connection) -> None:
    """Let nobody else store several pieces of evidence until the transaction ends.

    To be called before the first of them: two that store the same bytes in opposite order would
    each wait for the other. Who stores one piece alone waits for nobody while it has that.
    """
    lock_until_end(connection, "evidence")


class PackedColumns(TypedDict):
    """The columns of evidence that say how its bytes are packed."""

    dictionary: str | None
    packed: bytes
    packed_sha256: str


def packed_evidence(
    connection: Connection, body: bytes, dictionary: str | None, base: str | None
) -> PackedColumns:
    """Return the columns that hold `body`: packed with a dictionary, or as a difference."""
    whole = load_dictionary(connection, dictionary).compress(body) if dictionary else _pack(body)
    chosen = dictionary, whole
    if base is not None and (earlier := _readable(connection, base)) is not None:
        difference = _pack(body, _raw(earlier))
        if is_difference_worth_it(difference, whole):
            chosen = base, difference
    primed_by, packed = chosen
    return {"dictionary": primed_by, "packed": packed, "packed_sha256": _digest(packed)}


def is_difference_worth_it(difference: bytes, whole: bytes) -> bool:
    """Return whether a difference is so small that what it differs from may be needed for it."""
    return len(difference) < _WORTH * len(whole)


def base_of(connection: Connection, sha256: str) -> str:
    """Return the page against which one is stored that differs little from a stored page.

    That one itself, or what it is stored as a difference from: no page is more than a step away.
    """
    row = connection.execute(_ROW, {"digest": sha256}).first()
    if row is None or row.dictionary is None or is_dictionary(row.dictionary):
        return sha256
    return str(row.dictionary)


def load_evidence(connection: Connection, sha256: str) -> bytes:
    """Return the bytes of `sha256`; raise EvidenceError when they are not there or damaged."""
    return _load(connection, sha256, 0)


def _load(connection: Connection, sha256: str, steps: int) -> bytes:
    row = connection.execute(_ROW, {"digest": sha256}).first()
    if row is None:
        raise EvidenceError(f"evidence {sha256} is missing")
    if row.packed_sha256 not in {None, _digest(row.packed)}:
        raise EvidenceError(f"evidence {sha256} is not packed as it was")
    primer = _primer(connection, sha256, row.dictionary, steps)
    try:
        # A damaged frame may claim any size, and zstd would allocate it.
        if zstandard.frame_content_size(row.packed) != row.size:
            raise EvidenceError(f"evidence {sha256} is packed with another size than {row.size}")
        body = zstandard.ZstdDecompressor(dict_data=primer).decompress(row.packed)
    except zstandard.ZstdError as error:
        raise EvidenceError(f"evidence {sha256} cannot be unpacked: {error}") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise EvidenceError(f"evidence {sha256} holds other bytes than its digest says")
    return body


def _primer(
    connection: Connection, sha256: str, primed_by: str | None, steps: int
) -> zstandard.ZstdCompressionDict | None:
    """Return what primes the compressor for a page; raise EvidenceError where it can't be had."""
    try:
        if primed_by is None:
            return None
        if is_dictionary(primed_by):
            return load_dictionary(connection, primed_by).primer
        return _earlier_page(connection, primed_by, steps)
    except (DictionaryError, EvidenceError) as error:
        raise EvidenceError(f"evidence {sha256} cannot be unpacked: {error}") from error


# Of the archives of before, each page of a source has the same one.
_earlier_pages: dict[str, zstandard.ZstdCompressionDict] = {}
_EARLIER_AT_MOST = 16


def _earlier_page(
    connection: Connection, sha256: str, steps: int
) -> zstandard.ZstdCompressionDict:
    if steps == _STEPS_AT_MOST:
        raise EvidenceError("it leads to no page that is whole")
    page = _earlier_pages.get(sha256)  # another thread may clear them
    if page is None:
        page = _raw(_load(connection, sha256, steps + 1))
        if len(_earlier_pages) >= _EARLIER_AT_MOST:
            _earlier_pages.clear()
        _earlier_pages[sha256] = page
    return page


def forget_earlier_pages() -> None:
    """Have each page that others differ from read from the archive again."""
    _earlier_pages.clear()


def _readable(connection: Connection, sha256: str) -> bytes | None:
    try:
        return load_evidence(connection, sha256)
    except EvidenceError:
        return None  # verify names it; what is new needs it not


def _raw(page: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(page, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _pack(body: bytes, primer: zstandard.ZstdCompressionDict | None = None) -> bytes:
    return zstandard.ZstdCompressor(LEVEL, dict_data=primer).compress(body)


def _digest(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()
