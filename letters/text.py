"""Canonical text: the one form in which texts are kept, compared and digested.

Canonical text is NFC, without zero-width and control characters and without the
blanks that only lay a page out. Punctuation and full or half width stay: a
canonical form must never hide an edit (12.5万 is not 125万).
"""

import re
import unicodedata

# Cf holds zero-width characters, direction marks, the soft hyphen and the byte order mark;
# Cc the control characters (tab and newline are blanks and are seen to before).
_INVISIBLE = {"Cc", "Cf"}
_BLANKS = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]")


def canonical(text: str) -> str:
    r"""Return `text` in canonical form; doing it twice changes nothing.

    A run of blanks is one space, and none at the ends. A run that holds a line
    break is how a source was wrapped: it is a space between two Latin words or
    digits and nothing elsewhere.

    >>> canonical(" 赵小华　委员\u200b： \n 您好 ")
    '赵小华 委员：您好'
    """
    spaced = _BLANKS.sub(_blank, unicodedata.normalize("NFC", text))
    if not spaced.isprintable():
        seen = "".join(filter(_is_visible, spaced))
        # What was between two invisible characters may now stand side by side.
        spaced = _BLANKS.sub(_blank, unicodedata.normalize("NFC", seen))
    return spaced.strip(" ")


def squashed(text: str) -> str:
    """Return `text` without any blank: names and labels are often spread out to fill a line.

    >>> squashed("提 案　人")
    '提案人'
    """
    return _BLANKS.sub("", text)


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE


def _blank(run: re.Match[str]) -> str:
    if not _LINE_BREAK.search(run[0]):
        return " "
    before = run.string[max(run.start() - 1, 0) : run.start()]
    after = run.string[run.end() : run.end() + 1]
    return " " if all(side.isascii() and side.isalnum() for side in (before, after)) else ""
