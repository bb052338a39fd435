"""Dates as Chinese official pages print them, and those that lost their 年月日."""

import re
from datetime import date, timedelta

# A letter is put online within four months of its signature; a page cannot be older than it.
SIGNED_AT_MOST_BEFORE = timedelta(days=120)

_ZEROS = "〇○◯零0０OＯo\u041e\u043e"  # what typists set for 〇; the last two are Cyrillic
_DIGITS = dict.fromkeys(_ZEROS, 0) | {char: n for n, char in enumerate("一二三四五六七八九", 1)}
# A day ends before no further digit, but where a date or the time follows it at once.
_NUMERIC = re.compile(
    r"(?<!\d)(\d{4})\s*(?:年|[-/.．－])\s*(\d{1,2})\s*(?:月|[-/.．－])\s*(\d{1,2})(?:\s*[日号]|(?!\d)|(?=\d{4}[-/.．年]|\d\d:))"
)
_CHINESE = re.compile(
    rf"([{_ZEROS}一二三四五六七八九]{{4}}) ?年 ?([一二三四五六七八九十]{{1,3}}) ?月"
    r" ?([一二三四五六七八九十]{1,3}) ?[日号]"
)
_MONTH = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月(?: 日)?"
    rf"|[{_ZEROS}一二三四五六七八九]{{4}} ?年 ?[一二三四五六七八九十]{{1,3}} ?月"
)
_BARE = re.compile(r"(?:19|20)\d{4,6}", re.ASCII)


def read_date(text: str) -> date | None:
    """Return the first full date in `text`, or None.

    >>> read_date("发布日期： 2022-06-17 10:11")
    datetime.date(2022, 6, 17)
    >>> read_date("二〇二二年六月十七日")
    datetime.date(2022, 6, 17)
    """
    if numeric := _NUMERIC.search(text):
        return _day(*map(int, numeric.groups()))
    if spelt := _CHINESE.search(text):
        year = int("".join(str(_DIGITS[char]) for char in spelt[1]))
        return _day(year, _spelt(spelt[2]), _spelt(spelt[3]))
    return None


def is_date_line(text: str) -> bool:
    """Return whether a line of a sign-off is its date, whole; it may leave out the day."""
    return any(form.fullmatch(text) for form in (_NUMERIC, _CHINESE, _MONTH))


def is_bare_date(text: str) -> bool:
    """Return whether a line can be a date that lost its 年月日; a postcode or a phone can't.

    >>> [is_bare_date(line) for line in ("202267", "401121", "67575783")]
    [True, False, False]
    """
    return bool(_BARE.fullmatch(text) and _splits(text))


def find_date(text: str) -> tuple[int, int] | None:
    """Return the place of the last full date in `text`, or None."""
    dates = [each for form in (_NUMERIC, _CHINESE) for each in form.finditer(text)]
    return max((each.span() for each in dates), default=None)


def read_signed_on(raw: str, published_on: date | None) -> date | None:
    """Return the day that a sign-off's date names; None when it cannot be read as one day.

    Digits that lost their 年月日 are read only where one split alone falls into the
    months before the page's own date.

    >>> read_signed_on("202267", date(2022, 6, 17))
    datetime.date(2022, 6, 7)
    >>> read_signed_on("2022111", date(2022, 7, 1)) is None
    True
    """
    if not _BARE.fullmatch(raw):
        return read_date(raw)
    if published_on is None:
        return None
    window = published_on - SIGNED_AT_MOST_BEFORE, published_on
    days = {day for day in _splits(raw) if window[0] <= day <= window[1]}
    return days.pop() if len(days) == 1 else None


def _splits(raw: str) -> list[date]:
    year, rest = int(raw[:4]), raw[4:]
    cuts = [re.fullmatch(form, rest) for form in (r"(\d)(\d\d?)", r"(\d\d)(\d\d?)")]
    days = [_day(year, int(cut[1]), int(cut[2])) for cut in cuts if cut]
    return [day for day in days if day]


def _spelt(number: str) -> int:
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.get(number, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the print holds no such day
        return None
