"""What a search for words goes through, and what it asks for: letters in their search form.

In search form 赵 小华 and 赵小华 are the same, and so are ＡＢＣ and abc: blanks and what can't be
seen are left out; width, case and variants of one character are folded (NFKC).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from letters.fields import Trait
from letters.letter import Letter
from letters.text import squashed

MOST_WORDS = 50  # in one search; who looks for a passage quotes it
_AROUND = 24  # characters that an excerpt shows before a word; behind it twice as many
_WORD = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|(\S+)')


class _Folds(dict[int, str]):
    """Each character's search form, worked out when it first comes."""

    def __missing__(self, code: int) -> str:
        folded = squashed(unicodedata.normalize("NFKC", chr(code)).casefold())
        self[code] = "".join(char for char in folded if not _is_surrogate(char))
        return self[code]


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


_FOLDS = _Folds()


class SearchError(ValueError):
    """Raised where a search asks for more than can be answered."""


@dataclass(frozen=True, slots=True)
class Search:
    """Words that a letter must say, each in one line of one of its versions or files."""

    words: tuple[str, ...]  # in search form, none empty, none twice

    def marked(self, line: str) -> list[tuple[str, bool]]:
        """Return the parts of `line`, each with whether it is one of the words.

        >>> parse_search("赵小华").marked("致赵 小华委员")
        [('致', False), ('赵 小华', True), ('委员', False)]
        """
        folded = [char.translate(_FOLDS) for char in line]
        whole, places = "".join(folded), [n for n, each in enumerate(folded) for _ in each]
        is_hit = [False] * len(line)
        for word in self.words:
            for found in re.finditer(re.escape(word), whole):
                first, last = places[found.start()], places[found.end() - 1]
                is_hit[first : last + 1] = [True] * (last + 1 - first)
        return list(_runs(line, is_hit))

    def excerpt(self, line: str) -> list[tuple[str, bool]] | None:
        """Return the part of `line` around its first words, as `marked` does; None without one.

        >>> parse_search("成渝").excerpt("成渝")
        [('成渝', True)]
        """
        parts = self.marked(line)
        first = next((n for n, (_, is_hit) in enumerate(parts) if is_hit), None)
        if first is None:
            return None
        before = "".join(text for text, _ in parts[:first])
        shown = [(_last(before), False), *parts[first : first + 2]]
        return [(_first(text), is_hit) for text, is_hit in shown if text]


def parse_search(text: str) -> Search:
    """Return the search that `text` asks for: words, and phrases in quotes.

    Without a word in it, it asks for nothing: all letters match. Raises SearchError for too many.

    >>> parse_search('成渝 "data base"').words
    ('成渝', 'database')
    """
    parts = ("".join(map(str, filter(None, match.groups()))) for match in _WORD.finditer(text))
    words = tuple(dict.fromkeys(filter(None, map(search_form, parts))))
    if len(words) > MOST_WORDS:
        raise SearchError(f"search: expected at most {MOST_WORDS} words, found {len(words)}")
    return Search(words)


def search_form(text: str) -> str:
    """Return `text` as searches compare it."""
    return text.translate(_FOLDS)


def search_lines(letter: Letter) -> Iterator[str]:
    """Yield what a search goes through in a letter: fields, paragraphs, its files' lines."""
    yield from letter.values_with(Trait.SEARCHED)
    for block in letter.body:
        yield from block.text.split("\n")
    for file in letter.attachments:
        yield file.name
        for page in file.text.pages if file.text else ():
            yield from page.lines


def _last(text: str) -> str:
    return text if len(text) <= _AROUND else f"…{text[-_AROUND:]}"


def _first(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[: 2 * _AROUND]}…"


def _runs(line: str, is_hit: list[bool]) -> Iterator[tuple[str, bool]]:
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or is_hit[end] != is_hit[start]:
            yield line[start:end], is_hit[start]
            start = end
