"""Numbers that call or find someone: telephones, hotlines, postcodes, houses in a street."""

import re

from letters.text import squashed

_CONTACT = re.compile(
    r"(?:电话|手机|热线|传真|邮编|邮政编码|联系方式)(?:号码)?[:：]?[“\"]?(?:\d[\d-]*[、，/]?)*$"
)
_HOTLINE = re.compile(r"[”\"]?(?:[一-龥]{0,6}服务)?(?:便民|政务|市民)?热线")
_STREET = re.compile(r"[路街道巷弄村]$")
_HOUSE = re.compile(r"号(?!线|桥|公路)")
_SHORTEST = 3  # digits of a number that is called; 热线3条 only counts
_LABEL = 24  # code points before a number that are searched for what it is


def is_contact(text: str, start: int, end: int) -> bool:
    """Tell whether a number calls or finds someone: by its label, as a hotline, in a street.

    >>> is_contact("热线12345", 2, 7), is_contact("青枫北路12号", 4, 6), is_contact("第12号", 1, 3)
    (True, True, False)
    """
    if not text[start].isdigit():
        return False
    before, after = squashed(text[max(start - _LABEL, 0) : start]), text[end : end + _LABEL]
    if _STREET.search(before) and _HOUSE.match(after):
        return True
    called = _CONTACT.search(before) or _HOTLINE.match(after)
    return end - start >= _SHORTEST and called is not None
