"""Lines that say when the reader came: a template writes them anew for each visit."""

import re

from letters.text import HAN

_LABEL = r"(?:今天是|当前(?:日期|时间)|现在是|(?:访问|打印|页面生成)时间)[：:]?\s*"
_DATE = r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?"
_WEEKDAY = r"[，, ]*(?:星期|周)[一二三四五六日天]"
_TIME_AND_WEATHER = (
    r"(?:[ T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    rf"(?:\s*[{HAN}]{{1,6}}\s*-?\d+\s*[~～至-]\s*-?\d+\s*℃)?"
)
_NOW = re.compile(rf"{_LABEL}{_DATE}(?:{_WEEKDAY})?{_TIME_AND_WEATHER}")
_DAY = re.compile(f"{_DATE}{_WEEKDAY}{_TIME_AND_WEATHER}")
_SPEAKS_OF_NOW = re.compile(_LABEL)


def says_now(line: str) -> bool:
    """Return whether a line says that a date is that of the visit.

    >>> says_now("今天是2026年11月24日 星期二 晴 12～18℃"), says_now("截至今天是2026年11月24日")
    (True, False)
    """
    return _NOW.fullmatch(line) is not None


def speaks_of_now(text: str) -> bool:
    """Return whether a line of `text` may say that a date is that of the visit."""
    return _SPEAKS_OF_NOW.search(text) is not None


def is_day(line: str) -> bool:
    """Return whether a line is a date with its weekday, such as templates print."""
    return _DAY.fullmatch(line) is not None
