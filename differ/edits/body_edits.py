"""Edits of the body, from its steps."""

import re
from collections.abc import Iterator, Sequence

from differ.body_text import Side
from differ.edit_script import Step, StepKind, inner_steps
from differ.edits.categorize import category
from differ.edits.edit_context import Spot
from differ.edits.layout import is_layout
from differ.edits.result_class import grade_in
from differ.lexicon.vocabulary import is_place
from differ.names.find_names import names_at
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
_GRADE = 5  # code points of a class with what stands around it: （B1）类
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
        old.text[slice(*away.old)].rstrip(_FRAME),
        spot.text.rstrip(_FRAME),
        section=new.section(spot.start),
        context=_context(spot),
    )


def _edit(old: Side, new: Side, step: Step) -> Edit:
    one, other = Spot(old, *step.old), Spot(new, *step.new)
    shown = other if other.text else one
    field, one, other = _field(one, other)
    kind, detail = category(one, other, field)
    alone = not (one.text and other.text)
    if field in _LISTS or (alone and _are_names(shown)):
        one, other = _without_marks(one), _without_marks(other)
        kind = kind if kind is Category.PUNCTUATION else _of_list(one.text + other.text, kind)
    return Edit(
        _TOLD[step.kind],
        field,
        kind,
        one.text.rstrip(_FRAME) or one.text or None,
        other.text.rstrip(_FRAME) or other.text or None,
        detail,
        shown.side.section(shown.start),
        _context(shown),
    )


def _of_list(text: str, kind: Category) -> Category:
    if is_place(_LIST_MARK.split(text)[0]):
        return Category.NAME
    return Category.ORGANISATION if is_body(text) else kind


def _are_names(spot: Spot) -> bool:
    """Return whether a spot holds what left or joined a list of names: 、奉节."""
    if not {spot.text[0], spot.text[-1]} & {*_LIST_MARKS}:
        return False
    at, between = spot.start, []
    for low, high in _names_within(spot):
        between.append(spot.side.text[at:low])
        at = high
    between.append(spot.side.text[at : spot.end])
    words = [word for each in between for word in _LIST_MARK.split(each)]
    return _without_marks(spot) != spot and all(not word or is_place(word) for word in words)


def _without_marks(spot: Spot) -> Spot:
    """Return what a list's marks stand around; a name may begin with 和."""
    names = _names_within(spot)
    start, end, text = spot.start, spot.end, spot.side.text
    while start < end and text[start] in _LIST_MARKS and all(low != start for low, _ in names):
        start += 1
    while start < end and text[end - 1] in _LIST_MARKS and all(high != end for _, high in names):
        end -= 1
    return Spot(spot.side, start, end) if start < end else spot


def _names_within(spot: Spot) -> list[tuple[int, int]]:
    names = names_at(spot.side, spot.start, spot.end)
    return [(low, high) for low, high, _ in names if spot.start <= low and high <= spot.end]


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
    if _is_grade(spot):
        return "result_class"
    inside = [p for p in spot.side.places if spot.start <= p.start and p.end <= spot.end]
    if len(inside) != 1:
        return None
    rest = (spot.end - spot.start) - (inside[0].end - inside[0].start)
    return inside[0].field if rest <= _LABEL else None


def _is_grade(spot: Spot) -> bool:
    """Return whether a spot is the class of the letter's result, with its brackets or not."""
    if len(spot.text) > _GRADE:
        return False
    low, high = spot.side.cell(spot.start)
    alone = not spot.side.is_table(spot.start)
    grade = grade_in(spot.side.text[low:high], alone=alone)
    return grade is not None and spot.start <= low + grade[0] and low + grade[1] <= spot.end


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
