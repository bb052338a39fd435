"""Finds where one side runs on and the other starts a paragraph: no edit, so no bound either."""

from itertools import accumulate

from differ.body_text import Side
from letters.text import squashed

_JOINT = 6  # code points on each side of a cut, by which it is found uncut on the other side
_MOST_JOINTS = 2_000
_MOST_PLACES = 20  # of one joint that are looked at


def uncut(side: Side, blocks: tuple[int, int], other: Side, others: tuple[int, int]) -> set[int]:
    """Return the cuts between blocks that are no cut on the other side."""
    if blocks[1] - blocks[0] > _MOST_JOINTS or blocks[0] == blocks[1] or others[0] == others[1]:
        return set()
    texts = [squashed(block.text) for block in other.blocks[others[0] : others[1]]]
    cuts = set(accumulate(map(len, texts)))
    flat = "".join(texts)
    inner = side.starts[blocks[0] + 1 : blocks[1]]
    return {at for at in inner if _runs_on(flat, cuts, *_around(side, blocks, at))}


def _around(side: Side, blocks: tuple[int, int], at: int) -> tuple[str, str]:
    """Return some words on each side of `at`, without blanks: one may stand for a cut."""
    low = max(at - 2 * _JOINT, side.starts[blocks[0]])
    high = min(at + 2 * _JOINT, side.starts[blocks[1]])
    before, after = (squashed(side.text[slice(*part)]) for part in ((low, at), (at, high)))
    return before[-_JOINT:], after[:_JOINT]


def _runs_on(flat: str, cuts: set[int], before: str, after: str) -> bool:
    """Tell whether `before` and `after` follow each other in `flat` without a cut between."""
    at = -1
    for _ in range(_MOST_PLACES):
        at = flat.find(before + after, at + 1)
        if at < 0 or at + len(before) not in cuts:
            break
    return at >= 0 and at + len(before) not in cuts
