"""Regular expressions as tables: one alternative a line, each with an example that it matches."""

from collections.abc import Iterable
from typing import NamedTuple


class Alternative(NamedTuple):
    """One of the ways in which something is written."""

    pattern: str
    example: str  # what the pattern matches is between two bars: 由|市交通局|牵头


def plain_words(words: str) -> tuple[Alternative, ...]:
    """Return an alternative for each word of `words`, which blanks part.

    >>> plain_words("务必 确保")[1]
    Alternative(pattern='确保', example='|确保|')
    """
    return tuple(Alternative(word, f"|{word}|") for word in words.split())


def one_of(alternatives: Iterable[Alternative]) -> str:
    """Return one pattern of all alternatives, of which the first that matches counts.

    >>> one_of(plain_words("务必 确保"))
    '务必|确保'
    """
    return "|".join(each.pattern for each in alternatives)
