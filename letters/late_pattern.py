"""Regular expressions that few pages need: each is compiled when it is first asked for."""

import re
from collections.abc import Callable
from functools import cache

LatePattern = Callable[[], re.Pattern[str]]

_patterns: list[LatePattern] = []


def late_pattern(form: str, flags: int = 0) -> LatePattern:
    """Return a function that returns the pattern of `form`: its compilation takes milliseconds.

    >>> digits = late_pattern(r"[0-9]+")
    >>> digits().search("第28号")[0]
    '28'
    """

    @cache
    def pattern() -> re.Pattern[str]:
        return re.compile(form, flags)

    _patterns.append(pattern)
    return pattern


def compile_late_patterns() -> None:
    """Compile those of all modules that are imported, for processes forked from this one."""
    for pattern in _patterns:
        pattern()
