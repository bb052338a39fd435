"""Two bodies as one list of steps: what stays, what is replaced, what comes, goes or moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from differ.alignment.align import Aligned, Range, align
from differ.alignment.similarity import likeness
from differ.body_text import Side
from differ.refinement.refine import refine

MOVED_AT_LEAST = 20  # code points; a shorter paragraph is too common to be told as moved
MOVED_IF_ALIKE = 0.5  # from this likeness on a paragraph gone and one come are one, moved
_MOST_CANDIDATES = 60  # paragraphs gone or come, beyond which moved and edited ones are not sought


class StepKind(StrEnum):
    """What a step does."""

    SAME = "same"
    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    AWAY = "away"  # moved from here
    HERE = "here"  # moved to here


@dataclass(frozen=True, slots=True)
class Step:
    """One step; steps in order cover both texts without a gap."""

    kind: StepKind
    old: Range
    new: Range
    move: int | None = None  # pairs AWAY and HERE


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps between two bodies."""

    steps: tuple[Step, ...]
    coarse: bool  # a bound of size was met: correct, but less fine


def steps_between(old: Side, new: Side) -> Steps:
    """Return the steps from one body to the other."""
    if old.text == new.text:
        whole = (0, len(old.text)), (0, len(new.text))
        return Steps((Step(StepKind.SAME, *whole),), coarse=False)
    aligned = align(old, new)
    _find_edited_moves(old, new, aligned)
    away = {a: number for number, (a, _) in enumerate(aligned.moves)}
    here = {b: number for number, (_, b) in enumerate(aligned.moves)}
    found: list[Step] = []
    i = j = 0
    ends = (len(old.text),) * 2, (len(new.text),) * 2
    for a, b in [*aligned.pairs, ends]:
        found += _alone(old, (i, a[0]), away, j, gone=True)
        found += _alone(new, (j, b[0]), here, a[0], gone=False)
        found += inner_steps(old, new, a, b)
        i, j = a[1], b[1]
    return Steps(tuple(found), aligned.coarse)


def inner_steps(old: Side, new: Side, a: Range, b: Range) -> Iterator[Step]:
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
            # Tokens are cut by what stands around them: their words may be the same all the same.
            stays = old.text[slice(*one)] == new.text[slice(*other)]
            yield Step(StepKind.SAME if stays else _kind(one, other), one, other)
        i, j = one[1], other[1]


def _kind(one: Range, other: Range) -> StepKind:
    if one[0] == one[1]:
        return StepKind.INSERT
    return StepKind.REPLACE if other[0] < other[1] else StepKind.DELETE


def _alone(
    side: Side, stretch: Range, moved: dict[Range, int], at: int, *, gone: bool
) -> Iterator[Step]:
    """Yield what of one side stands alone in `stretch`, by block; `at` is where on the other."""
    for part in _by_block(side, stretch, moved):
        number = moved.get(part)
        nowhere = (at, at)
        if number is not None:
            kind = StepKind.AWAY if gone else StepKind.HERE
        else:
            kind = StepKind.DELETE if gone else StepKind.INSERT
        yield Step(kind, part, nowhere, number) if gone else Step(kind, nowhere, part, number)


def _by_block(side: Side, stretch: Range, moved: dict[Range, int]) -> Iterator[Range]:
    start, end = stretch
    if start >= end:
        return
    inside = [part for part in moved if start <= part[0] and part[1] <= end] if moved else []
    held = sorted(inside)
    first, last = side.block_at(start), side.block_at(end - 1)
    cuts = {start, end, *side.starts[first + 1 : last + 1], *(at for part in held for at in part)}
    for low, high in held:
        cuts -= {cut for cut in cuts if low < cut < high}
    ordered = sorted(cuts)
    yield from pairwise(ordered)


def _find_edited_moves(old: Side, new: Side, aligned: Aligned) -> None:
    """Find whole blocks that moved and were edited on the way."""
    gone = _whole_blocks(old, [a for a, _ in (*aligned.pairs, *aligned.moves)])
    come = _whole_blocks(new, [b for _, b in (*aligned.pairs, *aligned.moves)])
    if len(gone) > _MOST_CANDIDATES or len(come) > _MOST_CANDIDATES:
        return
    alike = [
        (likeness(old.text[slice(*a)], new.text[slice(*b)]), a, b) for a in gone for b in come
    ]
    for like, a, b in sorted(alike, key=lambda each: (-each[0], each[1:])):
        if like >= MOVED_IF_ALIKE and a in gone and b in come:
            aligned.moves.append((a, b))
            gone.remove(a)
            come.remove(b)


def _whole_blocks(side: Side, kept: list[Range]) -> list[Range]:
    touched: set[int] = set()
    for low, high in kept:
        if low < high:
            touched.update(range(side.block_at(low), side.block_at(high - 1) + 1))
    return [
        side.block_range(at)
        for at, block in enumerate(side.blocks)
        if at not in touched and len(block.text) >= MOVED_AT_LEAST
    ]
