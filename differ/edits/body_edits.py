"""Edits of the body, one for each step of its edit script that changes words."""

from collections.abc import Iterator, Sequence

from differ.body_text import BodyText
from differ.edit_script import Step, StepKind, inner_steps
from differ.edits.categorize import categorize
from differ.edits.changed_span import ChangedSpan
from differ.edits.edit_field import LIST_FIELDS, with_field
from differ.edits.list_change import is_list_change, list_category, without_list_marks
from letters.change import Category, Edit, Op

_CONTEXT = 60  # code points of a sentence shown on each side of an edit
_FRAME = "\t\n"  # of a table: between cells, between rows
_OPERATIONS = {
    StepKind.REPLACE: Op.REPLACE,
    StepKind.INSERT: Op.INSERT,
    StepKind.DELETE: Op.DELETE,
}


def body_edits(old: BodyText, new: BodyText, steps: Sequence[Step]) -> Iterator[Edit]:
    """Yield an edit for each step that changes words, in reading order."""
    moved_from = {step.move: step for step in steps if step.kind is StepKind.MOVED_FROM}
    for step in steps:
        inner: Iterator[Step] = iter((step,))
        if step.kind is StepKind.MOVED_TO:
            origin = moved_from[step.move]
            yield _move(old, new, origin, step)
            inner = inner_steps(old, new, origin.old, step.new)
        for each in inner:
            if each.kind in _OPERATIONS and not _is_only_cut(old, new, each):
                yield _edit(old, new, each)


def _is_only_cut(old: BodyText, new: BodyText, step: Step) -> bool:
    """Return whether a step shows only how a body is cut into blocks, rows and cells."""
    one, other = ChangedSpan(old, *step.old), ChangedSpan(new, *step.new)
    present = [span for span in (one, other) if span.text]
    if not all(span.text.isspace() for span in present):
        return False
    is_frame = any(not span.text.strip(_FRAME) for span in present)
    if one.text and other.text:
        return is_frame
    if any(span.start in span.body.cuts for span in (one, other) if not span.text):
        return True
    return is_frame and not _separates_digits(present[0])


def _separates_digits(span: ChangedSpan) -> bool:
    """Return whether a digit is on each side: 1, 23 → 12, 3 are other cells."""
    text = span.body.text
    return text[span.start - 1 : span.start].isdigit() and text[span.end : span.end + 1].isdigit()


def _move(old: BodyText, new: BodyText, origin: Step, target: Step) -> Edit:
    span = ChangedSpan(new, *target.new)
    return Edit(
        Op.MOVE,
        "body",
        Category.WORDING,
        old.text[slice(*origin.old)].rstrip(_FRAME),
        span.text.rstrip(_FRAME),
        section=span.section,
        context=_context(span),
    )


def _edit(old: BodyText, new: BodyText, step: Step) -> Edit:
    one, other = ChangedSpan(old, *step.old), ChangedSpan(new, *step.new)
    shown = other if other.text else one
    field, one, other = with_field(one, other)
    category, detail = categorize(one, other, field)
    only_one_side = not (one.text and other.text)
    if field in LIST_FIELDS or (only_one_side and is_list_change(shown)):
        one, other = without_list_marks(one), without_list_marks(other)
        if category is not Category.PUNCTUATION:
            category = list_category(one.text + other.text, category)
    return Edit(
        _OPERATIONS[step.kind],
        field,
        category,
        _printed(one.text),
        _printed(other.text),
        detail,
        shown.section,
        _context(shown),
    )


def _printed(text: str) -> str | None:
    """Return the words of one side without the frame of their table; None where there are none."""
    return text.rstrip(_FRAME) or text or None


def _context(span: ChangedSpan) -> str:
    """Return the sentence around a change, cut where it is long."""
    start, end = span.body.sentence(span.start, span.end)
    low, high = max(start, span.start - _CONTEXT), min(end, span.end + _CONTEXT)
    text = span.body.text[low:high].strip("\t\n ")
    return f"{'…' if low > start else ''}{text}{'…' if high < end else ''}"
