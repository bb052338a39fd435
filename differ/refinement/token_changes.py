"""Joins and splits changes of tokens so that each is what a reader would call one change."""

from collections.abc import Iterable, Sequence

from differ.alignment.matching import Match, gaps
from differ.lexicon.vocabulary import is_word
from differ.refinement.token_expansion import TokenChange, expanded, split_from_count, tokens_of
from differ.tokens.token import Token, TokenKind

TokenRange = tuple[int, int]  # indexes of the first token and of the one behind the last

_MOST_BETWEEN = 2  # tokens that stay between two changes that are joined


def token_changes(
    one: list[Token], other: list[Token], kept: Sequence[Match]
) -> list[TokenChange]:
    """Return what changed between the tokens that were kept, in order, none overlapping."""
    joined = _joined(one, other, gaps(kept, len(one), len(other)))
    whole = _merged([expanded(one, other, change) for change in joined])
    return [part for change in whole for part in split_from_count(one, other, change)]


def _joined(
    one: list[Token], other: list[Token], changes: Iterable[TokenChange]
) -> list[TokenChange]:
    """Join neighbours that belong together: common words with hardly anything between them."""
    result: list[TokenChange] = []
    for change in changes:
        if result and (
            _are_one_phrase(one, other, result[-1], change)
            or _share_character(one, other, result[-1], change)
        ):
            result[-1] = _spanning(result[-1], change)
        else:
            result.append(change)
    return result


def _spanning(before: TokenChange, after: TokenChange) -> TokenChange:
    return before[0], after[1], before[2], after[3]


def _are_one_phrase(
    one: list[Token], other: list[Token], before: TokenChange, after: TokenChange
) -> bool:
    """Return whether hardly more stays between two changes of common words than changed."""
    between = one[before[1] : after[0]]
    sizes = [max(change[1] - change[0], change[3] - change[2]) for change in (before, after)]
    if len(between) > min(_MOST_BETWEEN, *sizes):
        return False
    changed = (tokens_of(one, other, before), tokens_of(one, other, after))
    is_plain = all(token.kind is TokenKind.CHAR for token in between)
    return is_plain and all(map(_are_common_words, changed))


def _are_common_words(changed: list[Token]) -> bool:
    """Return whether common words changed, with or without a mark between: 力 → 适时研究，."""
    kinds = {token.kind for token in changed}
    return TokenKind.CHAR in kinds <= {TokenKind.CHAR, TokenKind.MARK}


def _share_character(
    one: list[Token], other: list[Token], before: TokenChange, after: TokenChange
) -> bool:
    """Return whether all that stays between is a part of two words: 争 of 力争 → 争取."""
    return after[0] - before[1] == 1 and all(
        _completes_word(side, *ranges)
        for side, ranges in (
            (one, (before[:2], after[:2])),
            (other, (before[2:], after[2:])),
        )
    )


def _completes_word(side: list[Token], before: TokenRange, after: TokenRange) -> bool:
    """Return whether a changed token next to the one that stays makes a word with it."""
    at = before[1]
    left = before[0] < before[1] and is_word(side[at - 1].text + side[at].text)
    return left or (after[0] < after[1] and is_word(side[at].text + side[at + 1].text))


def _merged(changes: Iterable[TokenChange]) -> list[TokenChange]:
    """Join the changes that overlap since they were expanded."""
    result: list[TokenChange] = []
    for change in changes:
        if result and (change[0] < result[-1][1] or change[2] < result[-1][3]):
            result[-1] = _spanning(result[-1], change)
        else:
            result.append(change)
    return result
