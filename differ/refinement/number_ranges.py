"""Splits ranges such as 3-5: one figure where an end changed, else what changed beside it."""

import re
from collections.abc import Iterator

from differ.tokens.number_patterns import NUMERAL, TO
from differ.tokens.token import Token, TokenKind
from differ.tokens.tokenizer import tokens

Ends = tuple[str, ...]

_TO = re.compile(TO)
_UNIT = re.compile(rf"[^\d.,{NUMERAL}百千两几]+$")


def with_ranges_split(one: list[Token], other: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return the tokens; a range is cut where the other side prints the same ends otherwise.

    So 40—50亿元 → 40亿元—50亿元 is 40 → 40亿元, and 3—5 → 3-5 is the mark.
    """
    left, right = _spellings(one), _spellings(other)
    cut = {ends for ends in left.keys() & right.keys() if left[ends] != right[ends]}
    return (_cut(one, cut), _cut(other, cut)) if cut else (one, other)


def _spellings(side: list[Token]) -> dict[Ends, set[str]]:
    """Return how each range is printed, by its ends."""
    spellings: dict[Ends, set[str]] = {}
    for token in side:
        if _is_range(token):
            spellings.setdefault(_ends(token), set()).add(token.text)
    return spellings


def _is_range(token: Token) -> bool:
    """Return whether a token has two ends; 2018-5-18 has three parts, 5月3日-8日 two."""
    if token.kind is TokenKind.DATE:
        return token.text[-1] in "月日号" and _TO.search(token.text, 1) is not None
    return token.kind is TokenKind.RANGE


def _ends(token: Token) -> Ends:
    joint = _TO.search(token.text, 1)  # a sign may be before the first end
    ends = (token.text[: joint.start()], token.text[joint.end() :]) if joint else (token.text,)
    return tuple(_UNIT.sub("", end) for end in ends)


def _cut(side: list[Token], cut: set[Ends]) -> list[Token]:
    result: list[Token] = []
    for token in side:
        result += _parts(token) if _is_range(token) and _ends(token) in cut else [token]
    return result


def _parts(token: Token) -> Iterator[Token]:
    """Yield the tokens of both ends and what is between them."""
    joint = _TO.search(token.text, 1)
    low, high = joint.span() if joint else (len(token.text),) * 2
    kind = TokenKind.CHAR if token.text[low:high].isalpha() else TokenKind.MARK
    between = Token(token.text[low:high], kind, low, high)
    parts = (*tokens(token.text, 0, low), between, *tokens(token.text, high, len(token.text)))
    for part in parts:
        if part.text:
            start, end = token.start + part.start, token.start + part.end
            yield Token(part.text, part.kind, start, end)
