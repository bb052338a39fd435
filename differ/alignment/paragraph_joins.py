"""Finds where one body starts a paragraph and the other runs on: no edit, so no bound either."""

from itertools import accumulate

from differ.body_text import BodyText
from letters.text import squashed

_CONTEXT = 6  # code points on each side of a cut, by which it is sought in the other body
_MOST_CUTS = 2_000
_MOST_OCCURRENCES = 20  # of a cut's context that are tried

BlockRange = tuple[int, int]  # the first block and the one behind the last


def paragraph_joins(
    body: BodyText, blocks: BlockRange, other: BodyText, other_blocks: BlockRange
) -> set[int]:
    """Return where a block starts in `body` at words that run on in `other`."""
    is_empty = blocks[0] == blocks[1] or other_blocks[0] == other_blocks[1]
    if is_empty or blocks[1] - blocks[0] > _MOST_CUTS:
        return set()
    texts = [squashed(block.text) for block in other.blocks[slice(*other_blocks)]]
    other_cuts = set(accumulate(map(len, texts)))
    flat = "".join(texts)
    inner_starts = body.starts[blocks[0] + 1 : blocks[1]]
    return {at for at in inner_starts if _runs_on(flat, other_cuts, *_context(body, blocks, at))}


def _context(body: BodyText, blocks: BlockRange, at: int) -> tuple[str, str]:
    """Return some words on each side of `at`, without blanks: one may stand for a cut."""
    low = max(at - 2 * _CONTEXT, body.starts[blocks[0]])
    high = min(at + 2 * _CONTEXT, body.starts[blocks[1]])
    return squashed(body.text[low:at])[-_CONTEXT:], squashed(body.text[at:high])[:_CONTEXT]


def _runs_on(flat: str, cuts: set[int], before: str, after: str) -> bool:
    """Return whether `before` and `after` follow each other in `flat` without a cut between."""
    at = -1
    for _ in range(_MOST_OCCURRENCES):
        at = flat.find(before + after, at + 1)
        if at < 0 or at + len(before) not in cuts:
            break
    return at >= 0 and at + len(before) not in cuts
