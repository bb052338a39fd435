"""The rows of two versions compared, in groups that are folded where nothing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from differ.rows import DiffRow, DiffRowKind, rows
from letters.letter import Letter

CONTEXT = 1  # unchanged rows shown on either side of a changed one
_FOLD_FROM = 2  # a fold of fewer unchanged rows hides less than it takes


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Neighbouring rows that are shown, or folded because nothing in them changed."""

    folded: bool
    rows: tuple[DiffRow, ...]


def group_rows(old: Letter, new: Letter) -> list[RowGroup]:
    """Return the rows of both letters in reading order; each row is in exactly one group."""
    groups: list[RowGroup] = []
    for group in _runs(rows(old, new)):
        if groups and not group.folded and not groups[-1].folded:
            groups[-1] = RowGroup(folded=False, rows=(*groups[-1].rows, *group.rows))
        else:
            groups.append(group)
    return groups


def _runs(compared: Sequence[DiffRow]) -> Iterator[RowGroup]:
    """Yield runs of rows that are far from any change or near one."""
    near = _near_changes(compared)
    start = 0
    for end in range(1, len(compared) + 1):
        if end == len(compared) or near[end] != near[start]:
            folded = not near[start] and end - start >= _FOLD_FROM
            yield RowGroup(folded, tuple(compared[start:end]))
            start = end


def _near_changes(compared: Sequence[DiffRow]) -> list[bool]:
    changed = [row.kind is not DiffRowKind.SAME for row in compared]
    return [
        any(changed[max(index - CONTEXT, 0) : index + CONTEXT + 1])
        for index in range(len(compared))
    ]
