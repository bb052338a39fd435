"""Years, months and sessions that a script has in an array or an object, or writes in a loop."""

import re
from collections.abc import Iterator

from crawler.directory.directory_parts import Part, is_like, part_of

_TEXT = re.compile(r"[\"']([^\"'<>\n]{2,24})[\"']|>([^<>\"'\n]{2,24})<")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
_YEARS = re.compile(
    r"(?:year|nian|nd)\w*[\"']?\s*[:=]\s*\[([\"'\s]*(?:19|20)\d\d[\"'\s]*(?:,[\"'\s]*(?:19|20)\d\d[\"'\s]*)+)\]",
    re.IGNORECASE,
)
# A year and a month that are two numbers of one object.
_PAIRED = re.compile(
    r"\b(?:year|y|nian)[\"']?\s*[:=]\s*[\"']?((?:19|20)\d\d)[\"']?\s*,\s*"
    r"[\"']?(?:month|mon|m|yue)[\"']?\s*[:=]\s*[\"']?(0?[1-9]|1[0-2])(?!\d)",
    re.IGNORECASE,
)
# A calendar names all months, and offers none of them.
_CALENDAR = re.compile(
    r"month_?(?:names|short)|months_?short|day_?names|datepicker", re.IGNORECASE
)
# '月</a>': what a loop over the months writes.
_WRITTEN = re.compile(r"[\"'`}]\s*月份?\s*</(?:a|li|option|span|button|td|dd|b|em)>")
_LOOP = re.compile(r"\b(?:for|while)\s*\(|\.(?:forEach|map|each)\(")
# A quick test: one of these is in all that names parts.
_MAY_NAME = re.compile(
    r"[月届]|(?:19|20)\d\d年|[\"'](?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])[\"']|(?i:year|nian)\w*[\"']?\s*[:=]"
)
_SEVERAL = 2  # of one kind, from which on they are a menu
_ALL = tuple(f"{number}月" for number in range(1, 13))


def parts_in_scripts(script: str) -> Iterator[Part]:
    """Yield the parts of a directory of which a script has the names, several of a kind.

    Of plain numbers those in an array that is called for years, or written as 202206.
    """
    if not _MAY_NAME.search(script) or _CALENDAR.search(script):
        return
    named = [part for part in map(_part_in, _TEXT.finditer(script)) if part]
    named += [f"{year}-{int(month):02}" for year, month in _PAIRED.findall(script)]
    for part in named:
        if len({each for each in named if is_like(part, each)}) >= _SEVERAL:
            yield part
    for years in _YEARS.finditer(script):
        yield from map(int, re.findall(r"\d{4}", years[1]))
    if _WRITTEN.search(script) and _LOOP.search(script):
        yield from _ALL


def _part_in(text: re.Match[str]) -> Part | None:
    """Return the part that a script's text names; a bare year may be of anything."""
    words = text[1] or text[2]
    if compact := _COMPACT.fullmatch(words):
        return f"{compact[1]}-{compact[2]}"
    return None if words.isdecimal() else part_of(words.strip())
