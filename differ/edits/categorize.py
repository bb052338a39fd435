"""What kind of words a place touched: rules from the surest to the vaguest.

The order of the rules is the order of `category`: a mark, a figure, words of a cited
title, a date, a person, a body or place, a promise, else wording.
"""

import re

from differ.edits.edit_context import Shapes, Spot
from differ.edits.layout import is_layout
from differ.edits.promises import (
    is_firm,
    is_promise,
    says_plan,
    says_when,
    told_of_clause,
    told_of_dates,
    told_of_plans,
    told_of_times,
    told_of_words,
)
from differ.lexicon.vocabulary import is_place
from differ.names.labelled_persons import is_person
from differ.tokens.contact_patterns import is_contact, is_contact_person
from differ.tokens.tokenizer import Shape
from letters.change import Category

CLAUSE = 8  # code points from which on words that come or go say something of their own

_OF_FIELD = {
    **dict.fromkeys(("phone", "postcode", "contact"), Category.CONTACT),
    **dict.fromkeys(("title", "subject", "doc_number", "number", "session"), Category.TITLE),
    **dict.fromkeys(("published_on", "signed_on", "signed_on_raw"), Category.DATE),
    **dict.fromkeys(("co_handlers", "agency"), Category.ORGANISATION),
    **dict.fromkeys(("reviewer", "addressees"), Category.NAME),
    "attachments": Category.ATTACHMENT,
}
_CONTACT_HEAD = re.compile("电话|手机|传真|邮编|邮箱|联系方式|地址")
_RELATIVE = ("今年", "明年", "去年", "上半年", "下半年")  # alone they only say again when
_MEASURES = {Shape.NUMBER, Shape.RANGE, Shape.MAGNITUDE, Shape.UNIT}
_ENDS = "。！？；"
_CLAUSE_ENDS = "，,；;。"
_SHORT_CLAUSE = 5  # code points of the shortest clause, its mark too
_AFTER = 8  # code points after a date that say what is due by it

Told = tuple[Category, str | None]


def of_field(field: str) -> Category:
    """Return the category of an edit that changes the value of a letter field."""
    return _OF_FIELD.get(field, Category.WORDING)


def category(old: Spot, new: Spot, field: str = "body") -> Told:
    """Return the category of a place, and the detail of a commitment."""
    if is_layout(old.text, new.text):
        return Category.PUNCTUATION, None
    if field != "body" and field in _OF_FIELD:
        return of_field(field), None
    if not old.text or not new.text:
        come_or_gone = _come_or_gone(new if new.text else old, gone=not new.text)
        if come_or_gone:
            return come_or_gone
    return _of_words(old, new)


def _come_or_gone(spot: Spot, *, gone: bool) -> Told | None:
    """Judge a sentence or clause that came or went by whether it promises."""
    text = spot.text
    if len(text) < CLAUSE and text[-1] not in _ENDS and not _is_clause(text):
        return None
    if spot.is_name():
        return None
    promises, detail = told_of_clause(text, spot.side.section(spot.start), gone=gone)
    if promises:
        return Category.COMMITMENT, detail
    whole = text[-1] in _ENDS or spot.sentence == text
    return (Category.WORDING, None) if whole else None


def _is_clause(text: str) -> bool:
    """Return whether few words are a clause that says something by itself: 拟明年开工，."""
    if len(text) < _SHORT_CLAUSE or not {text[0], text[-1]} & {*_CLAUSE_ENDS}:
        return False
    return says_plan(text) or is_firm(text)


def _of_words(old: Spot, new: Spot) -> Told:
    one, other = old.shapes(), new.shapes()
    kinds = {shape for _, shape in one ^ other}
    spots = [spot for spot in (old, new) if spot.text]
    if Shape.CONTACT in kinds or (Shape.DATE not in kinds and all(map(_is_contact, spots))):
        return Category.CONTACT, None
    counts_years = all(spot.counts_years() for spot in spots)
    if kinds & _MEASURES and not counts_years and not _measures_nothing(old, new, one, other):
        return Category.FIGURE, None
    if old.is_cited() or new.is_cited() or Shape.CITED in kinds:
        return Category.TITLE, None
    promising = any(is_promise(s.sentence, s.side.section(s.start)) for s in (old, new))
    if promising and (moved := _moved_date(old, new, kinds)):
        return Category.COMMITMENT, moved
    alone = len(spots) == 1 and spots[0].text in _RELATIVE
    if counts_years or (Shape.DATE in kinds and not alone):
        return Category.DATE, None
    return _of_names(old, new, kinds) or _of_promise(old, new, promising=promising)


def _is_contact(spot: Spot) -> bool:
    if _CONTACT_HEAD.search(spot.head):
        return True
    return is_contact(spot.side.text, spot.start, spot.end, spot.line)


def _measures_nothing(old: Spot, new: Spot, one: Shapes, other: Shapes) -> bool:
    """Return whether numbers only count headings, mean no number (一个), or stand in a name.

    Nor is it a figure that changed where one side has none: 尽快 → 争取三年内.
    """
    spots = [spot for spot in (old, new) if spot.text]
    if all(spot.counts_block() for spot in spots) or _is_any(one, other):
        return True
    if spots != [old, new]:
        return False
    counted = [any(shape in _MEASURES for _, shape in side) for side in (one, other)]
    is_due = not all(counted) and says_when(old.text) and says_when(new.text)
    return is_due or old.is_name() or new.is_name()  # 大地家园 → 21世纪家园


def _is_any(one: Shapes, other: Shapes) -> bool:
    """Tell whether the only number is 一 where the other side has none: 一个 → 这个."""
    numbers = [{text for text, shape in side if shape in _MEASURES} for side in (one, other)]
    return not all(numbers) and bool(one) and bool(other) and numbers[0] | numbers[1] == {"一"}


def _moved_date(old: Spot, new: Spot, kinds: set[Shape]) -> str | None:
    """Return what became of the time of a promise: a day moved, or 适时 → 力争明年."""
    if not old.text or not new.text:
        return None
    after = new.side.text[new.end : new.end + _AFTER]
    moved = told_of_dates(old.text, new.text, after)
    timed = kinds & {Shape.DATE, *_MEASURES}
    return told_of_times(old.text, new.text) if timed and not moved else moved


def _of_names(old: Spot, new: Spot, kinds: set[Shape]) -> Told | None:
    spots = [spot for spot in (old, new) if spot.text]
    persons = (is_person(spot.side.text, spot.start, spot.end) for spot in spots)
    if Shape.PERSON in kinds or any(persons) or _is_known(old, new):
        return (Category.CONTACT if all(map(_is_asked, spots)) else Category.NAME), None
    if Shape.BODY in kinds:
        return Category.ORGANISATION, None
    if Shape.PLACE in kinds or any(is_place(spot.text) for spot in (old, new)):
        return Category.NAME, None
    return None


def _is_asked(spot: Spot) -> bool:
    """Return whether the person that a spot names is whom to ask."""
    asked = is_contact_person(spot.side.text, spot.start, spot.line[0])
    return asked or spot.head.endswith("联系人")


def _is_known(old: Spot, new: Spot) -> bool:
    named = {
        name
        for spot in (old, new)
        for letter in [spot.side.letter]
        for name in (*letter.addressees, letter.reviewer, letter.contact)
    }
    return bool({old.text, new.text} & named)


def _of_promise(old: Spot, new: Spot, *, promising: bool) -> Told:
    detail = told_of_words(old.text, new.text, promising=promising)
    detail = detail or told_of_plans(old.clause, new.clause)
    return (Category.COMMITMENT, detail) if detail else (Category.WORDING, None)
