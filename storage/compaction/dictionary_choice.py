"""Train a dictionary for one source, and take it where it keeps less than the one in use."""

from collections.abc import Sequence

import zstandard

from storage.facts.dictionaries import COPIES, Dictionary, Purpose, raw_dictionary
from storage.schema.letter_codec import LEVEL

_SIZES = tuple(size * 1024 for size in (16, 32, 64, 110))  # bytes; zstd's own default is 110 KiB
_FEWEST = 20  # samples of which a dictionary is trained: of fewer it knows the samples themselves
_WORTH = 0.95  # the share of its bytes below which another dictionary takes an old one's place


def better_dictionary(
    source: str,
    purpose: Purpose,
    samples: Sequence[bytes],
    total: int,
    current: Dictionary | None,
) -> Dictionary | None:
    """Return the dictionary with which to pack from now on; None where that is `current`.

    `samples` stand for `total` pages, or letters. Half of them train, and the others say what
    each dictionary would keep of all; a new one is kept as well, and counted.
    """
    trained_by, measured = samples[::2], samples[1::2]
    if not measured:
        return None if current or not samples else raw_dictionary(source, purpose, samples[0])
    share = total / len(measured)

    def kept(dictionary: Dictionary) -> float:
        packed = sum(len(dictionary.compress(each)) for each in measured) * share
        itself = zstandard.ZstdCompressor(LEVEL).compress(dictionary.content)
        return packed + (0 if dictionary == current else len(COPIES) * len(itself))

    known = current or raw_dictionary(source, purpose, samples[0])
    best = min([known, *_trained(source, purpose, trained_by)], key=kept)
    if current is None:
        return best
    return best if kept(best) < _WORTH * kept(current) else None


def _trained(source: str, purpose: Purpose, samples: Sequence[bytes]) -> list[Dictionary]:
    if len(samples) < _FEWEST:
        return []
    found = []
    for size in _SIZES:
        try:
            trained = zstandard.train_dictionary(size, list(samples), level=LEVEL)
        except zstandard.ZstdError:
            continue  # the samples are too few, or too short, for one of this size
        found.append(Dictionary(source, purpose, trained.as_bytes(), is_trained=True))
    return found
