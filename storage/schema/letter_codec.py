"""Pack letters for their column, and unpack them: JSON, compressed."""

import json
import threading
from typing import Any

import zstandard

from letters.letter import Letter
from letters.letter_json import letter_from_json, letter_to_json
from storage.schema.parsed_json import read_json

_UNPACKED_AT_MOST = 64 * 1024 * 1024  # bytes; a letter is read from a page of a few MiB


class _OfThread(threading.local):
    """What one thread unpacks with: made once, which takes longer than to unpack a letter."""

    def __init__(self) -> None:
        self.decompressor = zstandard.ZstdDecompressor()


_OF_THREAD = _OfThread()


def pack(letter: Letter) -> bytes:
    """Return `letter` as its column holds it."""
    text = json.dumps(letter_to_json(letter), ensure_ascii=False, separators=(",", ":"))
    return zstandard.ZstdCompressor(9).compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> Letter:
    """Return the letter that was packed; raise ZstdError or ValueError when it is damaged."""
    return letter_from_json(unpack_values(packed))


def unpack_values(packed: bytes) -> dict[str, Any]:
    """Return the plain values of the letter that was packed, as `letter_to_json` made them.

    Raises ZstdError or ValueError when it is damaged.
    """
    if not 0 <= zstandard.frame_content_size(packed) <= _UNPACKED_AT_MOST:
        raise ValueError("a damaged frame claims a size that no letter has")
    text = _OF_THREAD.decompressor.decompress(packed, _UNPACKED_AT_MOST)
    values: dict[str, Any] = read_json(text)
    return values
