"""Widens a spot to what is told as one: a figure with its unit, 将 with its hedge, 〔2022〕3号."""

from differ.lexicon.vocabulary import HEDGES
from differ.tokens.tokenizer import Shape, Token

Spot = tuple[int, int, int, int]  # token indexes: old start, old end, new start, new end


def within(one: list[Token], other: list[Token], spot: Spot) -> list[Token]:
    """Return the tokens of a spot, those of both sides."""
    return [*one[spot[0] : spot[1]], *other[spot[2] : spot[3]]]


def widened(one: list[Token], other: list[Token], spot: Spot) -> Spot:
    """Take in the number whose unit changed, the 将 before a hedge, both numbers of a list."""
    a, b, c, d = spot
    changed = within(one, other, spot)
    while a and c and _is_measure(changed[0]) and one[a - 1].shape in _MEASURES:
        a, c = a - 1, c - 1
        changed = within(one, other, (a, b, c, d))
    if (
        a
        and c
        and one[a - 1].text == "将"
        and (a == b or c == d)
        and any(
            "".join(token.text for token in side).startswith(HEDGES)
            for side in (one[a:b], other[c:d])
        )
    ):
        a, c = a - 1, c - 1
    if _is_issued(changed) and _is_cited(one, b) and _is_cited(other, d):
        b, d = b + 1, d + 1
    return _number_list(one, other, (a, b, c, d))


def _is_issued(changed: list[Token]) -> bool:
    """Tell whether what a document's number opens with changed, up to its 〔2022〕."""
    return bool(changed) and all(token.shape is Shape.CITED for token in changed)


def _is_cited(side: list[Token], at: int) -> bool:
    return 0 < at < len(side) and side[at].shape is side[at - 1].shape is Shape.CITED


def parted(one: list[Token], other: list[Token], spot: Spot) -> list[Spot]:
    """Return a name that left or joined a list apart from the count behind it: 、北湾3 → 2."""
    a, b, c, d = spot
    if a < b and c < d and one[b - 1].shape is other[d - 1].shape is Shape.NUMBER:
        rest = within(one, other, (a, b - 1, c, d - 1))
        shapes = {token.shape for token in rest}
        if (b - a == 1 or d - c == 1) and shapes & _NAMES and shapes <= {Shape.MARK, *_NAMES}:
            return [(a, b - 1, c, d - 1), (b - 1, b, d - 1, d)]
    return [spot]


_NAMES = {Shape.BODY, Shape.PLACE, Shape.PERSON}
_MEASURES = {Shape.NUMBER, Shape.RANGE, Shape.MAGNITUDE}
_LISTING = {"、", "，", ","}


def _is_measure(token: Token) -> bool:
    return token.shape in {Shape.MAGNITUDE, Shape.UNIT}


def _number_list(one: list[Token], other: list[Token], spot: Spot) -> Spot:
    a, b, c, d = spot
    marks = {token.text for token in within(one, other, spot)}
    numbers = a > 0 and b < len(one) and one[a - 1].shape == one[b].shape == Shape.NUMBER
    if numbers and marks and marks <= _LISTING:
        return a - 1, b + 1, c - 1, d + 1
    return spot
