"""The word lists: common words, places, and the words that surround names."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

LONGEST_WORD = 4  # code points


def _listed_in(name: str) -> frozenset[str]:
    """Return the words of a file whose lines hold words, or a comment behind #."""
    text = resources.files("differ.lexicon").joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())


# 将 before one of these promises less, so both are one edit: 将 → 将研究.
HEDGES = ("研究", "探索", "适时", "逐步", "考虑", "酌情", "视情", "争取", "力争", "努力", "尽量")

_SINGLE_CHARACTER_WORDS = frozenset(
    "的了和与及或等将已也并可应须要拟在于由从对为是有无不未都均再又其该此各每约近余大小新老多少上下前后内外"
)

PLACES = _listed_in("places.txt")


@cache
def _words() -> frozenset[str]:
    """Return all words of at least two characters."""
    return _listed_in("words.txt") | PLACES


@cache
def _words_around_names() -> dict[str, list[str]]:
    """Return the words of names.txt by their key."""
    text = resources.files("differ.lexicon").joinpath("names.txt").read_text("utf-8")
    parts = re.split(r"^# (\w+): .*$", text, flags=re.MULTILINE)[1:]
    return {key: words.split() for key, words in zip(parts[::2], parts[1::2], strict=True)}


def any_of(key: str) -> str:
    """Return a pattern of the words that names.txt has under `key`, the longest first."""
    return "|".join(sorted(_words_around_names()[key], key=lambda word: (-len(word), word)))


@cache
def _common_words() -> frozenset[str]:
    """Return the words of which no name is made by them alone."""
    around = _words_around_names()
    keys = ("before", "auxiliary", "leading", "common", "ends")
    return frozenset((_words() - PLACES).union(*(around[key] for key in keys)))


def is_common(text: str) -> bool:
    """Return whether `text` is made of common words alone, so that it names no one thing.

    >>> is_common("社区养老服务"), is_common("东海社区养老服务")
    (True, False)
    """
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(start in reached and text[start:end] in _common_words() for start in range(end)):
            reached.add(end)
    return len(text) in reached


def is_word(text: str) -> bool:
    """Return whether `text` reads as one word by itself."""
    return text in _words() or text in _SINGLE_CHARACTER_WORDS


_LEVELS = frozenset("省市区县州")


def is_place(text: str) -> bool:
    """Return whether `text` is the name of a place: 涪陵, 重庆市."""
    return text in PLACES or (text[-1:] in _LEVELS and text[:-1] in PLACES)


def overlapping_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of known words that hold a part of `start` to `end` and more."""
    words = _words()
    for first in range(max(start - LONGEST_WORD + 1, 0), max(end, start)):
        for last in range(max(first + 2, start), min(first + LONGEST_WORD, len(text)) + 1):
            touches = first < end and last > start if end > start else first < start < last
            if touches and (first < start or last > end) and text[first:last] in words:
                yield first, last
