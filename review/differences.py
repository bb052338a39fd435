"""How two versions are laid out for people: rows, folded where nothing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from differ.rows import DiffRow, DiffRowKind, rows
from letters.letter import Letter

AROUND = 1  # unchanged rows shown on either side of a changed one
_FOLD_FROM = 2  # fewer unchanged rows than this are not worth folding


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row that are shown, or folded away because nothing in them changed."""

    folded: bool
    rows: tuple[DiffRow, ...]


def laid_out(old: Letter, new: Letter) -> list[Stretch]:
    """Return both letters as stretches, in reading order; a row is in exactly one."""
    found = rows(old, new)
    shown = _shown(found)
    stretches: list[Stretch] = []
    for folded, members in _grouped(found, shown):
        if folded and len(members) < _FOLD_FROM:
            folded = False  # noqa: PLW2901 - a fold of one row hides less than it takes
        if stretches and not folded and not stretches[-1].folded:
            stretches[-1] = Stretch(folded=False, rows=(*stretches[-1].rows, *members))
        else:
            stretches.append(Stretch(folded, members))
    return stretches


def _shown(found: Sequence[DiffRow]) -> list[bool]:
    changed = [row.kind is not DiffRowKind.SAME for row in found]
    near = range(-AROUND, AROUND + 1)
    return [
        any(changed[at + step] for step in near if 0 <= at + step < len(found))
        for at in range(len(found))
    ]


def _grouped(
    found: Sequence[DiffRow], shown: Sequence[bool]
) -> Iterator[tuple[bool, tuple[DiffRow, ...]]]:
    start = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or shown[at] != shown[start]:
            yield not shown[start], tuple(found[start:at])
            start = at
