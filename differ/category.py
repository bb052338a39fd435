"""What kind of words a place touched: rules from the surest to the vaguest.

The order of the rules is the order of `category`: a mark, a figure, words of a cited
title, a date, a person, a body or place, a promise, else wording.
"""

from dataclasses import dataclass

from differ.bodies import known_bodies
from differ.contacts import is_contact
from differ.lexicon import is_place
from differ.persons import is_person
from differ.promises import (
    ADDED,
    DROPPED,
    is_promise,
    told_of_dates,
    told_of_words,
)
from differ.side import Side
from differ.spacing import is_layout
from differ.tokens import Shape, tokens
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
_RELATIVE = ("今年", "明年", "去年", "上半年", "下半年")  # alone they only say again when
_MEASURES = {Shape.NUMBER, Shape.MAGNITUDE, Shape.UNIT}
_AHEAD = 8  # code points after a place by which its last token is known
_ENDS = "。！？；"
_ORDINAL = 3  # code points of the longest number that counts headings
_MOST = 400  # code points of a place that are read for their kind


@dataclass(frozen=True, slots=True)
class Spot:
    """One side of a place: what stands there, and where."""

    side: Side
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the place on this side; empty where there are none."""
        return self.side.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around the place."""
        start, end = self.side.sentence(self.start, self.end)
        return self.side.text[max(start, self.start - _MOST) : min(end, self.end + _MOST)]


Told = tuple[Category, str | None]
Shapes = set[tuple[str, Shape]]


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
    if len(text) < CLAUSE and text[-1] not in _ENDS:
        return None
    if is_promise(text, spot.side.section(spot.start)):
        return Category.COMMITMENT, DROPPED if gone else ADDED
    whole = text[-1] in _ENDS or spot.sentence == text
    return (Category.WORDING, None) if whole else None


def _of_words(old: Spot, new: Spot) -> Told:
    one, other = _shapes(old), _shapes(new)
    kinds = {shape for _, shape in one ^ other}
    spots = [spot for spot in (old, new) if spot.text]
    if Shape.CONTACT in kinds or all(
        is_contact(spot.side.text, spot.start, spot.end) for spot in spots
    ):
        return Category.CONTACT, None
    counts_years = all(_counts_years(spot) for spot in spots)
    measures = bool(kinds & _MEASURES) and not _is_any(one, other)
    if measures and not counts_years and not _is_ordinal(old, new):
        return Category.FIGURE, None
    if _in_cited_title(old) or _in_cited_title(new) or Shape.CITED in kinds:
        return Category.TITLE, None
    promising = any(is_promise(s.sentence, s.side.section(s.start)) for s in (old, new))
    if promising and (moved := _moved_date(old, new)):
        return Category.COMMITMENT, moved
    alone = len(spots) == 1 and spots[0].text in _RELATIVE
    if counts_years or (Shape.DATE in kinds and not alone):
        return Category.DATE, None
    return _of_names(old, new, kinds) or _of_promise(old, new, promising=promising)


def _counts_years(spot: Spot) -> bool:
    """Tell whether a number says since when: 近三年."""
    around = spot.side.text[max(spot.start - 1, 0) : spot.end + 1]
    return around == f"近{spot.text}年" and len(spot.text) <= _ORDINAL


def _is_any(one: Shapes, other: Shapes) -> bool:
    """Tell whether the only number is 一 where the other side has none: 一个 → 这个."""
    numbers = [{text for text, shape in side if shape in _MEASURES} for side in (one, other)]
    return not all(numbers) and bool(one) and bool(other) and numbers[0] | numbers[1] == {"一"}


def _moved_date(old: Spot, new: Spot) -> str | None:
    if not old.text or not new.text:
        return None
    return told_of_dates(old.text, new.text, new.side.text[new.end : new.end + 8])


def _of_names(old: Spot, new: Spot, kinds: set[Shape]) -> Told | None:
    spots = [spot for spot in (old, new) if spot.text]
    persons = (is_person(spot.side.text, spot.start, spot.end) for spot in spots)
    if Shape.PERSON in kinds or any(persons) or _is_known(old, new):
        return Category.NAME, None
    if Shape.BODY in kinds or any(known_bodies(s.text, 0, len(s.text)) for s in (old, new)):
        return Category.ORGANISATION, None
    if any(is_place(spot.text) for spot in (old, new)):
        return Category.NAME, None
    return None


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
    return (Category.COMMITMENT, detail) if detail else (Category.WORDING, None)


def _shapes(spot: Spot) -> Shapes:
    """Return the tokens of a spot, read with what follows: 两 counts in 两个."""
    end = min(spot.end, spot.start + _MOST)
    held = [
        (max(low, spot.start), high, shape)
        for low, high, shape in known_bodies(spot.side.text, spot.start, end)
    ]
    last = spot.side.text[end - 1 : end]
    ahead = min(end + _AHEAD, len(spot.side.text)) if last.isnumeric() or last in "两几数" else end
    found = tokens(spot.side.text, spot.start, ahead, held)
    return {(token.text, token.shape) for token in found if token.start < end}


def _is_ordinal(old: Spot, new: Spot) -> bool:
    """Tell whether a number only counts headings or items: 三、 （2） 16."""
    return all(_opens_block(spot) for spot in (old, new) if spot.text)


def _opens_block(spot: Spot) -> bool:
    start, _ = spot.side.block_range(spot.side.block_at(spot.start))
    before, after = spot.side.text[start : spot.start], spot.side.text[spot.end : spot.end + 1]
    return (before in "（(" and after in list("）)、.．")) and len(spot.text) <= _ORDINAL


def _in_cited_title(spot: Spot) -> bool:
    text = spot.side.text
    start, end = spot.side.sentence(spot.start, spot.end)
    opened, closed = text.rfind("《", start, spot.end), text.rfind("》", start, spot.start)
    return opened > closed and text.find("》", max(spot.end - 1, start), end) >= 0
