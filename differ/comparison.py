"""One pair of letters, and what its edits and its rows both need, worked out once."""

from dataclasses import dataclass, replace
from functools import cached_property

from differ.body_text import BodyText, body_texts
from differ.edit_script import EditScript, edit_script
from differ.edits.body_edits import body_edits
from differ.edits.field_edits import edits_before_body, label_edits, value_edits
from letters.change import Edit
from letters.letter import Letter
from letters.text import with_code_points


@dataclass(frozen=True)
class Comparison:
    """Two letters; nothing is worked out before it is asked for, and nothing twice."""

    old: Letter
    new: Letter

    @cached_property
    def bodies(self) -> tuple[BodyText, BodyText]:
        """Both bodies, each as one string."""
        return body_texts(self.old, self.new)

    @cached_property
    def script(self) -> EditScript:
        """The steps between the bodies."""
        return edit_script(*self.bodies)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """All edits in reading order; in a context code points stand for doubtful characters."""
        edits = (*self._before_body, *self._in_body, *self._behind_body)
        return tuple(replace(edit, context=with_code_points(edit.context)) for edit in edits)

    @cached_property
    def field_edits(self) -> tuple[Edit, ...]:
        """The edits of fields that no edit of the body reports, in the order of the letter."""
        return (*self._before_body, *self._behind_body)

    @cached_property
    def _before_body(self) -> tuple[Edit, ...]:
        return tuple(edits_before_body(self.old, self.new))

    @cached_property
    def _in_body(self) -> tuple[Edit, ...]:
        return tuple(body_edits(*self.bodies, self.script.steps))

    @cached_property
    def _behind_body(self) -> tuple[Edit, ...]:
        """The edits of values and labels outside the body that nothing before them reports."""
        reported = _fields(self._before_body + self._in_body)
        values = tuple(value_edits(self.old, self.new, reported))
        return values + tuple(label_edits(self.old, self.new, reported | _fields(values)))


def _fields(edits: tuple[Edit, ...]) -> frozenset[str]:
    return frozenset(edit.field for edit in edits)
