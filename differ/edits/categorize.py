"""Decides what kind of words a change touched: rules from the surest to the vaguest.

The order of the rules is the order of `_by_words`: a contact, a figure, words of a cited title,
a bound, the date of a promise, a date, a person, a body or place, a promise, else wording.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from differ.edits.bounds import effect_of_bound, turns_bound, turns_nearness
from differ.edits.changed_span import ChangedSpan, SaidTokens
from differ.edits.layout import is_layout
from differ.edits.list_numbers import counts_item
from differ.edits.promises import (
    effect_of_clause,
    effect_of_date,
    effect_of_deadline,
    effect_of_time,
    effect_of_words,
    effect_on_plan,
    is_firm,
    is_promise,
    says_plan,
    says_when,
)
from differ.lexicon.vocabulary import is_place
from differ.tokens.contact_patterns import is_contact, is_contact_person
from differ.tokens.person_patterns import is_person
from differ.tokens.token import TokenKind
from letters.change import Category
from letters.fields import LETTER_FIELDS, Trait

CategoryDetail = tuple[Category, str | None]  # the detail is of a commitment

_CLAUSE = 8  # code points from which on words that come or go say something of their own
_SHORTEST_CLAUSE = 5  # code points, its mark too
_AFTER_DATE = 8  # code points after a date that say what is due by it
_SENTENCE_ENDS = "。！？；"
_CLAUSE_ENDS = "，,；;。"
_CONTACT_COLUMN = re.compile("电话|手机|传真|邮编|邮箱|联系方式|地址")
_RELATIVE_TIMES = ("今年", "明年", "去年", "上半年", "下半年")  # alone they only repeat when
_MEASURES = {TokenKind.NUMBER, TokenKind.RANGE, TokenKind.MAGNITUDE, TokenKind.UNIT}
_BY_FIELD = {each.name: each.category for each in LETTER_FIELDS if each.category}


def field_category(field: str) -> Category:
    """Return the category of an edit that changes the value of a letter field."""
    return _BY_FIELD.get(field, Category.WORDING)


def categorize(old: ChangedSpan, new: ChangedSpan, field: str = "body") -> CategoryDetail:
    """Return the category of a change, and the detail of a commitment."""
    if is_layout(old.text, new.text) or (counts_item(old) and counts_item(new)):
        return Category.PUNCTUATION, None
    if field != "body" and field in _BY_FIELD:
        return field_category(field), None
    if not old.text or not new.text:
        of_clause = _by_clause(new if new.text else old, gone=not new.text)
        if of_clause:
            return of_clause
    return _by_words(_WordChange(old, new))


def _by_clause(span: ChangedSpan, *, gone: bool) -> CategoryDetail | None:
    """Categorize a sentence or clause that came or went by whether it promises."""
    text = span.text
    if len(text) < _CLAUSE and text[-1] not in _SENTENCE_ENDS and not _is_short_clause(text):
        return None
    if span.is_name():
        return None
    promises, detail = effect_of_clause(text, span.section, gone=gone)
    if promises:
        return Category.COMMITMENT, detail
    is_whole = text[-1] in _SENTENCE_ENDS or span.sentence == text
    return (Category.WORDING, None) if is_whole else None


def _is_short_clause(text: str) -> bool:
    """Return whether few words are a clause that says something by itself: 拟明年开工，."""
    if len(text) < _SHORTEST_CLAUSE or not {text[0], text[-1]} & {*_CLAUSE_ENDS}:
        return False
    return says_plan(text) or is_firm(text)


@dataclass(frozen=True)
class _WordChange:
    """Both sides of a change, and what their tokens say."""

    old: ChangedSpan
    new: ChangedSpan

    @cached_property
    def old_tokens(self) -> SaidTokens:
        """What the tokens of the old side say."""
        return self.old.tokens()

    @cached_property
    def new_tokens(self) -> SaidTokens:
        """What the tokens of the new side say."""
        return self.new.tokens()

    @cached_property
    def kinds(self) -> set[TokenKind]:
        """The kinds of the tokens that are on one side alone."""
        return {kind for _, kind in self.old_tokens ^ self.new_tokens}

    @cached_property
    def present(self) -> list[ChangedSpan]:
        """The sides that are not empty."""
        return [span for span in (self.old, self.new) if span.text]

    @cached_property
    def counts_years(self) -> bool:
        """Whether only the years of 近三年 changed."""
        return all(span.counts_years() for span in self.present)

    @cached_property
    def is_promising(self) -> bool:
        """Whether the sentence of either side promises something."""
        return any(is_promise(span.sentence, span.section) for span in (self.old, self.new))


def _by_words(change: _WordChange) -> CategoryDetail:
    for touches, category in _SUREST:
        if touches(change):
            return category, None
    if turns_bound(change.old, change.new):
        if not change.is_promising:
            return Category.FIGURE, None
        return Category.COMMITMENT, effect_of_bound(change.old, change.new)
    if change.is_promising and (moved := _moved_date(change)):
        return Category.COMMITMENT, moved
    if _touches_date(change):
        return Category.DATE, None
    return _by_name(change) or _by_promise(change)


def _touches_contact(change: _WordChange) -> bool:
    if TokenKind.CONTACT in change.kinds:
        return True
    return TokenKind.DATE not in change.kinds and all(map(_is_contact, change.present))


def _is_contact(span: ChangedSpan) -> bool:
    if _CONTACT_COLUMN.search(span.column_head):
        return True
    return is_contact(span.body.text, span.start, span.end, span.block)


def _touches_figure(change: _WordChange) -> bool:
    """Return whether a number that counts or measures changed, or how near it is."""
    if turns_nearness(change.old, change.new):
        return True
    if not change.kinds & _MEASURES or change.counts_years:
        return False
    counts_blocks = all(span.counts_block() for span in change.present)
    return not (counts_blocks or _is_article(change) or _is_due_or_name(change))


def _is_article(change: _WordChange) -> bool:
    """Return whether the only number is 一 where the other side has none: 一个 → 这个."""
    one, other = _numbers(change.old_tokens), _numbers(change.new_tokens)
    both_sides = bool(change.old_tokens and change.new_tokens)
    return both_sides and not (one and other) and one | other == {"一"}


def _numbers(said: SaidTokens) -> set[str]:
    return {text for text, kind in said if kind in _MEASURES}


def _is_due_or_name(change: _WordChange) -> bool:
    """Return whether numbers say by when, where one side has none, or are in a name.

    So 尽快 → 争取三年内 and 大地家园 → 21世纪家园 change no figure.
    """
    if len(change.present) == 1:
        return False
    old, new = change.old, change.new
    has_both = _numbers(change.old_tokens) and _numbers(change.new_tokens)
    is_due = not has_both and says_when(old.text) and says_when(new.text)
    return is_due or old.is_name() or new.is_name()


def _touches_title(change: _WordChange) -> bool:
    """Return whether words of a 《title》 or a document's number changed."""
    return change.old.is_cited() or change.new.is_cited() or TokenKind.CITED in change.kinds


