"""Two bodies as one list of steps: what stays, what is replaced, what comes, goes or moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from differ.alignment.align import Alignment, align
from differ.alignment.similarity import similarity
from differ.body_text import BodyText, OffsetPair, Offsets
from differ.refinement.refine import refine

_SHORTEST_EDITED_MOVE = 20  # code points; a shorter paragraph is too common to have moved
_MOVED = 0.5  # from this similarity on a paragraph gone and one come are one, moved
_MOST_CANDIDATES = 60  # paragraphs gone or come, beyond which moved and edited ones are not sought


class StepKind(StrEnum):
    """What a step does."""

    SAME = "same"
    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    MOVED_FROM = "moved from"  # what was here is elsewhere in the new body
    MOVED_TO = "moved to"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; steps in order cover both texts without a gap."""

    kind: StepKind
    old: Offsets
    new: Offsets
    move: int | None = None  # pairs MOVED_FROM and MOVED_TO


@dataclass(frozen=True, slots=True)
class EditScript:
    """All steps between two bodies."""

    steps: tuple[Step, ...]
    coarse: bool  # a bound of size was met: correct, but less fine


def edit_script(old: BodyText, new: BodyText) -> EditScript:
    """Return the steps from one body to the other."""
    if old.text == new.text:
        whole = (0, len(old.text)), (0, len(new.text))
        return EditScript((Step(StepKind.SAME, *whole),), coarse=False)
    alignment = align(old, new)
    moves = (*alignment.moves, *_edited_moves(old, new, alignment))
    moved_from = {a: number for number, (a, _) in enumerate(moves)}
    moved_to = {b: number for number, (_, b) in enumerate(moves)}
    steps: list[Step] = []
    i = j = 0
    ends = (len(old.text),) * 2, (len(new.text),) * 2
    for a, b in [*alignment.pairs, ends]:
        steps += _unpaired_old(old, (i, a[0]), moved_from, j)
        steps += _unpaired_new(new, (j, b[0]), moved_to, a[0])
        steps += inner_steps(old, new, a, b)
        i, j = a[1], b[1]
    return EditScript(tuple(steps), alignment.coarse)


def inner_steps(old: BodyText, new: BodyText, a: Offsets, b: Offsets) -> Iterator[Step]:
    """Yield the steps between two ranges that belong together."""
    if old.text[slice(*a)] == new.text[slice(*b)]:
        if a[0] < a[1]:
            yield Step(StepKind.SAME, a, b)
        return
    i, j = a[0], b[0]
    for one, other in [*refine(old, new, a, b), ((a[1], a[1]), (b[1], b[1]))]:
        if i < one[0]:
            yield Step(StepKind.SAME, (i, one[0]), (j, other[0]))
        if one[0] < one[1] or other[0] < other[1]:
            # Tokens are cut by what is around them: their words may be the same all the same.
            stays = old.text[slice(*one)] == new.text[slice(*other)]
            yield Step(StepKind.SAME if stays else _change_kind(one, other), one, other)
        i, j = one[1], other[1]


def _change_kind(one: Offsets, other: Offsets) -> StepKind:
    if one[0] == one[1]:
        return StepKind.INSERT
    return StepKind.REPLACE if other[0] < other[1] else StepKind.DELETE


def _unpaired_old(
    old: BodyText, stretch: Offsets, moved: dict[Offsets, int], new_at: int
) -> Iterator[Step]:
    """Yield what went or moved away, by block; `new_at` is where the new body goes on."""
    for part in _by_block(old, stretch, moved):
        number = moved.get(part)
        kind = StepKind.DELETE if number is None else StepKind.MOVED_FROM
        yield Step(kind, part, (new_at, new_at), number)


def _unpaired_new(
    new: BodyText, stretch: Offsets, moved: dict[Offsets, int], old_at: int
) -> Iterator[Step]:
    """Yield what came or moved here, by block; `old_at` is where the old body goes on."""
    for part in _by_block(new, stretch, moved):
        number = moved.get(part)
        kind = StepKind.INSERT if number is None else StepKind.MOVED_TO
        yield Step(kind, (old_at, old_at), part, number)


def _by_block(body: BodyText, stretch: Offsets, moved: dict[Offsets, int]) -> Iterator[Offsets]:
    """Yield `stretch` in parts: each block, and each part that moved as a whole."""
    start, end = stretch
    if start >= end:
        return
    inside = sorted(part for part in moved if start <= part[0] and part[1] <= end)
    first, last = body.block_at(start), body.block_at(end - 1)
    cuts = {
        start,
        end,
        *body.starts[first + 1 : last + 1],
        *(at for part in inside for at in part),
    }
    for low, high in inside:
        cuts -= {cut for cut in cuts if low < cut < high}
    yield from pairwise(sorted(cuts))


def _edited_moves(old: BodyText, new: BodyText, alignment: Alignment) -> list[OffsetPair]:
    """Return whole blocks that moved and were edited on the way, the most similar first."""
    aligned = (*alignment.pairs, *alignment.moves)
    gone = _whole_blocks(old, [a for a, _ in aligned])
    come = _whole_blocks(new, [b for _, b in aligned])
    if len(gone) > _MOST_CANDIDATES or len(come) > _MOST_CANDIDATES:
        return []
    measured = [
        (similarity(old.text[slice(*a)], new.text[slice(*b)]), a, b) for a in gone for b in come
    ]
    moves: list[OffsetPair] = []
    for measure, a, b in sorted(measured, key=lambda each: (-each[0], each[1:])):
        if measure >= _MOVED and a in gone and b in come:
            moves.append((a, b))
            gone.remove(a)
            come.remove(b)
    return moves


def _whole_blocks(body: BodyText, aligned: Sequence[Offsets]) -> list[Offsets]:
    """Return the blocks of which nothing is aligned, but those too short to have moved."""
    touched: set[int] = set()
    for low, high in aligned:
        if low < high:
            touched.update(range(body.block_at(low), body.block_at(high - 1) + 1))
    return [
        body.block_offsets(at)
        for at, block in enumerate(body.blocks)
        if at not in touched and len(block.text) >= _SHORTEST_EDITED_MOVE
    ]
