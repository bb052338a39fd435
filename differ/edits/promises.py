"""Promises: whether a sentence makes one, and what an edit did to it."""

import re
from calendar import monthrange

from differ.edits.promise_patterns import (
    FIRMEST,
    IS_CONDITION,
    IS_DELAY,
    IS_DUE,
    IS_FIRM,
    IS_FUTURE,
    IS_NEGATION,
    IS_PAST,
    IS_PLAN_HEADING,
    IS_PLANNED,
    IS_REFUSED,
    IS_RESERVATION,
    IS_SURE_FUTURE,
    IS_TIME,
    PLAIN_FUTURE,
)

WEAKENED, STRENGTHENED = "weakened", "strengthened"
POSTPONED, ADVANCED = "postponed", "advanced"
CONDITIONED, DROPPED, ADDED = "conditioned", "dropped", "added"

_DATE = re.compile(r"(\d{4})年?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_YEARS_IN_WORDS = {"明年": 1, "后年": 2}
# Quarters of a year by whose end something is due; a year without any ends with the last.
_PARTS_OF_YEAR = {"立即": 0, "本月": 0, "月底": 0, "一季度": 1, "二季度": 2, "上半年": 2} | {
    **dict.fromkeys(("四季度", "下半年", "年内", "年底", "今年"), 4),
    "三季度": 3,
}
_TERMS = ("近期", "中期", "远期")
_MONTHS = 12
_DONE = re.compile("业?已经?")
_DEADLINE = re.compile(
    r"[^，。；]*[年月日天度周底][^，。；]{0,2}(?:[前内底]|之前|以前|之内|以内)[，,]?"
)


def is_promise(sentence: str, section: tuple[str, ...] = ()) -> bool:
    """Return whether a sentence says what the body will do.

    >>> is_promise("2025年底前将建成5个停车场。"), is_promise("2021年建成5个停车场。")
    (True, False)
    """
    if IS_PAST.search(sentence) and not IS_SURE_FUTURE.search(sentence):
        return False
    if IS_FUTURE.search(sentence):
        return True
    return any(IS_PLAN_HEADING.search(heading) for heading in section)


def says_plan(text: str) -> bool:
    """Return whether words say of something that it is planned, or that it is not."""
    return bool(IS_PLANNED.search(text) or IS_REFUSED.search(text))


def is_firm(text: str) -> bool:
    """Return whether words say how firmly something is promised: 将, 尽快; a time does not."""
    return _firmness(text) is not None


def says_when(text: str) -> bool:
    """Return whether words say by when something is due, or how firmly it is promised."""
    return bool(IS_TIME.search(text)) or is_firm(text)


def effect_of_clause(
    text: str, section: tuple[str, ...], *, gone: bool
) -> tuple[bool, str | None]:
    """Return whether a clause that came or went says what will be done, and what that did.

    Where it says that nothing will, its going promises nothing: then there is no detail.

    >>> effect_of_clause("已纳入工作计划，", (), gone=True)
    (True, 'dropped')
    >>> effect_of_clause("没有修建计划，", (), gone=True)
    (True, None)
    """
    if IS_REFUSED.search(text):
        return True, None if gone else DROPPED
    if IS_PLANNED.search(text) or is_promise(text, section):
        return True, DROPPED if gone else ADDED
    return False, None


def effect_on_plan(old: str, new: str) -> str | None:
    """Return what became of a plan where the clause around a change spoke of one.

    >>> effect_on_plan("该路段已纳入计划", "该路段没有计划")
    'dropped'
    """
    refused = [bool(IS_REFUSED.search(text)) for text in (old, new)]
    if refused == [False, True] and IS_PLANNED.search(old):
        return DROPPED
    return ADDED if refused == [True, False] and IS_PLANNED.search(new) else None


def effect_of_time(old: str, new: str) -> str | None:
    """Return what a time that replaced words of firmness did, or the other way round.

    A time by itself is as firm as the firmest words.

    >>> effect_of_time("适时", "力争明年"), effect_of_time("年底前", "明年")
    ('strengthened', None)
    """
    one, other = _firmness(old), _firmness(new)
    if (one is None and other is None) or not (says_when(old) and says_when(new)):
        return None
    return _compared(FIRMEST if one is None else one, FIRMEST if other is None else other)


def effect_of_words(old: str, new: str, *, promising: bool) -> str | None:
    """Return what a replacement of words did to a promise; None: nothing."""
    if _came(IS_RESERVATION, old, new) or _came(IS_CONDITION, old, new):
        return CONDITIONED if promising or IS_RESERVATION.search(new) else None
    if promising and _came(IS_NEGATION, old, new):
        return DROPPED
    if _DONE.fullmatch(old) and is_firm(new):
        return WEAKENED
    if is_firm(old) and _DONE.fullmatch(new):
        return STRENGTHENED
    if _came(IS_DELAY, old, new):
        return POSTPONED
    return _effect_of_firmness(old, new, promising=promising)


def _came(words: re.Pattern[str], old: str, new: str) -> bool:
    return bool(words.search(new)) and not words.search(old)


def _effect_of_firmness(old: str, new: str, *, promising: bool) -> str | None:
    """Return what firmer or weaker words did; where no promise is made only extremes count."""
    one, other = _firmness(old), _firmness(new)
    if one is None and other is None:
        return STRENGTHENED if promising and _is_lifted(old, new) else None
    if promising:
        plain = PLAIN_FUTURE
        return _compared(plain if one is None else one, plain if other is None else other)
    return _compared(one, other) if {0, FIRMEST} & {one, other} else None


def _is_lifted(old: str, new: str) -> bool:
    """Return whether a condition or a negation went."""
    return any(_came(words, new, old) for words in (IS_CONDITION, IS_RESERVATION, IS_NEGATION))


def _compared(one: int | None, other: int | None) -> str | None:
    if one is None or other is None or one == other:
        return None
    return WEAKENED if other < one else STRENGTHENED


def _firmness(text: str) -> int | None:
    """Return how firmly `text` promises, by its weakest word; None: it says nothing of it."""
    firmness = [degree for degree, words in IS_FIRM.items() if words.search(text)]
    return min(firmness, default=None)


def effect_of_date(old: str, new: str, after: str) -> str | None:
    """Return whether a date that a promise is due by was moved; `after` follows the new date."""
    one, other = _when(old), _when(new)
    if one is None or other is None or len(one) != len(other) or one == other:
        return None
    if not IS_DUE.match(after):
        return None
    return POSTPONED if other > one else ADVANCED


def effect_of_deadline(old: str, new: str) -> str | None:
    """Return what the time did by which a promise is due, where it came or went by itself.

    >>> effect_of_deadline("于2024年6月底前", ""), effect_of_deadline("2024年6月", "")
    ('weakened', None)
    """
    if not _DEADLINE.fullmatch(old or new):
        return None
    return WEAKENED if old else STRENGTHENED


def _when(text: str) -> tuple[int, ...] | None:
    """Return a key that orders times by when they end: 2024年 with its last day.

    Keys of different kinds have different lengths: 2025年 and 明年 are not compared.
    """
    if date := _DATE.search(text):
        year, month, day = (int(part or 0) for part in date.groups())
        month = month or _MONTHS * (_quarter(text) or 4) // 4
        return year, month, day or _days_of(year, month)
    terms = [number for number, word in enumerate(_TERMS) if word in text]
    if terms:
        return tuple(terms[:1])
    years = next((n for word, n in _YEARS_IN_WORDS.items() if word in text), 0)
    quarter = _quarter(text)
    if quarter is None and not years:
        return None
    return years, 4 if quarter is None else quarter


def _quarter(text: str) -> int | None:
    return next((n for word, n in _PARTS_OF_YEAR.items() if word in text), None)


def _days_of(year: int, month: int) -> int:
    return monthrange(year, month)[1] if 1 <= month <= _MONTHS else 0
