"""What happened to a letter at a glance: its weightiest edit, and how long after it was listed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Final

from differ.tokens.number_patterns import MAGNITUDES, PERCENT, UNITS
from letters.change import Category, Change, ChangeKind, Edit, Op
from review.context_quote import quote_context
from review.translator import Translator

_ROOM = 28  # characters of what a headline quotes
_LEAD = 8  # of these before two long words differ, where they begin alike
_MUCH = 200  # characters that were removed, from which on their number says more than their words
_UNIT = re.compile(f"(?:{MAGNITUDES})*(?:{PERCENT}|{UNITS})?")
_GOES_ON = re.compile("[0-9A-Za-z][0-9A-Za-z²³]")  # a unit that is not at its end: m of m2
# The weightiest first, as differ.weigh weighs them.
_RANKS: Final = {
    category: rank
    for rank, category in enumerate(
        (
            Category.FIGURE,
            Category.COMMITMENT,
            Category.DATE,
            Category.ORGANISATION,
            Category.NAME,
            Category.TITLE,
            Category.ATTACHMENT,
            Category.WORDING,
            Category.CONTACT,
            Category.PUNCTUATION,
        )
    )
}
# (days from which on, days of one): of which units an age is.
_AGES: Final = (("years", 730, 365), ("months", 60, 30), ("weeks", 14, 7), ("days", 1, 1))


@dataclass(frozen=True, slots=True)
class Headline:
    """One line about a change: what stood there and what stands there now."""

    happened: str  # to the whole letter: withdrawn, restored, …; "": its words changed
    place: str  # the field, where the words stand in one; "": in the text
    old: str | None  # None: nothing stood there, or `remarks` say it
    new: str | None  # None: nothing stands there now, or `remarks` say it
    unit: str  # what a figure counts; "" where it isn't read, or is part of the words
    remarks: tuple[str, ...]  # how much was removed, how long after it was listed, how many more

    def __str__(self) -> str:
        swap = " → ".join(text for text in (self.old, self.new) if text is not None)
        if swap and self.new is None:
            swap = f"− {swap}"
        elif swap and self.old is None:
            swap = f"+ {swap}"
        words = " ".join(filter(None, (self.place, swap, self.unit if swap else "")))
        return " · ".join(filter(None, (self.happened, words, *self.remarks)))


def headline(change: Change, translator: Translator) -> Headline:
    """Return what is said of `change` where there is room for one line."""
    removed = _removed(change)
    leading = None if removed >= _MUCH else min(change.edits, key=_rank, default=None)
    told = int(leading is not None)
    is_whole = change.kind not in (ChangeKind.PUBLISHED, ChangeKind.EDITED)
    happened = translator.term("kind", change.kind.value) if is_whole else ""
    remarks = []
    if removed >= _MUCH:
        told = sum(1 for edit in change.edits if _is_removal(edit))
        remarks.append(translator.phrase("headline.removed", count=removed))
    if change.kind is not ChangeKind.PUBLISHED and (age := _age(change, translator)):
        remarks.append(age)
    if more := len(change.edits) - told:
        remarks.append(translator.phrase("headline.more", count=more))
    if leading is not None and leading.op is Op.MOVE:  # the same words, in another place
        words = _cut(leading.old or leading.new)
        remarks.insert(0, f"{translator.term('op', 'move')} {words}")
        leading = None
    if leading is None:
        return Headline(happened, "", None, None, "", tuple(remarks))
    place = "" if leading.field == "body" else translator.term("field", leading.field)
    old, new = _cut_swap(leading.old, leading.new)
    return Headline(happened, place, old, new, _unit(leading), tuple(remarks))


def _rank(edit: Edit) -> tuple[int, bool]:
    return _RANKS[edit.category], edit.op is Op.MOVE


def _is_removal(edit: Edit) -> bool:
    return edit.op is Op.DELETE and edit.field == "body"


def _removed(change: Change) -> int:
    """Return how many characters of the text were removed without another in their place."""
    return sum(len(edit.old or "") for edit in change.edits if _is_removal(edit))


def _age(change: Change, translator: Translator) -> str | None:
    """Return how long after the directory's date a change happened; None: it can't be said.

    Both bounds of when it happened must be of the same age.
    """
    bounds = change.window.after, change.window.before
    first, last = (_age_at(at, change.letter.listed_on, translator) for at in bounds)
    return first if first == last else None


def _age_at(at: datetime | None, listed_on: date | None, translator: Translator) -> str | None:
    if at is None or listed_on is None:
        return None
    days = (at.astimezone(translator.zone).date() - listed_on).days
    for unit, least, length in _AGES:
        if days >= least:
            return translator.phrase(f"headline.{unit}", count=days // length)
    return translator.phrase("headline.today") if days == 0 else None


def _unit(edit: Edit) -> str:
    """Return what stands behind a changed figure, where it counts something."""
    quote = quote_context(edit)
    if edit.category is not Category.FIGURE or not quote.words:
        return ""
    unit = _UNIT.match(quote.after)
    if unit is None or _GOES_ON.search(quote.after[max(unit.end() - 1, 0) : unit.end() + 1]):
        return ""
    return unit.group()


def _cut_swap(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Return both words, cut; where they would read alike, from where they differ on."""
    cut = _cut(old), _cut(new)
    if old is None or new is None or old == new or cut[0] != cut[1]:
        return cut
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(alike - _LEAD, 0)
    return _cut(f"…{old[start:]}"), _cut(f"…{new[start:]}")


def _cut(text: str | None) -> str | None:
    return f"{text[:_ROOM]}…" if text and len(text) > _ROOM else text
