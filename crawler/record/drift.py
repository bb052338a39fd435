"""Signs that a whole source is read worse than it was: fields lost, lengths out of their band.

One letter that lost its phone number was edited; a third of a source that lost its dates
in one crawl was redesigned.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from letters.fields import Trait, names_with
from letters.letter import Form, Letter

SAMPLE = 300  # letters from whose newest versions a source's habits are learned
FILLED = 0.9  # share of its letters that have a field, from which on all must have it
LEAST = 5  # letters from which a habit can be learned, and that must show one sign of drift
SHARE = 0.3  # of the pages served in a crawl, beyond which a sign that many show is drift
EARLY = 20  # pages served before a crawl can say so while it goes on
BAND = 2.0  # how many times shorter than the shortest, or longer than the longest, is out of band
FEW_LISTED = 0.5  # share of the most ever listed below which a directory lists far fewer
LISTED_BEFORE = 20  # rows; of a shorter directory no share says anything

_FIELDS = names_with(Trait.NORM)


@dataclass(frozen=True, slots=True)
class SourceNorms:
    """What the letters of a source have in common, learned from those that are held."""

    filled: frozenset[str]  # fields that nearly all have
    shortest: int = 0  # code points of the body
    longest: int | None = None  # None: too few letters to say

    @classmethod
    def of(cls, letters: Sequence[Letter]) -> "SourceNorms":
        """Learn the habits of `letters`."""
        if len(letters) < LEAST:
            return cls(frozenset())
        has = Counter(name for each in letters for name in _FIELDS if getattr(each, name))
        filled = frozenset(name for name in _FIELDS if has[name] >= FILLED * len(letters))
        lengths = [len(each.wording()) for each in letters if each.form is Form.REPLY]
        return cls(filled, min(lengths), max(lengths)) if len(lengths) >= LEAST else cls(filled)

    def sign(self, letter: Letter, old: Letter | None) -> str | None:
        """Return what `letter` lacks that its source's letters have, and `old` had; or None."""
        for name in _FIELDS:
            had = old is None or getattr(old, name)
            if had and name in self.filled and not getattr(letter, name):
                return f"without {name}"
        if self._is_odd(letter) and not (old and self._is_odd(old)):
            return "lengths out of their band"
        return None

    def _is_odd(self, letter: Letter) -> bool:
        if self.longest is None or letter.form is not Form.REPLY:
            return False
        length = len(letter.wording())
        return length * BAND < self.shortest or length > self.longest * BAND


class DriftGauge:
    """How many of the pages served in one crawl, or kept from several, show which sign."""

    def __init__(self) -> None:
        self._served = 0
        self._shown: Counter[str] = Counter()

    def add(self, sign: str | None) -> None:
        """Count a known letter's page that was served, and what it shows."""
        self._served += 1
        if sign is not None:
            self._shown[sign] += 1

    def drift(self, *, at_end: bool) -> tuple[str, str] | None:
        """Return the sign that is drift, and the reason in words; None while there is none."""
        if not self._shown or (self._served < EARLY and not at_end):
            return None
        sign, shown = self._shown.most_common(1)[0]
        if shown < LEAST or shown < SHARE * self._served:
            return None
        return sign, f"{shown} of {self._served} letters {_WORDS.get(sign, sign)}"


_WORDS = {
    "lengths out of their band": "are far shorter or longer than the source's letters were",
    "body container missing": "have no body where it was",
    "title missing": "have no title where it was",
    "its body is empty": "have an empty body",
    "template code in its text": "show their template's code in their text",
    "template code on its page": "have no text, and show their template's code",
}


def lists_far_fewer(listed: int, most: int) -> str | None:
    """Return in words that a directory lists far fewer letters than it did; None if not."""
    if most < LISTED_BEFORE or listed >= FEW_LISTED * most:
        return None
    return f"the directory lists {listed} letters, it listed {most} before"
