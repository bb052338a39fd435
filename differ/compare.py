"""Two letters in, edits out: every edit once, whole, with its category, and nothing else."""

from importlib import import_module
from typing import TYPE_CHECKING

from letters.change import Edit
from letters.letter import Letter

if TYPE_CHECKING:
    from differ.comparison import Comparison

DIFFER = "7"  # raised whenever the same two letters would give other edits


def compare(old: Letter, new: Letter) -> tuple[Edit, ...]:
    """Return the edits from `old` to `new`, in reading order.

    None where their digests agree, nor where the same words were only cut or set otherwise.
    In a context code points are shown where it can't be known what a reader sees.
    """
    if old == new or old.digest() == new.digest():
        return ()
    # Most crawls see no edit, and what is needed for one takes a tenth of a second to import.
    comparison: type[Comparison] = import_module("differ.comparison").Comparison
    return comparison(old, new).edits
