"""Separates layout from words: blanks, full and half width, kinds of brackets say nothing.

Nor does a character of which it can't be known whether a reader sees it.
"""

import re
import unicodedata

from letters.text import has_agreed_glyph, without_doubtful

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NARROW |= str.maketrans("〔［【[｛{（〕］】]｝}）", "(((((((" + ")))))))")
_DAY = re.compile(r"(?<!\d)(\d{4})[-/.．](\d{1,2})[-/.．](\d{1,2})(?!\d)")
_LIST_COMMA = re.compile(r"(?<=\d)，(?=\d)")  # 3，5 are two numbers, 3,5 may be one
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")  # 1,250 is 1250
# A blank parts two numbers, and two Latin words; elsewhere it is layout.
_BLANK = re.compile(r"\s+(?!(?<=\d\s)\d)(?!(?<=[A-Za-z]\s)[A-Za-z])")


def is_layout(old: str, new: str) -> bool:
    r"""Return whether two texts differ only in punctuation, blanks or full and half width.

    >>> is_layout("2022 年 6 月", "2022年6月"), is_layout("〔2022〕3号", "[2022]３号")
    (True, True)
    >>> is_layout("赵\ue003小华", "赵小华"), is_layout("", "\ue003"), is_layout("\ue003", "晓")
    (True, True, False)
    >>> is_layout("2018/5/18", "2018.5.18"), is_layout("1,250", "1250")
    (True, True)
    >>> is_layout("12.5", "125"), is_layout("3，5", "3,5"), is_layout("1 200", "1200")
    (False, False, False)
    """
    if old and new and _plain(old) == _plain(new):
        return True
    return all(_is_mark(char) for char in old + new)


def _plain(text: str) -> str:
    """Return the words without what is layout."""
    narrow = _DAY.sub(r"\1-\2-\3", _LIST_COMMA.sub("\0", without_doubtful(text)))
    narrow = narrow.translate(_NARROW)
    narrow = _GROUPED.sub(lambda number: number[0].replace(",", ""), narrow)
    if not unicodedata.is_normalized("NFKC", narrow):
        narrow = "".join(map(_composed, narrow))
    return _BLANK.sub("", re.sub(r"\s+", " ", narrow.strip()))


def _composed(char: str) -> str:
    """Return the plain form of ㎡ or ﹙; ² and ① stay, since 10² is not 102."""
    return char if char.isnumeric() else unicodedata.normalize("NFKC", char)


def _is_mark(char: str) -> bool:
    if not has_agreed_glyph(char):
        return True
    kind = unicodedata.category(char)
    return (kind[0] in "PZ" or char in "\t\n~～") and char not in "%％‰"
