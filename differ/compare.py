"""Two letters in, edits out: every edit once, whole, named, and nothing else."""

from differ.fields import all_edits, edits_before_body, edits_of_labels, edits_of_values
from differ.places import edits_of
from differ.side import Side
from differ.steps import steps_between
from letters.change import Category, Edit, Op
from letters.letter import Letter

DIFFER = "1"  # raised whenever the same two letters would give other edits


def compare(old: Letter, new: Letter) -> tuple[Edit, ...]:
    """Return the edits from `old` to `new`, in reading order; none where their digests agree."""
    if old == new or old.digest() == new.digest():
        return ()
    edits = [*edits_before_body(old, new)]
    one, other = Side(old), Side(new)
    edits += edits_of(one, other, steps_between(one, other).steps)
    edits += edits_of_values(old, new, _fields(edits))
    edits += edits_of_labels(old, new, _fields(edits))
    return tuple(edits) or tuple(all_edits(old, new)) or (_LAYOUT,)


# All words are the same and the digest is not: the frame of a table or a blank value came or went.
_LAYOUT = Edit(Op.INSERT, "body", Category.PUNCTUATION, None, "\n")


def _fields(edits: list[Edit]) -> frozenset[str]:
    return frozenset(edit.field for edit in edits)
