"""The parts of a directory that have lists of their own: by year, or by session (届次)."""

import re
from collections.abc import Iterable

from letters.addresses import DirectoryRow
from letters.text import squashed

_COUNT = "[一二三四五六七八九十百〇零0-9]{1,5}"
_YEAR = re.compile(
    r"[\[［(（]?((?:19|20)\d\d)年?度?(?:提案|建议|议案|答复|复函|办理|公开)*[\]］)）]?"
)
_SESSION = (
    rf"第?(?P<term>{_COUNT})届[^\d届次会一二三四五六七八九十第]{{0,12}}第?(?P<sitting>{_COUNT})次"
)
_SESSION_WORDS = re.compile(
    rf"[\[［(（]?[^\d届，。]{{0,8}}?{_SESSION}(?:全体)?(?:会议|全会|大会)?"
    r"(?:的|提案|建议|议案|答复|复函|办理|公开|情况)*[\]］)）]?"
)
_IN_TITLE = re.compile(_SESSION)

Part = int | str  # a year, or a session: 2023, 六届二次


def year_of(words: str) -> int | None:
    """Return the year that a link's words are, or None.

    >>> year_of("2023年提案答复"), year_of("第2023号")
    (2023, None)
    """
    year = _YEAR.fullmatch(words)
    return int(year[1]) if year else None


def part_of(words: str) -> Part | None:
    """Return the year or the session that a link's words are, or None.

    >>> part_of("市政协第六届第二次会议提案"), part_of("六届二次会议第12号提案")
    ('六届二次', None)
    """
    session = _SESSION_WORDS.fullmatch(words)
    return f"{session['term']}届{session['sitting']}次" if session else year_of(words)


def listed_parts(rows: Iterable[DirectoryRow]) -> set[Part]:
    """Return the years and the sessions of which rows are listed, by their dates and titles."""
    parts: set[Part] = set()
    for row in rows:
        if row.listed_on is not None:
            parts.add(row.listed_on.year)
        for session in _IN_TITLE.finditer(squashed(row.title)):
            parts.add(f"{session['term']}届{session['sitting']}次")
    return parts
