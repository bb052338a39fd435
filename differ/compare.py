"""Two letters in, edits out: every edit once, whole, named, and nothing else."""

from dataclasses import replace

from differ.body_text import sides
from differ.edit_script import steps_between
from differ.edits.body_edits import edits_of
from differ.edits.field_edits import edits_before_body, edits_of_labels, edits_of_values
from letters.change import Edit
from letters.letter import Letter
from letters.text import with_code_points

DIFFER = "3"  # raised whenever the same two letters would give other edits


def compare(old: Letter, new: Letter) -> tuple[Edit, ...]:
    """Return the edits from `old` to `new`, in reading order.

    None where their digests agree, nor where the same words were only cut or set otherwise.
    In a context code points stand where it can't be known what a reader sees.
    """
    if old == new or old.digest() == new.digest():
        return ()
    edits = [*edits_before_body(old, new)]
    one, other = sides(old, new)
    edits += edits_of(one, other, steps_between(one, other).steps)
    edits += edits_of_values(old, new, _fields(edits))
    edits += edits_of_labels(old, new, _fields(edits))
    return tuple(replace(edit, context=with_code_points(edit.context)) for edit in edits)


def _fields(edits: list[Edit]) -> frozenset[str]:
    return frozenset(edit.field for edit in edits)
