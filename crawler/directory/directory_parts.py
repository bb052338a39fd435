"""The parts of a directory that have lists of their own: by year, month, or session (届次)."""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from letters.addresses import DirectoryRow
from letters.text import squashed

_COUNT = "[一二三四五六七八九十百〇零0-9]{1,5}"
_YEAR = re.compile(
    r"[\[［(（]?((?:19|20)\d\d)年?度?(?:提案|建议|议案|答复|复函|办理|公开)*[\]］)）]?"
)
_MONTH = re.compile(
    r"[\[［(（]?((?:19|20)\d\d)(?:年|[-/.])(0?[1-9]|1[0-2])月?份?(?:[(（]\d{1,5}[篇条件]?[)）])?[\]］)）]?"
)
_MONTH_OF_ANY_YEAR = re.compile(
    r"(0?[1-9]|1[0-2]|[一二三四五六七八九]|十[一二]?)月份?(?:[(（]\d{1,5}[篇条件]?[)）])?"
)
# A quarter or a half, of its year where that is said: 2023年第四季度, 二季度, 2023年下半年.
_PERIOD = re.compile(r"((?:(?:19|20)\d\d年)?)度?(?:第?([一二三四1-4])季度?|([上下]半年)度?)")
_MONTHS = "一二三四五六七八九十"
_SESSION = (
    rf"第?(?P<term>{_COUNT})届[^\d届次会一二三四五六七八九十第]{{0,12}}第?(?P<sitting>{_COUNT})次"
)
_SESSION_WORDS = re.compile(
    rf"[\[［(（]?[^\d届，。]{{0,8}}?{_SESSION}(?:全体)?(?:会议|全会|大会)?"
    r"(?:的|提案|建议|议案|答复|复函|办理|公开|情况)*[\]］)）]?"
)
_NUMBERS = "一二三四1234"
_HALF = 6  # months
_IN_TITLE = re.compile(_SESSION)

_WITHIN_YEAR = re.compile(r"\d{4}-\d\d|(?:\d{4}(年))?(?:\d+(月|季度)|[上下](半年))")

Part = (
    int | str
)  # a year, or a month, a quarter or a session: 2023, 2023-06, 6月, 2季度, 2023年下半年, 六届二次


def year_of(words: str) -> int | None:
    """Return the year that a link's words are, or None.

    >>> year_of("2023年提案答复"), year_of("第2023号")
    (2023, None)
    """
    year = _YEAR.fullmatch(words)
    return int(year[1]) if year else None


def part_of(words: str) -> Part | None:
    """Return the year, the month, the quarter or the session that a link's words are, or None.

    >>> part_of("市政协第六届第二次会议提案"), part_of("六届二次会议第12号提案")
    ('六届二次', None)
    >>> part_of("2023年06月"), part_of("6月(12)"), part_of("第二季度"), part_of("2023年二季度")
    ('2023-06', '6月', '2季度', '2023年2季度')
    """
    if session := _SESSION_WORDS.fullmatch(words):
        return f"{session['term']}届{session['sitting']}次"
    if month := _MONTH.fullmatch(words):
        return f"{month[1]}-{int(month[2]):02}"
    if month := _MONTH_OF_ANY_YEAR.fullmatch(words):
        return f"{_month_number(month[1])}月"
    if period := _PERIOD.fullmatch(words):
        return period[1] + (period[3] or f"{_NUMBERS.find(period[2]) % 4 + 1}季度")
    return year_of(words)


def is_of_any_year(part: Part) -> bool:
    """Return whether a part is a month or a quarter without its year: each year has it."""
    within = part.endswith(("月", "季度", "半年")) if isinstance(part, str) else False
    return within and year_of(str(part)[:4]) is None


def _month_number(words: str) -> int:
    """Return the number that a month is called: 06, 十一."""
    return int(words) if words.isdecimal() else sum(_MONTHS.index(each) + 1 for each in words)


def listed_parts(rows: Iterable[DirectoryRow]) -> set[Part]:
    """Return the parts of which rows are listed, by the dates and titles of these."""
    parts: set[Part] = set()
    for row in rows:
        if (listed := row.listed_on) is not None:
            quarter = f"{(listed.month + 2) // 3}季度"
            half = f"{'上' if listed.month <= _HALF else '下'}半年"
            parts |= {listed.year, f"{listed:%Y-%m}", f"{listed.month}月", quarter, half}
            parts |= {f"{listed.year}年{each}" for each in (quarter, half)}
        for session in _IN_TITLE.finditer(squashed(row.title)):
            parts.add(f"{session['term']}届{session['sitting']}次")
    return parts


def unlisted_of(parts: Iterable[Part], listed: AbstractSet[Part]) -> frozenset[Part]:
    """Return which of a directory's parts are not listed.

    A month or quarter is missing only where all rows are of one: else the list is of all months,
    and the others are those in which nothing was published. Nor is it where its year is a part.
    """
    parts = frozenset(parts)
    kinds = Counter(_kind_of(part) for part in listed)
    years = {str(part) for part in parts if isinstance(part, int)}
    missing = (part for part in parts - listed if isinstance(part, int) or part[:4] not in years)
    return frozenset(part for part in missing if not _kind_of(part) or kinds[_kind_of(part)] == 1)


def is_of_others(part: Part, rows: Iterable[DirectoryRow]) -> bool:
    """Return whether rows are of parts of that kind, and none of them is of that part."""
    listed = listed_parts(rows)
    return part not in listed and any(is_like(part, each) for each in listed)


def is_like(part: Part, other: Part) -> bool:
    """Return whether both are years, both months, both sessions …, with or without a year."""
    return type(part) is type(other) and _kind_of(part) == _kind_of(other)


def _kind_of(part: Part) -> str | None:
    """Return what a part within a year is called; None for a year or a session."""
    within = _WITHIN_YEAR.fullmatch(str(part))
    return "".join(filter(None, within.groups())) or "年月" if within else None
