"""Aligns two bodies: equal blocks first, then equal sentences, then sentences that are similar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from differ.alignment.matching import Gap, Match, gaps, matches, unique_pairs
from differ.alignment.paragraph_joins import BlockRange, paragraph_joins
from differ.alignment.segment_pairs import is_too_large, pair_similar
from differ.body_text import BodyText, OffsetPair, Segment

_TABLE_IN_PLACE = 0.7  # share of the cells that stay somewhere which must stay in their places
_SHORTEST_MOVE = 10  # code points; what is shorter comes and goes without having moved

SegmentGap = tuple[list[Segment], list[Segment]]  # what is between two equal blocks


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of two bodies belongs together; what is in neither list came or went."""

    pairs: tuple[OffsetPair, ...]  # in order, never crossing
    moves: tuple[OffsetPair, ...]
    coarse: bool  # a bound of size was met: correct, but less fine


def align(old: BodyText, new: BodyText) -> Alignment:
    """Return what of the two bodies belongs together."""
    one = [block.text for block in old.blocks]
    other = [block.text for block in new.blocks]
    kept = matches(one, other)
    moved = _moved_blocks(one, other, kept)
    pairs = [
        (old.block_offsets(a + step), new.block_offsets(b + step))
        for a, b, length in kept
        for step in range(length)
    ]
    moves = [(old.block_offsets(i), new.block_offsets(j)) for i, j in moved]
    between = gaps(kept, len(one), len(other))
    inner = _align_segments([_segments(old, new, gap, moved) for gap in between])
    return Alignment(tuple(sorted([*pairs, *inner.pairs])), (*moves, *inner.moves), inner.coarse)


def _moved_blocks(
    old: Sequence[str], new: Sequence[str], kept: Sequence[Match]
) -> list[tuple[int, int]]:
    """Return the blocks that occur once on each side but are left out of the order."""
    kept_old = {a + step for a, _, length in kept for step in range(length)}
    kept_new = {b + step for _, b, length in kept for step in range(length)}
    return [
        (i, j)
        for i, j in unique_pairs(old, new)
        if i not in kept_old and j not in kept_new and len(old[i]) >= _SHORTEST_MOVE
    ]


def _segments(old: BodyText, new: BodyText, gap: Gap, moved: list[tuple[int, int]]) -> SegmentGap:
    """Return the segments of the blocks between two equal ones."""
    one, other = gap[:2], gap[2:]
    return (
        _segments_but(old, one, {i for i, _ in moved}, paragraph_joins(old, one, new, other)),
        _segments_but(new, other, {j for _, j in moved}, paragraph_joins(new, other, old, one)),
    )


def _segments_but(
    body: BodyText, blocks: BlockRange, moved: set[int], joins: set[int]
) -> list[Segment]:
    """Return the segments of `blocks` but those of the blocks that moved."""
    segments: list[Segment] = []
    start = blocks[0]
    for index in range(blocks[0], blocks[1] + 1):
        if index == blocks[1] or index in moved:
            segments += body.segments(start, index, joins)
            start = index + 1
    return segments


def _align_segments(gap_list: Sequence[SegmentGap]) -> Alignment:
    """Align the segments of all gaps; one that is in another gap on the other side moved."""
    pairs: list[OffsetPair] = []
    rests: list[SegmentGap] = []
    for one, other in gap_list:
        kept = matches(_texts(one), _texts(other))
        if _is_same_table(one, other, sum(length for _, _, length in kept)):
            pairs += _in_order(one, other)
            continue
        for a, b, length in kept:
            pairs += _in_order(one[a : a + length], other[b : b + length])
        rests += [(one[a:b], other[c:d]) for a, b, c, d in gaps(kept, len(one), len(other))]
    moves = _moved_segments(rests)
    unmoved = _without(rests, moves)
    for one, other in unmoved:
        pairs += pair_similar(one, other)
    coarse = any(is_too_large(one, other) for one, other in unmoved)
    return Alignment(tuple(pairs), tuple(moves), coarse)


def _texts(segments: Sequence[Segment]) -> list[str]:
    return [segment.text for segment in segments]


def _in_order(one: Sequence[Segment], other: Sequence[Segment]) -> Iterator[OffsetPair]:
    return ((a.offsets, b.offsets) for a, b in zip(one, other, strict=True))


def _is_same_table(one: list[Segment], other: list[Segment], kept: int) -> bool:
    """Return whether both sides are tables in the same frame, most of whose cells stay in place.

    Figures recur in a table: the 0 of one row is not the 0 of another. `kept` is how
    many cells are the same when they may move.
    """
    frame = _frame(one)
    if frame != _frame(other) or sum(map(bool, frame)) * 2 <= len(frame):
        return False
    in_place = sum(a.text == b.text for a, b in zip(one, other, strict=True))
    return in_place >= _TABLE_IN_PLACE * kept


def _frame(segments: list[Segment]) -> list[str]:
    """Return what separates each cell from the next; empty behind a sentence or a last cell."""
    return [segment.text[len(segment.text.rstrip("\t\n")) :] for segment in segments]


def _moved_segments(rests: Sequence[SegmentGap]) -> list[OffsetPair]:
    """Return the segments that occur once in all rests of each side, in whichever gap."""
    gone = [segment for one, _ in rests for segment in one]
    come = [segment for _, other in rests for segment in other]
    return [
        (gone[i].offsets, come[j].offsets)
        for i, j in unique_pairs(_texts(gone), _texts(come))
        if len(gone[i].text) >= _SHORTEST_MOVE
    ]


def _without(rests: Sequence[SegmentGap], moves: Sequence[OffsetPair]) -> list[SegmentGap]:
    """Return the rests without the segments that moved."""
    moved_old = {old for old, _ in moves}
    moved_new = {new for _, new in moves}
    return [
        (
            [segment for segment in one if segment.offsets not in moved_old],
            [segment for segment in other if segment.offsets not in moved_new],
        )
        for one, other in rests
    ]
