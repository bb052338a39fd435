"""Pairs the sentences of one gap that are similar, so that each pair is one edited sentence."""

from collections.abc import Iterator, Sequence

from differ.alignment.matching import rising, unique_pairs
from differ.alignment.similarity import character_pairs, dice, similarity
from differ.body_text import OffsetPair, Segment

_MOST_PAIRS = 40_000  # pairs of sentences in one gap whose similarity is measured
_SIMILAR = 0.3  # from this similarity on two sentences are one, edited
_COARSE_KEY = 8  # code points at the start by which sentences of a large gap are paired

SegmentGroup = tuple[int, int, int, int]  # indexes: old start, old end, new start, new end


def is_too_large(one: Sequence[Segment], other: Sequence[Segment]) -> bool:
    """Return whether a gap has too many pairs of sentences to measure their similarity."""
    return len(one) * len(other) > _MOST_PAIRS


def pair_similar(one: list[Segment], other: list[Segment]) -> Iterator[OffsetPair]:
    """Yield the pairs of a gap; what is alone between two pairs on both sides is one too."""
    chosen = [] if len(one) == len(other) == 1 else _most_similar(one, other)
    groups = _grown(one, other, [(a, a + 1, b, b + 1) for a, b in chosen])
    i = j = 0
    for a, a_end, b, b_end in [*groups, (len(one), len(one), len(other), len(other))]:
        if a - i == b - j and (a - i == 1 or _are_cells(one[i:a], other[j:b])):
            for left, right in zip(one[i:a], other[j:b], strict=True):
                yield left.offsets, right.offsets
        if a < len(one):
            yield (one[a].start, one[a_end - 1].end), (other[b].start, other[b_end - 1].end)
        i, j = a_end, b_end


def _are_cells(one: list[Segment], other: list[Segment]) -> bool:
    return bool(one) and all(each.text[-1] in "\t\n" for each in [*one[:-1], *other[:-1]])


def _grown(
    one: list[Segment], other: list[Segment], groups: list[SegmentGroup]
) -> list[SegmentGroup]:
    """Extend each pair by a neighbour where a sentence was split in two, or two made one."""
    grown: list[SegmentGroup] = []
    for at, group in enumerate(groups):
        before = grown[-1] if grown else (0, 0, 0, 0)
        after = groups[at + 1] if at + 1 < len(groups) else (len(one), 0, len(other), 0)
        wider = _with_a_neighbour(group, before, after)
        best = max(wider, key=lambda each: _group_similarity(one, other, each), default=group)
        is_better = _group_similarity(one, other, best) > _group_similarity(one, other, group)
        grown.append(best if is_better else group)
    return grown


def _with_a_neighbour(
    group: SegmentGroup, before: SegmentGroup, after: SegmentGroup
) -> list[SegmentGroup]:
    """Return the group with each neighbour that is alone on its side."""
    a, a_end, b, b_end = group
    return [
        *([(a, a_end, b - 1, b_end)] if b > before[3] and a == before[1] else []),
        *([(a, a_end, b, b_end + 1)] if b_end < after[2] and a_end == after[0] else []),
        *([(a - 1, a_end, b, b_end)] if a > before[1] and b == before[3] else []),
        *([(a, a_end + 1, b, b_end)] if a_end < after[0] and b_end == after[2] else []),
    ]


def _group_similarity(one: list[Segment], other: list[Segment], group: SegmentGroup) -> float:
    left = "".join(segment.text for segment in one[group[0] : group[1]])
    right = "".join(segment.text for segment in other[group[2] : group[3]])
    return similarity(left, right)


def _most_similar(one: list[Segment], other: list[Segment]) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose similarity sums up highest."""
    if not one or not other:
        return []
    if is_too_large(one, other):
        left, right = ([segment.text[:_COARSE_KEY] for segment in side] for side in (one, other))
        return rising(unique_pairs(left, right))
    return _traced(
        _best_sums(
            [character_pairs(segment.text) for segment in one],
            [character_pairs(segment.text) for segment in other],
        )
    )


def _best_sums(left: list[set[str]], right: list[set[str]]) -> list[list[float]]:
    """Return the highest sum of similarities that can be had from each pair of positions on."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(right) - 1, -1, -1):
            measure = dice(left[i], right[j])
            paired = below[j + 1] + measure if measure >= _SIMILAR else 0.0
            row[j] = max(below[j], row[j + 1], paired)
    return best


def _traced(best: list[list[float]]) -> list[tuple[int, int]]:
    """Return the pairs that make up the highest sum."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs
