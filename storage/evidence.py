"""Pages as served: content-addressed, compressed, the same bytes once."""

import hashlib
from functools import lru_cache

import zstandard
from sqlalchemy import Connection, select

from storage.insert import insert_once
from storage.tables import evidence

LEVEL = (
    9  # of zstd: on pages that share a template, 3 keeps a fifth more, 19 takes ten times as long
)


class EvidenceError(Exception):
    """Raised when stored bytes are missing, damaged or not those of their digest."""


def keep(connection: Connection, body: bytes, dictionary: str | None = None) -> str:
    """Keep `body` and return its sha256; bytes that are kept already are not kept again.

    `dictionary` is the sha256 of an earlier page of the same template, which primes
    the compressor: pages of one site differ by little more than their text.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    found = select(evidence.c.sha256).where(evidence.c.sha256 == sha256)
    if connection.execute(found).first() is None:
        primed = dictionary and _primer(dictionary, fetch(connection, dictionary))
        packed = zstandard.ZstdCompressor(LEVEL, dict_data=primed or None).compress(body)
        row = {"sha256": sha256, "size": len(body), "dictionary": dictionary, "packed": packed}
        insert_once(connection, evidence, row)
    return sha256


def fetch(connection: Connection, sha256: str) -> bytes:
    """Return the bytes of `sha256`; raise EvidenceError when they are not there or damaged."""
    row = connection.execute(select(evidence).where(evidence.c.sha256 == sha256)).first()
    if row is None:
        raise EvidenceError(f"evidence {sha256} is missing")
    primed = row.dictionary and _primer(row.dictionary, fetch(connection, row.dictionary))
    try:
        body = zstandard.ZstdDecompressor(dict_data=primed or None).decompress(row.packed)
    except zstandard.ZstdError as error:
        raise EvidenceError(f"evidence {sha256} cannot be unpacked: {error}") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise EvidenceError(f"evidence {sha256} holds other bytes than its digest says")
    return body


@lru_cache(maxsize=16)
def _primer(sha256: str, body: bytes) -> zstandard.ZstdCompressionDict:
    del sha256  # it is the key of the cache: hashing the body again would cost more than it saves
    primer = zstandard.ZstdCompressionDict(body, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    primer.precompute_compress(level=LEVEL)
    return primer
