"""Aligns two bodies: equal blocks first, then equal sentences, then sentences that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from differ.alignment.matching import matches, rising, unique_pairs
from differ.alignment.paragraph_joins import uncut
from differ.alignment.similarity import alike, likeness, pieces
from differ.body_text import Side, Unit

STANDS = 0.7  # share of a table's cells that stay somewhere which must stay in their places
SHORTEST_MOVE = 10  # code points; what is shorter comes and goes without having moved
MOST_CELLS = 40_000  # pairs of sentences in one gap whose likeness is measured
ALIKE = 0.3  # from this likeness on two sentences are one, edited

Range = tuple[int, int]


@dataclass(slots=True)
class Aligned:
    """What of two texts belongs together, as ranges of code points."""

    pairs: list[tuple[Range, Range]] = field(default_factory=list)  # in order, never crossing
    moves: list[tuple[Range, Range]] = field(default_factory=list)
    coarse: bool = False  # a bound of size was met: correct, but less fine


def align(old: Side, new: Side) -> Aligned:
    """Return what of the two bodies belongs together; what is in neither list came or went."""
    aligned = Aligned()
    one = [block.text for block in old.blocks]
    other = [block.text for block in new.blocks]
    found = matches(one, other)
    moved = _moved(one, other, found)
    for i, j in moved:
        aligned.moves.append((old.block_range(i), new.block_range(j)))
    i = j = 0
    gaps: list[tuple[list[Unit], list[Unit]]] = []
    for a, b, length in [*found, (len(one), len(other), 0)]:
        if i < a or j < b:
            gaps.append(_gap(old, new, (i, a), (j, b), moved))
        for step in range(length):
            aligned.pairs.append((old.block_range(a + step), new.block_range(b + step)))
        i, j = a + length, b + length
    _fill(aligned, gaps)
    aligned.pairs.sort()
    return aligned


def _moved(
    old: Sequence[str], new: Sequence[str], found: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int]]:
    """Return the texts that stand once on each side but were left out of the order."""
    kept = {a + step for a, _, length in found for step in range(length)}
    taken = {b + step for _, b, length in found for step in range(length)}
    return [
        (i, j)
        for i, j in unique_pairs(old, new)
        if i not in kept and j not in taken and len(old[i]) >= SHORTEST_MOVE
    ]


def _gap(
    old: Side, new: Side, one: Range, other: Range, moved: list[tuple[int, int]]
) -> tuple[list[Unit], list[Unit]]:
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    return (
        _units(old, one, gone, uncut(old, one, new, other)),
        _units(new, other, come, uncut(new, other, old, one)),
    )


def _units(side: Side, blocks: Range, moved: set[int], joints: set[int]) -> list[Unit]:
    units: list[Unit] = []
    start = blocks[0]
    for index in range(blocks[0], blocks[1] + 1):
        if index == blocks[1] or index in moved:
            units += side.units(start, index, joints)
            start = index + 1
    return units


def _fill(aligned: Aligned, gaps: list[tuple[list[Unit], list[Unit]]]) -> None:
    rests = []
    for one, other in gaps:
        found = matches([unit.text for unit in one], [unit.text for unit in other])
        if _is_one_table(one, other, sum(length for _, _, length in found)):
            aligned.pairs += [
                ((a.start, a.end), (b.start, b.end)) for a, b in zip(one, other, strict=True)
            ]
            continue
        rests += _rests(aligned, one, other, found)
    gone = [unit for one, _ in rests for unit in one]
    come = [unit for _, other in rests for unit in other]
    crossed = unique_pairs([unit.text for unit in gone], [unit.text for unit in come])
    moves = [(gone[i], come[j]) for i, j in crossed if len(gone[i].text) >= SHORTEST_MOVE]
    aligned.moves += [((a.start, a.end), (b.start, b.end)) for a, b in moves]
    away = {unit.start for unit, _ in moves}
    here = {unit.start for _, unit in moves}
    for one, other in rests:
        _pair(
            aligned,
            [unit for unit in one if unit.start not in away],
            [unit for unit in other if unit.start not in here],
        )


def _is_one_table(one: list[Unit], other: list[Unit], kept: int) -> bool:
    """Tell whether both sides are tables in the same frame, whose cells stand where they stood.

    Figures come again in a table: the 0 of one row is not the 0 of another. `kept` is how
    many cells are the same when they may move.
    """
    frame, framed = _frame(one), _frame(other)
    if frame != framed or sum(map(bool, frame)) * 2 <= len(frame):
        return False
    stands = sum(a.text == b.text for a, b in zip(one, other, strict=True))
    return stands >= STANDS * kept


def _frame(units: list[Unit]) -> list[str]:
    """Return what parts each cell from the next; empty behind a sentence or a last cell."""
    return [unit.text[len(unit.text.rstrip("\t\n")) :] for unit in units]


def _rests(
    aligned: Aligned,
    one: list[Unit],
    other: list[Unit],
    found: Sequence[tuple[int, int, int]],
) -> list[tuple[list[Unit], list[Unit]]]:
    rests = []
    i = j = 0
    for a, b, length in [*found, (len(one), len(other), 0)]:
        if i < a or j < b:
            rests.append((one[i:a], other[j:b]))
        for x, y in zip(one[a : a + length], other[b : b + length], strict=True):
            aligned.pairs.append(((x.start, x.end), (y.start, y.end)))
        i, j = a + length, b + length
    return rests


def _pair(aligned: Aligned, one: list[Unit], other: list[Unit]) -> None:
    """Pair what is alike; what stands alone between two pairs on both sides is one place."""
    chosen = [] if len(one) == len(other) == 1 else _likest(aligned, one, other)
    spans = _grown(one, other, [(a, a + 1, b, b + 1) for a, b in chosen])
    i = j = 0
    for a, a_end, b, b_end in [*spans, (len(one), len(one), len(other), len(other))]:
        if a - i == b - j and (a - i == 1 or _are_cells(one[i:a], other[j:b])):
            for x, y in zip(one[i:a], other[j:b], strict=True):
                aligned.pairs.append(((x.start, x.end), (y.start, y.end)))
        if a < len(one):
            left, right = one[a:a_end], other[b:b_end]
            aligned.pairs.append(((left[0].start, left[-1].end), (right[0].start, right[-1].end)))
        i, j = a_end, b_end


Span = tuple[int, int, int, int]  # units: old start, old end, new start, new end


def _grown(one: list[Unit], other: list[Unit], spans: list[Span]) -> list[Span]:
    """Let each pair take in a neighbour where a sentence was split in two, or two made one."""
    grown: list[Span] = []
    for at, span in enumerate(spans):
        low = grown[-1] if grown else (0, 0, 0, 0)
        high = spans[at + 1] if at + 1 < len(spans) else (len(one), 0, len(other), 0)
        a, a_end, b, b_end = span
        wider = [
            *([(a, a_end, b - 1, b_end)] if b > low[3] and a == low[1] else []),
            *([(a, a_end, b, b_end + 1)] if b_end < high[2] and a_end == high[0] else []),
            *([(a - 1, a_end, b, b_end)] if a > low[1] and b == low[3] else []),
            *([(a, a_end + 1, b, b_end)] if a_end < high[0] and b_end == high[2] else []),
        ]
        likest = max(wider, key=lambda each: _span_likeness(one, other, each), default=span)
        likeness_now = _span_likeness(one, other, span)
        grown.append(likest if _span_likeness(one, other, likest) > likeness_now else span)
    return grown


def _span_likeness(one: list[Unit], other: list[Unit], span: Span) -> float:
    left = "".join(unit.text for unit in one[span[0] : span[1]])
    right = "".join(unit.text for unit in other[span[2] : span[3]])
    return likeness(left, right)


def _are_cells(one: list[Unit], other: list[Unit]) -> bool:
    return bool(one) and all(unit.text[-1] in "\t\n" for unit in [*one[:-1], *other[:-1]])


def _likest(aligned: Aligned, one: list[Unit], other: list[Unit]) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness sums up highest."""
    if not one or not other:
        return []
    if len(one) * len(other) > MOST_CELLS:
        aligned.coarse = True
        return rising(unique_pairs([u.text[:8] for u in one], [u.text[:8] for u in other]))
    left = [pieces(unit.text) for unit in one]
    right = [pieces(unit.text) for unit in other]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(other) - 1, -1, -1):
            like = alike(left[i], right[j])
            paired = below[j + 1] + like if like >= ALIKE else 0.0
            row[j] = max(below[j], row[j + 1], paired)
    return _walk(best, left, right)


def _walk(
    best: list[list[float]], left: list[set[str]], right: list[set[str]]
) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            chosen.append((i, j))
            i, j = i + 1, j + 1
    return chosen
