"""Finds the places inside two sentences that belong together: whole tokens, whole words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from differ.alignment.matching import is_bounded, matches
from differ.body_text import ATOMIC, Side
from differ.lexicon.vocabulary import is_word
from differ.names.companies import is_wanted
from differ.names.find_names import apart, names_at
from differ.names.public_bodies import is_known_body
from differ.names.shared_prefix import shared_lead
from differ.refinement.number_ranges import with_ranges_apart
from differ.refinement.token_expansion import Spot, parted, widened, within
from differ.refinement.word_boundaries import in_words
from differ.tokens.tokenizer import Held, Shape, Token, tokens

LONG = 3_000  # code points; only so much around the places of a longer sentence is read
SAME_SENTENCE = 0.35  # of the shorter one's tokens must stay, else the sentence is one place
SHORT = 12  # code points; so short a text is always told by its tokens

_MARK = re.compile(r"[^\w\s]")
_DIGIT = re.compile(r"\d")
_MOST_NAMES = 20  # of a stretch that are held against each other for what they share
_AROUND = 200
_CLAUSE_MARKS = "，。；：！？"
_COMPARED = 25_000_000  # pairs of tokens, beyond which a range is one place

Range = tuple[int, int]


def refine(old: Side, new: Side, a: Range, b: Range) -> list[tuple[Range, Range]]:
    """Return the places that differ between two ranges, in order, as ranges of code points."""
    low, high = _trim(old.text, new.text, a, b)
    a_read, b_read = (a[0] + low, a[1] - high), (b[0] + low, b[1] - high)
    names = _names(old, new) | _named(old, a_read, new, b_read)
    one, other = _tokens(old, a_read, names), _tokens(new, b_read, names)
    one, other = with_ranges_apart(one, other)
    left, right = [token.text for token in one], [token.text for token in other]
    if not is_bounded(left, right) and len(left) * len(right) > _COMPARED:
        return [(a, b)]
    found = matches(left, right)
    if _is_rewritten(a, b, found, (len(left), len(right)), low + high):
        return [(a, b)]
    spots = _joined(one, other, _spots(found, len(one), len(other)))
    spots = _disjoint([widened(one, other, spot) for spot in spots])
    spots = [part for spot in spots for part in parted(one, other, spot)]
    places = [
        place
        for spot in spots
        for place in _marks_apart(
            old.text,
            new.text,
            _range(one, *spot[:2], a[1] - high),
            _range(other, *spot[2:], b[1] - high),
        )
    ]
    return in_words(old.text, new.text, places, (a, b))


def _marks_apart(old: str, new: str, a: Range, b: Range) -> Iterator[tuple[Range, Range]]:
    """Yield a place, or the marks in it where nothing else changed: A、B → AB is a mark gone."""
    one, other = old[slice(*a)], new[slice(*b)]
    words = [_MARK.sub("", side) for side in (one, other)]
    if not words[0] or words[0] != words[1] or _DIGIT.search(words[0]):
        yield a, b
        return
    i = j = 0
    for low, high, length in [*matches(one, other), (len(one), len(other), 0)]:
        if i < low or j < high:
            yield (a[0] + i, a[0] + low), (b[0] + j, b[0] + high)
        i, j = low + length, high + length


def _trim(old: str, new: str, a: Range, b: Range) -> Range:
    """Return how much of the head and of the tail need not be read: clauses that are the same.

    No token reaches over a mark between clauses.
    """
    one, other = old[slice(*a)], new[slice(*b)]
    head = _same_head(one, other)
    tail = _same_head(one[head:][::-1], other[head:][::-1])
    least = _AROUND if len(one) > LONG and len(other) > LONG else max(len(one), len(other))
    return (
        max(_whole_clauses(one[:head]), head - least, 0),
        max(_whole_clauses(one[::-1][:tail]), tail - least, 0),
    )


def _whole_clauses(text: str) -> int:
    """Return where the last mark between clauses ends in `text`; 0 where there is none."""
    return max(text.rfind(mark) for mark in _CLAUSE_MARKS) + 1


def _same_head(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _is_rewritten(
    a: Range, b: Range, found: Sequence[tuple[int, int, int]], read: tuple[int, int], trimmed: int
) -> bool:
    """Tell whether so few tokens stayed that the whole range is one place.

    `read` counts the tokens of each side, `trimmed` what was the same and was not read.
    """
    if max(a[1] - a[0], b[1] - b[0]) <= SHORT:
        return False
    kept = sum(length for _, _, length in found) + trimmed
    return kept < SAME_SENTENCE * (min(read) + trimmed)


def _names(old: Side, new: Side) -> dict[str, Shape]:
    named: dict[str, Shape] = {}
    for letter in (old.letter, new.letter):
        for person in (*letter.addressees, letter.reviewer, letter.contact):
            if person and len(person) > 1:
                named[person] = Shape.PERSON
        for body in (*letter.co_handlers, letter.agency):
            if body and len(body) > 1:
                named[body] = Shape.BODY
    return named


def _named(old: Side, a: Range, new: Side, b: Range) -> dict[str, Shape]:
    """Return the names in both stretches, by how they are formed; each is whole on both sides."""
    one, other = _found(old, a), _found(new, b)
    named = {name: shape for name, (shape, _) in (*one.items(), *other.items())}
    gone, come = (
        [name for name, (_, is_sure) in here.items() if name not in there and not is_sure]
        for here, there in ((one, other), (other, one))
    )
    for before, after in product(gone[:_MOST_NAMES], come[:_MOST_NAMES]):
        if lead := shared_lead(before, after):
            named[before[lead:]], named[after[lead:]] = named.pop(before), named.pop(after)
            break
    return named


def _found(side: Side, stretch: Range) -> dict[str, tuple[Shape, bool]]:
    """Return the names in `stretch`, and whether each must begin where it was found to."""
    found = {}
    for low, high, shape in names_at(side, *stretch):
        name, line = side.text[low:high], side.floor(low)
        is_sure = is_known_body(name) or side.is_table(low) or is_wanted(side.text, line, low)
        found[name] = shape, is_sure
    return found


def _tokens(side: Side, stretch: Range, names: Mapping[str, Shape]) -> list[Token]:
    return tokens(side.text, *stretch, _held(side, stretch, names), side.floor(stretch[0]))


def _held(side: Side, stretch: Range, names: Mapping[str, Shape]) -> list[Held]:
    """Return what is whole in `stretch` whatever it holds: values of fields, names, bodies."""
    low, high = stretch
    found: list[Held] = [
        (place.start, place.end, Shape.FIELD)
        for place in side.places
        if place.field in ATOMIC and low <= place.start and place.end <= high
    ]
    for name, shape in names.items():
        if any(name[:cut] in names and name[cut:] in names for cut in range(2, len(name) - 1)):
            continue  # two names whose mark was lost
        at = side.text.find(name, low, high)
        while at >= 0:
            found.append((at, at + len(name), shape))
            at = side.text.find(name, at + len(name), high)
    return apart(found)


def _spots(found: Sequence[tuple[int, int, int]], one: int, other: int) -> Iterator[Spot]:
    i = j = 0
    for a, b, length in [*found, (one, other, 0)]:
        if i < a or j < b:
            yield i, a, j, b
        i, j = a + length, b + length


def _joined(one: list[Token], other: list[Token], spots: Iterator[Spot]) -> list[Spot]:
    """Join neighbours that belong together: soft words with hardly anything between them."""
    told: list[Spot] = []
    for spot in spots:
        if told and (_belong(one, other, told[-1], spot) or _is_piece(one, other, told[-1], spot)):
            told[-1] = (told[-1][0], spot[1], told[-1][2], spot[3])
        else:
            told.append(spot)
    return told


def _belong(one: list[Token], other: list[Token], before: Spot, after: Spot) -> bool:
    between = one[before[1] : after[0]]
    sizes = [max(spot[1] - spot[0], spot[3] - spot[2]) for spot in (before, after)]
    if len(between) > min(2, *sizes):
        return False
    changed = (within(one, other, before), within(one, other, after))
    return all(token.shape is Shape.CHAR for token in between) and all(map(_are_words, changed))


def _is_piece(one: list[Token], other: list[Token], before: Spot, after: Spot) -> bool:
    """Return whether all that stays between is a piece of two words: 争 of 力争 → 争取."""
    return after[0] - before[1] == 1 and all(
        _completes(side, *ends)
        for side, ends in (
            (one, (before[:2], after[:2])),
            (other, (before[2:], after[2:])),
        )
    )


def _completes(side: list[Token], before: Range, after: Range) -> bool:
    """Return whether a changed token next to the one that stays makes a word with it."""
    at = before[1]
    left = before[0] < before[1] and is_word(side[at - 1].text + side[at].text)
    return left or (after[0] < after[1] and is_word(side[at].text + side[at + 1].text))


def _are_words(changed: list[Token]) -> bool:
    """Return whether common words changed, with or without a mark between: 力 → 适时研究，."""
    shapes = {token.shape for token in changed}
    return Shape.CHAR in shapes <= {Shape.CHAR, Shape.MARK}


def _disjoint(spots: list[Spot]) -> list[Spot]:
    told: list[Spot] = []
    for spot in spots:
        if told and (spot[0] < told[-1][1] or spot[2] < told[-1][3]):
            told[-1] = (told[-1][0], spot[1], told[-1][2], spot[3])
        else:
            told.append(spot)
    return told


def _range(side: list[Token], first: int, last: int, end: int) -> Range:
    start = side[first].start if first < len(side) else (side[-1].end if side else end)
    return start, (side[last - 1].end if last > first else start)
