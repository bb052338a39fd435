"""Store and load the bytes of pages and files as served: by digest, compressed, once."""

import hashlib

import zstandard
from sqlalchemy import Connection, bindparam, select

from storage.database.insert import insert_once
from storage.schema.tables import evidence

LEVEL = 6  # of zstd: of pages that share a template, more keeps hardly less


_STORED = select(evidence.c.sha256).where(evidence.c.sha256 == bindparam("digest"))


class EvidenceError(Exception):
    """Raised when stored bytes are missing, damaged or not those of their digest."""


def store_evidence(connection: Connection, body: bytes, dictionary: str | None = None) -> str:
    """Store `body` and return its sha256; bytes that are stored already are not stored again.

    `dictionary` is the sha256 of an earlier page of the same template, which primes
    the compressor: pages of one site differ by little more than their text.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    # A page of a template is stored where it says something new; others come again and again.
    if dictionary is not None or connection.execute(_STORED, {"digest": sha256}).first() is None:
        primed = _primer(connection, dictionary)
        packed = zstandard.ZstdCompressor(LEVEL, dict_data=primed).compress(body)
        row = {"sha256": sha256, "size": len(body), "dictionary": dictionary, "packed": packed}
        insert_once(connection, evidence, row | {"packed_sha256": _digest(packed)})
    return sha256


def load_evidence(connection: Connection, sha256: str) -> bytes:
    """Return the bytes of `sha256`; raise EvidenceError when they are not there or damaged."""
    row = connection.execute(select(evidence).where(evidence.c.sha256 == sha256)).first()
    if row is None:
        raise EvidenceError(f"evidence {sha256} is missing")
    if row.packed_sha256 not in {None, _digest(row.packed)}:
        raise EvidenceError(f"evidence {sha256} is not packed as it was")
    primed = _primer(connection, row.dictionary)
    try:
        # A damaged frame may claim any size, and zstd would allocate it.
        if zstandard.frame_content_size(row.packed) != row.size:
            raise EvidenceError(f"evidence {sha256} is packed with another size than {row.size}")
        body = zstandard.ZstdDecompressor(dict_data=primed).decompress(row.packed)
    except zstandard.ZstdError as error:
        raise EvidenceError(f"evidence {sha256} cannot be unpacked: {error}") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise EvidenceError(f"evidence {sha256} holds other bytes than its digest says")
    return body


def _digest(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()


_primers: dict[str, zstandard.ZstdCompressionDict] = {}  # made once a process, for few sources
_PRIMERS_AT_MOST = 16


def _primer(connection: Connection, sha256: str | None) -> zstandard.ZstdCompressionDict | None:
    if sha256 is None:
        return None
    if sha256 not in _primers:
        body = load_evidence(connection, sha256)
        primer = zstandard.ZstdCompressionDict(body, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        primer.precompute_compress(level=LEVEL)
        if len(_primers) >= _PRIMERS_AT_MOST:
            _primers.clear()
        _primers[sha256] = primer
    return _primers[sha256]