_SUREST = (
    (_touches_contact, Category.CONTACT),
    (_touches_figure, Category.FIGURE),
    (_touches_title, Category.TITLE),
)


def _moved_date(change: _WordChange) -> str | None:
    """Return what became of the time of a promise: it moved, came or went, or 适时 → 力争明年."""
    old, new = change.old, change.new
    if not old.text or not new.text:
        is_day = TokenKind.DATE in change.kinds
        return effect_of_deadline(old.text, new.text) if is_day else None
    after = new.body.text[new.end : new.end + _AFTER_DATE]
    moved = effect_of_date(old.text, new.text, after)
    is_timed = change.kinds & {TokenKind.DATE, *_MEASURES}
    return effect_of_time(old.text, new.text) if is_timed and not moved else moved


def _touches_date(change: _WordChange) -> bool:
    present = change.present
    only_repeats = len(present) == 1 and present[0].text in _RELATIVE_TIMES
    return change.counts_years or (TokenKind.DATE in change.kinds and not only_repeats)


def _by_name(change: _WordChange) -> CategoryDetail | None:
    if _touches_person(change):
        is_asked = all(map(_is_contact_person, change.present))
        return (Category.CONTACT if is_asked else Category.NAME), None
    if TokenKind.BODY in change.kinds:
        return Category.ORGANISATION, None
    if TokenKind.PLACE in change.kinds or any(is_place(span.text) for span in change.present):
        return Category.NAME, None
    return None


def _touches_person(change: _WordChange) -> bool:
    if TokenKind.PERSON in change.kinds or _is_in_fields(change):
        return True
    return any(is_person(span.body.text, span.start, span.end) for span in change.present)


def _is_contact_person(span: ChangedSpan) -> bool:
    is_behind_label = is_contact_person(span.body.text, span.start, span.block[0])
    return is_behind_label or span.column_head.endswith("联系人")


def _is_in_fields(change: _WordChange) -> bool:
    """Return whether a side is a person that a field of either letter names."""
    letters = change.old.body.letter, change.new.body.letter
    named = {name for letter in letters for name in letter.values_with(Trait.PERSONS)}
    return bool({change.old.text, change.new.text} & named)


def _by_promise(change: _WordChange) -> CategoryDetail:
    old, new = change.old, change.new
    detail = effect_of_words(old.text, new.text, promising=change.is_promising)
    detail = detail or effect_on_plan(old.clause, new.clause)
    return (Category.COMMITMENT, detail) if detail else (Category.WORDING, None)
