"""What a search for words goes through, and what it asks for: letters in their search form.

In search form 赵 小华 and 赵小华 are the same, and so are ＡＢＣ and abc: blanks and what can't be
seen are left out; width, case and variants of one character are folded (NFKC).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from letters.fields import Trait, names_with
from letters.letter import Attachment, Letter, texts_among
from letters.text import squashed

MOST_WORDS = 50  # in one search; who looks for a passage quotes it
_AROUND = 24  # characters that an excerpt shows before a word; behind it twice as many
_RUN = re.compile(rb"\x00+|\x01+")
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
        folded = list(map(_FOLDS.__getitem__, map(ord, line)))
        whole, places = "".join(folded), _places(folded)
        hits = bytearray(len(line))  # 1: the character is of a word
        for word in self.words:
            for found in re.finditer(re.escape(word), whole):
                first, last = places[found.start()], places[found.end() - 1]
                hits[first : last + 1] = b"\x01" * (last + 1 - first)
        runs = _RUN.finditer(hits)
        return [(line[run.start() : run.end()], bool(hits[run.start()])) for run in runs]

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
    typed = unicodedata.normalize("NFC", text)  # as letters are kept
    parts = ("".join(map(str, filter(None, match.groups()))) for match in _WORD.finditer(typed))
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
    yield from _lines_of_files(letter.attachments)


def search_lines_of_values(
    values: Mapping[str, Any], files: Iterable[Attachment]
) -> Iterator[str]:
    """Yield what `search_lines` does, of the plain values of a letter and its files."""
    yield from texts_among([values.get(name) for name in names_with(Trait.SEARCHED)])
    for block in values.get("body", ()):
        yield from block["text"].split("\n")
    yield from _lines_of_files(files)


def _lines_of_files(files: Iterable[Attachment]) -> Iterator[str]:
    for file in files:
        yield file.name
        for page in file.text.pages if file.text else ():
            yield from page.lines


def _places(folded: Sequence[str]) -> Sequence[int]:
    """Return the place in its line of each character of the line's search form."""
    if set(map(len, folded)) <= {1}:
        return range(len(folded))
    return [place for place, each in enumerate(folded) for _ in each]


def _last(text: str) -> str:
    return text if len(text) <= _AROUND else f"…{text[-_AROUND:]}"


def _first(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[: 2 * _AROUND]}…"
