"""Pack letters for their column, and unpack them: JSON, compressed."""

import json
import threading
from typing import Any

import zstandard

from letters.letter import Letter
from letters.letter_json import letter_from_json, letter_to_json
from storage.schema.parsed_json import read_json

LEVEL = 6  # of zstd, for pages too: more keeps hardly less, and of letters nothing
LONGEST = 64 * 1024 * 1024  # bytes of JSON; a letter is read from a page of a few MiB


class _OfThread(threading.local):
    """What one thread unpacks with: made once, which takes longer than to unpack a letter."""

    def __init__(self) -> None:
        self.decompressor = zstandard.ZstdDecompressor()


_OF_THREAD = _OfThread()


def letter_bytes(letter: Letter) -> bytes:
    """Return `letter` as JSON, before it is compressed."""
    text = json.dumps(letter_to_json(letter), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def letter_of(content: bytes) -> Letter:
    """Return the letter of its JSON; raise ValueError, KeyError or TypeError where it is none."""
    return letter_from_json(values_of(content))


def values_of(content: bytes) -> dict[str, Any]:
    """Return the plain values of a letter's JSON; raise ValueError where it is none."""
    values: dict[str, Any] = read_json(content)
    return values


def decompress(packed: bytes, primer: zstandard.ZstdCompressionDict | None = None) -> bytes:
    """Return the JSON that was packed; raise ZstdError or ValueError when it is damaged."""
    if not 0 <= zstandard.frame_content_size(packed) <= LONGEST:
        raise ValueError("a damaged frame claims a size that no letter has")
    if primer is None:
        return _OF_THREAD.decompressor.decompress(packed, LONGEST)
    return zstandard.ZstdDecompressor(dict_data=primer).decompress(packed, LONGEST)


def pack(letter: Letter) -> bytes:
    """Return `letter` packed by itself."""
    return zstandard.ZstdCompressor(LEVEL).compress(letter_bytes(letter))


def unpack(packed: bytes) -> Letter:
    """Return the letter that was packed by itself; raise ZstdError or ValueError when damaged."""
    return letter_of(decompress(packed))


def unpack_values(packed: bytes) -> dict[str, Any]:
    """Return the plain values of a letter that was packed by itself; raise as `unpack` does."""
    return values_of(decompress(packed))
