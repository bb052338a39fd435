"""The digest over the pictures of a file, whatever their order."""

import hashlib
from collections.abc import Iterable


def picture_digest(pictures: Iterable[bytes]) -> str | None:
    """Return the sha256 over the distinct pictures, hexadecimal; None where there are none."""
    digests = sorted({hashlib.sha256(each).hexdigest() for each in pictures})
    return hashlib.sha256("\n".join(digests).encode()).hexdigest() if digests else None
