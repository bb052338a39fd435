"""Edits of the body, from its steps."""

import re
from collections.abc import Iterator, Sequence

from differ.bodies import is_known_body
from differ.category import Spot, category
from differ.lexicon import is_place
from differ.side import Side
from differ.spacing import is_layout
from differ.steps import Step, StepKind, inner_steps
from letters.change import Category, Edit, Op
from letters.names import is_body

AROUND = 60  # code points of a sentence shown on each side of an edit

_TOLD = {
    StepKind.REPLACE: Op.REPLACE,
    StepKind.INSERT: Op.INSERT,
    StepKind.DELETE: Op.DELETE,
}
_LISTS = {"addressees", "co_handlers"}
_LIST_MARKS = "、，,；; 和及与"
_LIST_MARK = re.compile(f"[{_LIST_MARKS}]")
_FRAME = "\t\n"  # of a table: between cells, between rows
_LABEL = 10  # code points beside a field's value, up to which a line holds nothing else


def edits_of(old: Side, new: Side, steps: Sequence[Step]) -> Iterator[Edit]:
    """Yield an edit for each step that changes words, in reading order."""
    away = {step.move: step for step in steps if step.kind is StepKind.AWAY}
    for step in steps:
        if step.kind is StepKind.HERE:
            yield _move(old, new, away[step.move], step)
            inner = inner_steps(old, new, away[step.move].old, step.new)
        else:
            inner = iter((step,))
        for each in inner:
            if each.kind in _TOLD and not _is_cut(old, new, each):
                yield _edit(old, new, each)


def _is_cut(old: Side, new: Side, step: Step) -> bool:
    """Tell whether a step shows only how a side is cut into blocks, rows and cells."""
    spots = Spot(old, *step.old), Spot(new, *step.new)
    told = [spot for spot in spots if spot.text]
    framed = any(not spot.text.strip(_FRAME) for spot in told)
    if not all(spot.text.isspace() for spot in told):
        return False
    if len(told) == len(spots):
        return framed
    if any(spot.start in spot.side.cuts for spot in spots if not spot.text):
        return True
    text, start, end = told[0].side.text, told[0].start, told[0].end
    return framed and not (text[start - 1 : start].isdigit() and text[end : end + 1].isdigit())


def _move(old: Side, new: Side, away: Step, here: Step) -> Edit:
    spot = Spot(new, *here.new)
    return Edit(
        Op.MOVE,
        "body",
        Category.WORDING,
        old.text[slice(*away.old)],
        spot.text,
        section=new.section(spot.start),
        context=_context(spot),
    )


def _edit(old: Side, new: Side, step: Step) -> Edit:
    one, other = Spot(old, *step.old), Spot(new, *step.new)
    shown = other if other.text else one
    field, one, other = _field(one, other)
    kind, detail = category(one, other, field)
    alone = not (one.text and other.text)
    named = field in _LISTS or (alone and _are_names(one.text + other.text))
    if named and kind is not Category.PUNCTUATION:
        kind = _of_list(one.text + other.text, kind)
    return Edit(
        _TOLD[step.kind],
        field,
        kind,
        _value(one.text, named=named),
        _value(other.text, named=named),
        detail,
        shown.side.section(shown.start),
        _context(shown),
    )


def _of_list(text: str, kind: Category) -> Category:
    text = text.strip(_LIST_MARKS)
    if is_place(_LIST_MARK.split(text)[0]):
        return Category.NAME
    return Category.ORGANISATION if is_body(text) else kind


def _are_names(text: str) -> bool:
    """Tell whether `text` is what left or joined a list of places or of bodies: 、奉节."""
    names = [each for each in _LIST_MARK.split(text) if each]
    if text.strip(_LIST_MARKS) == text or not names:
        return False
    return all(is_place(name) for name in names) or all(is_known_body(name) for name in names)


def _value(text: str, *, named: bool) -> str | None:
    if named:
        return text.strip(_LIST_MARKS) or text or None
    return text.rstrip("\t\n") or text or None


def _field(one: Spot, other: Spot) -> tuple[str, Spot, Spot]:
    """Return the field that a place stands in, and the place without the field's label."""
    fields = {_field_at(spot) for spot in (one, other) if spot.text}
    if len(fields) == 1 and (field := fields.pop()) is not None:
        if is_layout(one.text, other.text):  # a value may be read only up to its blank
            return field, one, other
        return field, _bare(one, field), _bare(other, field)
    named = fields - {None}
    if len(named) == 1 and one.text and other.text and (field := named.pop()):
        return field, one, other
    return "body", one, other


def _field_at(spot: Spot) -> str | None:
    if place := spot.side.place_at(spot.start, spot.end):
        return place.field
    inside = [p for p in spot.side.places if spot.start <= p.start and p.end <= spot.end]
    if len(inside) != 1:
        return None
    rest = (spot.end - spot.start) - (inside[0].end - inside[0].start)
    return inside[0].field if rest <= _LABEL else None


def _bare(spot: Spot, field: str) -> Spot:
    for place in spot.side.places:
        if place.field == field and spot.start <= place.start and place.end <= spot.end:
            return Spot(spot.side, place.start, place.end)
    return spot


def _context(spot: Spot) -> str:
    start, end = spot.side.sentence(spot.start, spot.end)
    low, high = max(start, spot.start - AROUND), min(end, spot.end + AROUND)
    text = spot.side.text[low:high].strip("\t\n ")
    return f"{'…' if low > start else ''}{text}{'…' if high < end else ''}"
