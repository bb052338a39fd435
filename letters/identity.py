"""Whether two letters are one: the same answer to the same paper, at another address."""

import re
from difflib import SequenceMatcher

from letters.letter import Letter
from letters.name_lists import split_persons
from letters.text import squashed

# Likeness from which on a subject, or a sentence in one place, may be the other, corrected.
SIMILAR_SUBJECT = 0.5
SIMILAR_SENTENCE = 0.8
MOST_OF_TEXT = 0.6  # share of the longer text whose sentences stay
SHORTEST_TEXT = 40  # code points; a shorter text says the same of many papers
_YEAR = re.compile(r"[〔［\[（(【](\d{4})[〕］\]）)】]")  # of a document's number
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*")
_PROPOSERS = re.compile(r"(?:提案|建议|议案|提出)人|提案者|提案委员|提案单位|领衔")


def is_same_letter(old: Letter, new: Letter) -> bool:
    """Return whether `new` is the letter `old` at another address, or a copy of it.

    Number and session name a paper, whose subject may have been corrected. Without them a
    title names none: the same is proposed year after year. Then people, year and most of the
    text must agree; what is null agrees with nothing. Where people or year are not printed,
    every word must be the same.
    """
    if (old.number, old.session) != (new.number, new.session):
        return False
    if old.number and old.session:
        return _may_be_corrected(old.subject, new.subject)
    if (old.subject or old.title) != (new.subject or new.title) or _contradict(old, new):
        return False
    one, other = old.wording(), new.wording()
    if min(len(squashed(one)), len(squashed(other))) < SHORTEST_TEXT:
        return False
    agree = bool(_people(old) and _people(new) and _year(old) and _year(new))
    return one == other or (agree and _is_mostly_kept(one, other))


def _may_be_corrected(old: str | None, new: str | None) -> bool:
    """Return whether two subjects, as far as both are known, may be one that was corrected."""
    if old is None or new is None:
        return True
    return _likeness(old, new) >= SIMILAR_SUBJECT


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _is_mostly_kept(old: str, new: str) -> bool:
    """Return whether most of a text is in the other, sentence by sentence, in its order."""
    one, other = _SENTENCE.findall(old), _SENTENCE.findall(new)
    kept = 0
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pairs = zip(one[a:b], other[c:d], strict=False) if tag in {"equal", "replace"} else ()
        kept += sum(min(map(len, pair)) for pair in pairs if _is_corrected(*pair))
    return kept >= MOST_OF_TEXT * max(len(old), len(new))


def _is_corrected(old: str, new: str) -> bool:
    return old == new or _likeness(old, new) >= SIMILAR_SENTENCE


def _contradict(old: Letter, new: Letter) -> bool:
    """Return whether people, year or document number, printed in both, differ."""
    pairs = (
        (_people(old), _people(new)),
        (_year(old), _year(new)),
        (old.doc_number, new.doc_number),
    )
    return any(one and other and one != other for one, other in pairs)


def _people(letter: Letter) -> frozenset[str]:
    """Return whom the letter answers: those it addresses, else those its labels name."""
    if letter.addressees:
        return frozenset(letter.addressees)
    values = (text for label, text in letter.labels.items() if _PROPOSERS.search(squashed(label)))
    return frozenset(name for value in values for name in split_persons(value))


def _year(letter: Letter) -> str | None:
    """Return the year of a letter: of its signature, its document number or its page."""
    if letter.signed_on:
        return str(letter.signed_on.year)
    if numbered := _YEAR.search(letter.doc_number or ""):
        return numbered[1]
    return str(letter.published_on.year) if letter.published_on else None
