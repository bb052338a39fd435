"""Rows that a renderer draws: fields that changed first, then the whole body, by sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from differ.body_text import Side, sides
from differ.edit_script import Step, StepKind, steps_between
from differ.edits.body_edits import edits_of
from differ.edits.field_edits import edits_before_body, edits_of_labels, edits_of_values
from letters.letter import BlockKind, Letter
from letters.text import with_code_points


class RunKind(StrEnum):
    """What happened to a run of characters."""

    SAME = "same"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row of which the same is to be said."""

    kind: RunKind
    text: str

    @property
    def shown(self) -> str:
        """The characters, by their code points where it can't be known what a reader sees."""
        return with_code_points(self.text)


class DiffRowKind(StrEnum):
    """What happened to a row."""

    SAME = "same"
    EDITED = "edited"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One field, or one block of the body, on both sides."""

    kind: DiffRowKind
    field: str  # "body", or the letter field
    block: BlockKind | None  # None for a field
    level: int | None  # of a heading
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    inline: tuple[Run, ...]  # both sides in one line of reading
    move: int | None = None  # pairs the two rows of a moved paragraph, unique in the rows
    coarse: bool = False  # a bound of size was met: correct, but less fine


def rows(old: Letter | None, new: Letter | None) -> tuple[DiffRow, ...]:
    """Return all rows, those unchanged too; a side that is None is all inserted or deleted."""
    if old and new:
        one, other = sides(old, new)
    else:
        one, other = (Side(letter) if letter else _nothing(old or new) for letter in (old, new))
    fields = list(_fields(old, new))
    found = steps_between(one, other)
    return (*fields, *_body(one, other, found.steps, coarse=found.coarse))


def fold(drawn: Sequence[DiffRow], around: int = 1) -> Iterator[tuple[DiffRow, ...] | int]:
    """Yield stretches of rows to draw, and between them how many unchanged rows are left out.

    `around` unchanged rows stay beside each change.
    """
    kept = {
        near
        for at, row in enumerate(drawn)
        if row.kind is not DiffRowKind.SAME
        for near in range(at - around, at + around + 1)
    }
    stretch: list[DiffRow] = []
    hidden = 0
    for at, row in enumerate(drawn):
        if at in kept:
            if hidden:
                yield hidden
            stretch, hidden = [*stretch, row], 0
        else:
            if stretch:
                yield tuple(stretch)
            stretch, hidden = [], hidden + 1
    if stretch or hidden:
        yield tuple(stretch) or hidden


def _nothing(letter: Letter | None) -> Side:
    if letter is None:
        raise ValueError("rows need at least one letter")
    return Side(Letter(letter.url, letter.kind, letter.form, ""))


def _fields(old: Letter | None, new: Letter | None) -> Iterator[DiffRow]:
    if old is None or new is None:
        title = (old.title if old else None), (new.title if new else None)
        yield _value("title", *title)
        return
    edits = [*edits_before_body(old, new)]
    one, other = sides(old, new)
    body = edits_of(one, other, steps_between(one, other).steps)
    told = frozenset(edit.field for edit in (*edits, *body))
    edits += edits_of_values(old, new, told)
    edits += edits_of_labels(old, new, told | {edit.field for edit in edits})
    for edit in edits:
        yield _value(edit.field, edit.old, edit.new)


def _value(field: str, old: str | None, new: str | None) -> DiffRow:
    gone = (Run(RunKind.DELETE, old),) if old else ()
    come = (Run(RunKind.INSERT, new),) if new else ()
    kind = DiffRowKind.EDITED
    if not gone or not come:
        kind = DiffRowKind.DELETED if gone else DiffRowKind.INSERTED
    return DiffRow(kind, field, None, None, gone, come, gone + come)


_RUNS = {
    StepKind.SAME: (RunKind.SAME, RunKind.SAME),
    StepKind.AWAY: (RunKind.MOVE, RunKind.MOVE),
    StepKind.HERE: (RunKind.MOVE, RunKind.MOVE),
}
_CHANGED = (RunKind.DELETE, RunKind.INSERT)


def _body(old: Side, new: Side, steps: Sequence[Step], *, coarse: bool) -> Iterator[DiffRow]:
    """Cut the steps into rows: at each cut of the new side, and around what stands alone."""
    held: list[Step] = []
    for step in _cut(new, steps):
        if held and _starts_row(old, new, held, step):
            yield _row(old, new, held, coarse=coarse)
            held = []
        held.append(step)
    if held:
        yield _row(old, new, held, coarse=coarse)


def _starts_row(old: Side, new: Side, held: Sequence[Step], step: Step) -> bool:
    if step.kind in _MOVES or held[-1].kind in _MOVES:
        return True
    has_new = any(each.new[0] < each.new[1] for each in held)
    has_old = any(each.old[0] < each.old[1] for each in held)
    if step.new[0] < step.new[1] and has_new:
        return step.new[0] in new.cuts
    if step.old[0] < step.old[1] and has_old:
        return step.old[0] in old.cuts and not (has_new and step.new[0] < step.new[1])
    return (step.new[0] in new.cuts) and (step.old[0] in old.cuts)


_MOVES = {StepKind.AWAY, StepKind.HERE}


def _cut(new: Side, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps, those that stay or are replaced cut where a block of the new side ends."""
    for step in steps:
        if step.kind is not StepKind.SAME:
            yield step
            continue
        (a, _), (c, d) = step.old, step.new
        for cut in [*new.starts_within(c, d), d]:
            yield Step(step.kind, (a, a + cut - c), (c, cut))
            a, c = a + cut - c, cut


def _row(old: Side, new: Side, steps: Sequence[Step], *, coarse: bool) -> DiffRow:
    one, other, inline = [], [], []
    for step in steps:
        gone, come = old.text[slice(*step.old)], new.text[slice(*step.new)]
        kinds = _RUNS.get(step.kind, _CHANGED)
        one += [Run(kinds[0], gone)] if gone else []
        other += [Run(kinds[1], come)] if come else []
        inline += [Run(kinds[0], gone)] if gone else []
        inline += [Run(kinds[1], come)] if come and kinds[1] is not RunKind.SAME else []
        inline[-1:] = (
            [Run(kinds[1], come)] if kinds[1] is not RunKind.INSERT and come else inline[-1:]
        )
    block = _block(old, new, steps)
    return DiffRow(
        _kind(steps),
        "body",
        block[0],
        block[1],
        tuple(one),
        tuple(other),
        tuple(inline),
        next((step.move for step in steps if step.move is not None), None),
        coarse,
    )


def _kind(steps: Sequence[Step]) -> DiffRowKind:
    kinds = {step.kind for step in steps}
    if kinds & _MOVES:
        return DiffRowKind.MOVED
    alone = {StepKind.INSERT: DiffRowKind.INSERTED, StepKind.DELETE: DiffRowKind.DELETED}
    alone[StepKind.SAME] = DiffRowKind.SAME
    return alone.get(kinds.pop(), DiffRowKind.EDITED) if len(kinds) == 1 else DiffRowKind.EDITED


def _block(old: Side, new: Side, steps: Sequence[Step]) -> tuple[BlockKind | None, int | None]:
    for side, name in ((new, "new"), (old, "old")):
        for step in steps:
            start, end = getattr(step, name)
            if start < end:
                block = side.blocks[side.block_at(start)]
                return block.kind, block.level
    return None, None
