"""Expands a change to what belongs to it: a figure to its unit, 将 to its hedge, 〔2022〕3号."""

from differ.lexicon.vocabulary import HEDGES
from differ.tokens.token import Token, TokenKind

TokenChange = tuple[int, int, int, int]  # token indexes: old start, old end, new start, new end

_NAMES = {TokenKind.BODY, TokenKind.PLACE, TokenKind.PERSON}
_FIGURES = {TokenKind.NUMBER, TokenKind.RANGE, TokenKind.MAGNITUDE}
_MEASURES = {TokenKind.MAGNITUDE, TokenKind.UNIT}
_LIST_MARKS = {"、", "，", ","}


def tokens_of(one: list[Token], other: list[Token], change: TokenChange) -> list[Token]:
    """Return the tokens of a change, those of both sides."""
    return [*one[change[0] : change[1]], *other[change[2] : change[3]]]


def expanded(one: list[Token], other: list[Token], change: TokenChange) -> TokenChange:
    """Add the number whose unit changed, the 将 before a hedge, both numbers of a list."""
    change = _with_figures(one, other, change)
    change = _with_future(one, other, change)
    change = _with_document_number(one, other, change)
    return _with_listed_numbers(one, other, change)


def _with_figures(one: list[Token], other: list[Token], change: TokenChange) -> TokenChange:
    """Add the figure before a unit or magnitude that changed: 718.4亿 → 718.4万亿."""
    a, b, c, d = change
    while (
        a
        and c
        and tokens_of(one, other, (a, b, c, d))[0].kind in _MEASURES
        and one[a - 1].kind in _FIGURES
    ):
        a, c = a - 1, c - 1
    return a, b, c, d


def _with_future(one: list[Token], other: list[Token], change: TokenChange) -> TokenChange:
    """Add the 将 before a hedge that came or went: 将 → 将研究."""
    a, b, c, d = change
    if not (a and c and one[a - 1].text == "将" and (a == b or c == d)):
        return change
    sides = ("".join(token.text for token in side) for side in (one[a:b], other[c:d]))
    return (a - 1, b, c - 1, d) if any(side.startswith(HEDGES) for side in sides) else change


def _with_document_number(
    one: list[Token], other: list[Token], change: TokenChange
) -> TokenChange:
    """Add the 〔2022〕3号 behind an issuer's sign that changed."""
    a, b, c, d = change
    changed = tokens_of(one, other, change)
    is_sign = bool(changed) and all(token.kind is TokenKind.CITED for token in changed)
    if is_sign and _is_cited(one, b) and _is_cited(other, d):
        return a, b + 1, c, d + 1
    return change


def _is_cited(side: list[Token], at: int) -> bool:
    return 0 < at < len(side) and side[at].kind is side[at - 1].kind is TokenKind.CITED


def _with_listed_numbers(one: list[Token], other: list[Token], change: TokenChange) -> TokenChange:
    """Add both numbers whose mark changed: 3、5 → 3，5."""
    a, b, c, d = change
    marks = {token.text for token in tokens_of(one, other, change)}
    is_between = a > 0 and b < len(one) and one[a - 1].kind == one[b].kind == TokenKind.NUMBER
    if is_between and marks and marks <= _LIST_MARKS:
        return a - 1, b + 1, c - 1, d + 1
    return change


def split_from_count(
    one: list[Token], other: list[Token], change: TokenChange
) -> list[TokenChange]:
    """Return what left or joined a list apart from the count behind it: 、北湾3 → 2."""
    a, b, c, d = change
    if a < b and c < d and one[b - 1].kind is other[d - 1].kind is TokenKind.NUMBER:
        rest = tokens_of(one, other, (a, b - 1, c, d - 1))
        kinds = {token.kind for token in rest}
        is_named = kinds & _NAMES and kinds <= {TokenKind.MARK, *_NAMES}
        is_item = kinds == {TokenKind.MARK, TokenKind.CHAR} and rest[0].text in _LIST_MARKS
        if (b - a == 1 or d - c == 1) and (is_named or is_item):
            return [(a, b - 1, c, d - 1), (b - 1, b, d - 1, d)]
    return [change]
