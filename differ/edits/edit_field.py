"""Finds the letter field whose printed value a change of the body is in."""

from differ.edits.changed_span import ChangedSpan
from differ.edits.layout import is_layout
from differ.edits.result_class import result_class_in
from letters.fields import LETTER_FIELDS, ValueKind

LIST_FIELDS = frozenset(each.name for each in LETTER_FIELDS if each.value is ValueKind.NAMES)
_LONGEST_CLASS = 5  # code points of a class with what is around it: （B1）类
_LABEL = 10  # code points beside a field's value, up to which a line holds nothing else


def with_field(old: ChangedSpan, new: ChangedSpan) -> tuple[str, ChangedSpan, ChangedSpan]:
    """Return the field that a change is in, and both sides without the field's label."""
    fields = {_field_at(span) for span in (old, new) if span.text}
    named = [field for field in fields if field is not None]
    if len(named) != 1:
        return "body", old, new
    field = named[0]
    if len(fields) == 1 and not is_layout(old.text, new.text):
        return field, _value_in(old, field), _value_in(new, field)
    # A value may be read only up to its blank; and one side may be none.
    is_of_field = len(fields) == 1 or (old.text and new.text)
    return (field if is_of_field else "body"), old, new


def _field_at(span: ChangedSpan) -> str | None:
    """Return the field whose value a side is in or contains; None: no field."""
    if value := span.body.field_span_at(span.start, span.end):
        return value.field
    if _is_result_class(span):
        return "result_class"
    inside = [each for each in span.body.field_spans if _contains(span, each.start, each.end)]
    if len(inside) != 1:
        return None
    rest = (span.end - span.start) - (inside[0].end - inside[0].start)
    return inside[0].field if rest <= _LABEL else None


def _contains(span: ChangedSpan, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


def _is_result_class(span: ChangedSpan) -> bool:
    """Return whether a side is the class of the letter's result, with its brackets or not."""
    if len(span.text) > _LONGEST_CLASS:
        return False
    low, high = span.body.cell(span.start)
    alone = not span.body.is_table(span.start)
    found = result_class_in(span.body.text[low:high], alone=alone)
    return found is not None and _contains(span, low + found[0], low + found[1])


def _value_in(span: ChangedSpan, field: str) -> ChangedSpan:
    """Return the field's value inside a side; the side where it contains none."""
    for each in span.body.field_spans:
        if each.field == field and _contains(span, each.start, each.end):
            return ChangedSpan(span.body, each.start, each.end)
    return span
