"""Ranges such as 3-5: one figure where an end changed, else told by what changed beside it."""

import re

from differ.tokens.number_patterns import NUMERAL, TO
from differ.tokens.tokenizer import Shape, Token, tokens

Ends = tuple[str, ...]

_TO = re.compile(TO)
_UNIT = re.compile(rf"[^\d.,{NUMERAL}百千两几]+$")


def with_ranges_apart(one: list[Token], other: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return the tokens; a range is cut where the other side prints the same ends otherwise.

    So 40—50亿元 → 40亿元—50亿元 is told as 40 → 40亿元, and 3—5 → 3-5 as the mark.
    """
    left, right = _ranges(one), _ranges(other)
    cut = {ends for ends in left.keys() & right.keys() if left[ends] != right[ends]}
    return (_cut(one, cut), _cut(other, cut)) if cut else (one, other)


def _ranges(side: list[Token]) -> dict[Ends, set[str]]:
    found: dict[Ends, set[str]] = {}
    for token in side:
        if _is_range(token):
            found.setdefault(_ends(token), set()).add(token.text)
    return found


def _is_range(token: Token) -> bool:
    """Return whether a token has two ends; 2018-5-18 has three parts, 5月3日-8日 two."""
    if token.shape is Shape.DATE:
        return token.text[-1] in "月日号" and _TO.search(token.text, 1) is not None
    return token.shape is Shape.RANGE


def _ends(token: Token) -> Ends:
    joint = _TO.search(token.text, 1)  # a sign may stand before the first end
    ends = (token.text[: joint.start()], token.text[joint.end() :]) if joint else (token.text,)
    return tuple(_UNIT.sub("", end) for end in ends)


def _cut(side: list[Token], cut: set[Ends]) -> list[Token]:
    told: list[Token] = []
    for token in side:
        told += _parts(token) if _is_range(token) and _ends(token) in cut else [token]
    return told


def _parts(token: Token) -> list[Token]:
    joint = _TO.search(token.text, 1)
    low, high = joint.span() if joint else (len(token.text),) * 2
    shape = Shape.CHAR if token.text[low:high].isalpha() else Shape.MARK
    between = Token(token.text[low:high], shape, low, high)
    found = (*tokens(token.text, 0, low), between, *tokens(token.text, high, len(token.text)))
    return [
        Token(each.text, each.shape, token.start + each.start, token.start + each.end)
        for each in found
        if each.text
    ]
