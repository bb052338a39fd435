"""Two letters as rows that a renderer draws: changed fields first, then the whole body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from differ.body_text import BodyText
from differ.comparison import Comparison
from differ.edit_script import Step, StepKind
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
    """Characters in sequence to which the same happened."""

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
    section: tuple[str, ...] = ()  # of a field's row: the file and its page, of an edit inside one


def rows(old: Letter | None, new: Letter | None) -> tuple[DiffRow, ...]:
    """Return all rows, those unchanged too; a side that is None is all inserted or deleted."""
    comparison = Comparison(old or _empty(new), new or _empty(old))
    if old and new:
        fields = [
            replace(_field_row(edit.field, edit.old, edit.new), section=edit.section)
            for edit in comparison.field_edits
        ]
    else:
        fields = [_field_row("title", old.title if old else None, new.title if new else None)]
    return (*fields, *_body_rows(comparison))


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


def _empty(letter: Letter | None) -> Letter:
    """Return a letter without words that stands for one that is not there."""
    if letter is None:
        raise ValueError("rows need at least one letter")
    return Letter(letter.url, letter.kind, letter.form, "")


def _field_row(field: str, old: str | None, new: str | None) -> DiffRow:
    gone = (Run(RunKind.DELETE, old),) if old else ()
    come = (Run(RunKind.INSERT, new),) if new else ()
    kind = DiffRowKind.EDITED
    if not gone or not come:
        kind = DiffRowKind.DELETED if gone else DiffRowKind.INSERTED
    return DiffRow(kind, field, None, None, gone, come, gone + come)


_RUNS = {
    StepKind.SAME: (RunKind.SAME, RunKind.SAME),
    StepKind.MOVED_FROM: (RunKind.MOVE, RunKind.MOVE),
    StepKind.MOVED_TO: (RunKind.MOVE, RunKind.MOVE),
}
_CHANGED = (RunKind.DELETE, RunKind.INSERT)
_MOVES = {StepKind.MOVED_FROM, StepKind.MOVED_TO}
_ROW_KINDS = {
    StepKind.SAME: DiffRowKind.SAME,
    StepKind.INSERT: DiffRowKind.INSERTED,
    StepKind.DELETE: DiffRowKind.DELETED,
}


def _body_rows(comparison: Comparison) -> Iterator[DiffRow]:
    """Cut the steps into rows: at each cut of the new body, and around what is alone."""
    (old, new), script = comparison.bodies, comparison.script
    members: list[Step] = []
    for step in _cut(new, script.steps):
        if members and _starts_row(old, new, members, step):
            yield _row(old, new, members, coarse=script.coarse)
            members = []
        members.append(step)
    if members:
        yield _row(old, new, members, coarse=script.coarse)


def _cut(new: BodyText, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps, those that stay cut where a block of the new body ends."""
    for step in steps:
        if step.kind is not StepKind.SAME:
            yield step
            continue
        (a, _), (c, d) = step.old, step.new
        for cut in [*new.starts_within(c, d), d]:
            yield Step(step.kind, (a, a + cut - c), (c, cut))
            a, c = a + cut - c, cut


def _starts_row(old: BodyText, new: BodyText, members: Sequence[Step], step: Step) -> bool:
    if step.kind in _MOVES or members[-1].kind in _MOVES:
        return True
    has_new = any(each.new[0] < each.new[1] for each in members)
    has_old = any(each.old[0] < each.old[1] for each in members)
    if step.new[0] < step.new[1] and has_new:
        return step.new[0] in new.cuts
    if step.old[0] < step.old[1] and has_old:
        return step.old[0] in old.cuts
    return (step.new[0] in new.cuts) and (step.old[0] in old.cuts)


def _row(old: BodyText, new: BodyText, steps: Sequence[Step], *, coarse: bool) -> DiffRow:
    pairs = [_runs(old, new, step) for step in steps]
    kind, level = _block(old, new, steps)
    return DiffRow(
        _row_kind(steps),
        "body",
        kind,
        level,
        tuple(gone for gone, _ in pairs if gone.text),
        tuple(come for _, come in pairs if come.text),
        tuple(run for gone, come in pairs for run in _inline(gone, come)),
        next((step.move for step in steps if step.move is not None), None),
        coarse,
    )


def _runs(old: BodyText, new: BodyText, step: Step) -> tuple[Run, Run]:
    """Return what a step does to each side; empty where it touches only the other."""
    gone, come = _RUNS.get(step.kind, _CHANGED)
    return Run(gone, old.text[slice(*step.old)]), Run(come, new.text[slice(*step.new)])


def _inline(gone: Run, come: Run) -> list[Run]:
    """Return both sides in one line of reading: what stays once, as the new side has it."""
    if come.text and come.kind is not RunKind.INSERT:
        return [come]
    return [run for run in (gone, come) if run.text]


def _row_kind(steps: Sequence[Step]) -> DiffRowKind:
    kinds = {step.kind for step in steps}
    if kinds & _MOVES:
        return DiffRowKind.MOVED
    if len(kinds) > 1:
        return DiffRowKind.EDITED
    return _ROW_KINDS.get(kinds.pop(), DiffRowKind.EDITED)


def _block(
    old: BodyText, new: BodyText, steps: Sequence[Step]
) -> tuple[BlockKind | None, int | None]:
    """Return the kind and level of the first block that the steps touch, in the new body first."""
    starts = [(new, step.new) for step in steps] + [(old, step.old) for step in steps]
    for body, (start, end) in starts:
        if start < end:
            block = body.blocks[body.block_at(start)]
            return block.kind, block.level
    return None, None
