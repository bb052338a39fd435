"""Canonical text: the one form in which texts are kept, compared and digested.

Canonical text is NFC, without characters that a reader can't see and without the
blanks that only lay a page out. Punctuation and full or half width stay: a
canonical form must never hide an edit (12.5万 is not 125万).
"""

import re
import unicodedata
from itertools import groupby

# Han characters, for sets in patterns: names are written with the rare ones, too (龚䶮, 𠮷).
# The 64 hexagrams amid them cost less than a range more.
HAN = "\u3400-\u9fff\U00020000-\U0003fffd"

# White space, as str.isspace() has it.
_SPACES = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Drawn as a gap, and no white space to Unicode: the Hangul fillers and the Braille blank.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
# Never drawn: control characters, the annotation marks U+FFF9 to U+FFFB, and all else that has
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt of the Unicode Character Database,
# the same in versions 14.0 to 17.0): zero-width characters, variation selectors, direction
# marks, tags. unicodedata does not know that property.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_GAPS = re.compile(f"[{_SPACES}{_FILLERS}{_UNSEEN}]+")
# What nearly all texts are made of; none of these is a gap, or another character in NFC.
_USUAL = "!-~\xb7\u2014\u2018-\u201d\u2026\u3001-\u3003\u3008-\u3017\u4e00-\u9fff\uff01-\uff5e"
_SOLID = re.compile(f"[{_USUAL}]*+")
_CANONICAL = re.compile(f"[{_USUAL}]*+(?: [{_USUAL}]++)*+")
_SPACE = re.compile(f"[{_SPACES}]")
_FILLER = re.compile(f"[{_FILLERS}]")
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")

_NO_GLYPH = {"Co", "Cn", "Cs"}  # private use, unassigned, half of a pair
_IDEOGRAPHS = range(0x20000, 0x40000)  # planes that Unicode keeps for Han characters, old and new
_OBJECT = "\ufffc"  # what was in an object's place


def canonical(text: str) -> str:
    r"""Return `text` in canonical form; doing it twice changes nothing.

    A run of blanks is one space, and none at the ends. A run that holds a line
    break is how a source was wrapped: it is a space between two Latin words or
    digits and nothing elsewhere. So is a filler, whose gap nobody reads.

    >>> canonical(" 赵小华　委员\u200b： \n 您\ufe0f好 "), canonical("3\u3164.5\u2800亿")
    ('赵小华 委员：您好', '3.5亿')
    """
    bare = text.strip()
    if _CANONICAL.fullmatch(bare):
        return bare
    plain = _GAPS.sub(_gap, unicodedata.normalize("NFC", bare))
    if not unicodedata.is_normalized("NFC", plain):  # what a gap kept apart
        plain = unicodedata.normalize("NFC", plain)
    return plain.strip(" ")


def squashed(text: str) -> str:
    """Return `text` without any gap: names and labels are often spread out to fill a line.

    >>> squashed("提 案　人")
    '提案人'
    """
    if _SOLID.fullmatch(text):
        return text
    joined = "".join(text.split())
    return joined if _SOLID.fullmatch(joined) else _GAPS.sub("", joined)


def has_agreed_glyph(char: str) -> bool:
    r"""Return whether all readers are shown the same for `char`, as far as can be known.

    For private use each font draws what it likes, or nothing. A character may also be newer
    than this Python: where only Han characters can come it is taken for one.

    >>> has_agreed_glyph("赵"), has_agreed_glyph("\ue003"), has_agreed_glyph("\U00032000")
    (True, False, True)
    """
    if ord(char) in _IDEOGRAPHS:
        return True
    return unicodedata.category(char) not in _NO_GLYPH and char != _OBJECT


def without_doubtful(text: str) -> str:
    r"""Return `text` without the characters of which it can't be known what a reader sees.

    >>> without_doubtful("赵\ue003华")
    '赵华'
    """
    return text if _is_plain(text) else "".join(filter(has_agreed_glyph, text))


def with_code_points(text: str) -> str:
    r"""Return `text` with the code points of the characters that `without_doubtful` leaves out.

    >>> with_code_points("赵\ue003华"), with_code_points("\ue003\ue004")
    ('赵[U+E003]华', 'U+E003 U+E004')
    """
    if _is_plain(text):
        return text
    parts = [(known, "".join(run)) for known, run in groupby(text, has_agreed_glyph)]
    if len(parts) == 1:
        return text if parts[0][0] else _code_points(text)
    return "".join(part if known else f"[{_code_points(part)}]" for known, part in parts)


def _is_plain(text: str) -> bool:
    return text.isprintable() and _OBJECT not in text


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


def _gap(run: re.Match[str]) -> str:
    wraps = _LINE_BREAK.search(run[0])
    if not wraps and _SPACE.search(run[0]):
        return " "
    if not wraps and not _FILLER.search(run[0]):
        return ""
    before = run.string[max(run.start() - 1, 0) : run.start()]
    after = run.string[run.end() : run.end() + 1]
    return " " if all(side.isascii() and side.isalnum() for side in (before, after)) else ""
