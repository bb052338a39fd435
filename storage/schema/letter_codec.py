"""Pack letters for their column, and unpack them: JSON, compressed."""

import json

import zstandard

from letters.letter import Letter
from letters.letter_json import letter_from_json, letter_to_json

_UNPACKED_AT_MOST = 64 * 1024 * 1024  # bytes; a letter is read from a page of a few MiB


def pack(letter: Letter) -> bytes:
    """Return `letter` as its column holds it."""
    text = json.dumps(letter_to_json(letter), ensure_ascii=False, separators=(",", ":"))
    return zstandard.ZstdCompressor(9).compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> Letter:
    """Return the letter that was packed; raise ZstdError or ValueError when it is damaged."""
    if not 0 <= zstandard.frame_content_size(packed) <= _UNPACKED_AT_MOST:
        raise ValueError("a damaged frame claims a size that no letter has")
    text = zstandard.ZstdDecompressor().decompress(packed, _UNPACKED_AT_MOST)
    return letter_from_json(json.loads(text.decode("utf-8", "surrogatepass")))
