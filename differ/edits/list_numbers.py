"""Numbers that only count the items of a list: （三） → （四） where an item came before them."""

import re

from differ.edits.changed_span import ChangedSpan

_PLAIN = r"[〇零一二三四五六七八九十]{1,3}|\d{1,2}"
_CIRCLED = "[①-⑳㈠-㈩⑴-⑽]"
_IS_ORDINAL = re.compile(f"{_PLAIN}|{_CIRCLED}")
_IS_CIRCLED = re.compile(_CIRCLED)
_DIGITS = "〇一二三四五六七八九十"
# What is before an item's number, from the beginning of its block or behind a mark.
_BEGINS = re.compile(r"(?:^|[。；;：:，,\n])\s*(?P<opens>[（(第]?)$")
_BRACKETED = re.compile(r"[）)]")
_COUNTED = re.compile(r"[、.．](?!\d)|是(?!否)")
_NTH = re.compile(r"[，,、：:]|是(?!否)")
_BEHIND = {"": _COUNTED, "第": _NTH, "（": _BRACKETED, "(": _BRACKETED}
_ROW = re.compile(r"(?:^|\n)(\d{1,3})\t")


def counts_item(span: ChangedSpan) -> bool:
    """Return whether what changed is the number of an item, and the list's own.

    That is （三）, 三、 or 3. at the beginning of a block or clause, 三是, 第三，, ③, or a row's
    number, each one more than that of the item before. 第三条 and 3个 count other things.
    """
    if not _IS_ORDINAL.fullmatch(span.text):
        return False
    text, (low, _) = span.body.text, span.block
    if text[span.end : span.end + 1] == "\t":
        return span.text.isdecimal() and _counts_row(span)
    begins = _BEGINS.search(text[low : span.start])
    if begins is None:
        return False
    opens = begins["opens"]
    if _IS_CIRCLED.fullmatch(span.text):
        return _goes_on(span, _CIRCLED)
    closes = _BEHIND[opens].match(text[span.end : span.end + 2])
    form = rf"(?<![〇零一二三四五六七八九十\d]){re.escape(opens)}(?:{_PLAIN})"
    return closes is not None and _goes_on(span, rf"{form}(?={re.escape(closes[0])}(?!\d))")


def _goes_on(span: ChangedSpan, form: str) -> bool:
    """Return whether the number of a form before this one is one less, or this is the first."""
    number = _value(span.text)
    before = re.findall(form, span.body.text[: span.start])
    return number == 1 or (bool(before) and number == _value(before[-1].strip("（(第")) + 1)


def _value(ordinal: str) -> int:
    """Return the number that an ordinal is, up to 99.

    >>> _value("十二"), _value("三"), _value("7"), _value("③"), _value("㈡")
    (12, 3, 7, 3, 2)
    """
    if ordinal.isdecimal():
        return int(ordinal)
    for first in "①㈠⑴":
        if first <= ordinal <= chr(ord(first) + 19):
            return ord(ordinal) - ord(first) + 1
    tens, ten, ones = ordinal.partition("十")
    high = (_DIGITS.index(tens) if tens else 1) if ten else 0
    last = ones if ten else tens
    return high * 10 + (_DIGITS.index(last[-1].replace("零", "〇")) if last else 0)


def _counts_row(span: ChangedSpan) -> bool:
    text, (low, high) = span.body.text, span.block
    rows = [(low + row.start(1), int(row[1])) for row in _ROW.finditer(text[low:high])]
    at = next((at for at, (start, _) in enumerate(rows) if start == span.start), None)
    return at is not None and (at == 0 or rows[at][1] == rows[at - 1][1] + 1)
