"""Finds what differs inside two sentences that belong together: whole tokens, whole words."""

import re
from collections.abc import Iterator, Sequence

from differ.alignment.matching import Match, gaps, is_bounded, matches
from differ.body_text import BodyText, OffsetPair, Offsets
from differ.refinement.number_ranges import with_ranges_split
from differ.refinement.token_changes import token_changes
from differ.refinement.token_expansion import TokenChange
from differ.refinement.whole_names import names_of, whole_spans
from differ.refinement.word_boundaries import at_word_boundaries
from differ.tokens.token import Token, TokenKind
from differ.tokens.tokenizer import tokens

_LONG = 3_000  # code points; only so much around the changes of a longer sentence is read
_AROUND = 200
_SAME_SENTENCE = 0.35  # of the shorter one's tokens must stay, else the sentence is one change
_SHORT = 12  # code points; so short a text is always compared by its tokens
_MOST_CELLS = 25_000_000  # pairs of tokens, beyond which a range is one change

_MARK = re.compile(r"[^\w\s]")
_DIGIT = re.compile(r"\d")
_CLAUSE_MARKS = "，。；：！？"


def refine(old: BodyText, new: BodyText, a: Offsets, b: Offsets) -> list[OffsetPair]:
    """Return what differs between two ranges, in order."""
    head, tail = _common_clauses(old.text[slice(*a)], new.text[slice(*b)])
    a_inner, b_inner = (a[0] + head, a[1] - tail), (b[0] + head, b[1] - tail)
    names = names_of(old, new, a_inner, b_inner)
    one, other = with_ranges_split(_tokens(old, a_inner, names), _tokens(new, b_inner, names))
    left, right = [token.text for token in one], [token.text for token in other]
    if not is_bounded(left, right) and len(left) * len(right) > _MOST_CELLS:
        return [(a, b)]
    kept = matches(left, right)
    longest = max(a[1] - a[0], b[1] - b[0])
    if longest > _SHORT and _is_rewritten(kept, min(len(left), len(right)), head + tail):
        return [(a, b)]
    changes = [
        _offsets(one, other, change, (a_inner[1], b_inner[1]))
        for change in token_changes(one, other, kept)
    ]
    parts = [part for change in changes for part in _marks_apart(old.text, new.text, change)]
    return at_word_boundaries(old.text, new.text, parts, (a, b))


def _tokens(body: BodyText, stretch: Offsets, names: dict[str, TokenKind]) -> list[Token]:
    whole = whole_spans(body, stretch, names)
    return tokens(body.text, *stretch, whole, body.block_start(stretch[0]))


def _common_clauses(one: str, other: str) -> tuple[int, int]:
    """Return how much of the head and of the tail need not be read: clauses that are the same.

    No token reaches over a mark between clauses.
    """
    head = _common_head(one, other)
    tail = _common_head(one[head:][::-1], other[head:][::-1])
    is_long = len(one) > _LONG and len(other) > _LONG
    around = _AROUND if is_long else max(len(one), len(other))
    return (
        max(_whole_clauses(one[:head]), head - around, 0),
        max(_whole_clauses(one[::-1][:tail]), tail - around, 0),
    )


def _whole_clauses(text: str) -> int:
    """Return where the last mark between clauses ends in `text`; 0 where there is none."""
    return max(text.rfind(mark) for mark in _CLAUSE_MARKS) + 1


def _common_head(one: str, other: str) -> int:
    """Return how many characters both texts begin with, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _is_rewritten(kept: Sequence[Match], shorter: int, unread: int) -> bool:
    """Return whether so few tokens stayed that the whole range is one change.

    `shorter` counts the tokens of the shorter side, `unread` the code points that were the same.
    """
    stayed = sum(length for _, _, length in kept) + unread
    return stayed < _SAME_SENTENCE * (shorter + unread)


def _offsets(
    one: list[Token], other: list[Token], change: TokenChange, ends: tuple[int, int]
) -> OffsetPair:
    """Return where a change of tokens is in both texts."""
    a, b, c, d = change
    return _span_of(one, a, b, ends[0]), _span_of(other, c, d, ends[1])


def _span_of(side: list[Token], first: int, last: int, end: int) -> Offsets:
    start = side[first].start if first < len(side) else (side[-1].end if side else end)
    return start, (side[last - 1].end if last > first else start)


def _marks_apart(old: str, new: str, change: OffsetPair) -> Iterator[OffsetPair]:
    """Yield a change, or the marks in it where nothing else changed: A、B → AB is a mark gone."""
    a, b = change
    one, other = old[slice(*a)], new[slice(*b)]
    words = _MARK.sub("", one)
    if not words or words != _MARK.sub("", other) or _DIGIT.search(words):
        yield change
        return
    for low, high, start, end in gaps(matches(one, other), len(one), len(other)):
        yield (a[0] + low, a[0] + high), (b[0] + start, b[0] + end)
