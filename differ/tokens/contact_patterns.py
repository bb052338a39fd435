"""Numbers that call or find someone: telephones, hotlines, postcodes, houses in a street."""

import re

from differ.lexicon.alternatives import Alternative, one_of
from differ.tokens.number_patterns import MAGNITUDES, PERCENT, UNITS
from letters.text import HAN, squashed

_COUNTS_NOTHING = rf"(?! ?(?:{PERCENT}|{MAGNITUDES}|{UNITS})|\d|\.\d)"
# What is a telephone number whatever is around it.
PHONES = (
    Alternative(  # with its area code
        r"(?<!\d)(?:[（(]0\d{2,3}[)）] ?|0\d{2,3} ?[-－—–]{0,2} ?)[2-9]\d{6,7}"
        r"(?:(?:[-－—]|转)\d{1,6})?(?!\d)",
        "电话|023-67575012|",
    ),
    Alternative(  # of a mobile
        rf"(?<![\d.])1[3-9]\d(?:\d{{8}}| \d{{4}} \d{{4}}|-\d{{4}}-\d{{4}}){_COUNTS_NOTHING}",
        "手机|138 0000 0000|",
    ),
    Alternative(
        rf"(?<![\d.])[48]00(?:\d{{7}}|[- ]\d{{3,4}}[- ]\d{{3,4}}){_COUNTS_NOTHING}",
        "|400-810-8888|",
    ),
)
ADDRESSES = (
    Alternative(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "邮箱|fgw@cq.gov.cn|"),
    Alternative(
        r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~-]+[A-Za-z0-9/]", "详见|http://www.cq.gov.cn/a|。"
    ),
)
CONTACT = one_of((*ADDRESSES, *PHONES))

_CALLED = "电话|手机|热线|传真|邮编|邮政编码|联系方式"
_LABELLED = re.compile(rf"(?:{_CALLED})(?:号码)?[:：]?[“\"]?(?:\d[\d-]*[、，/]?)*$")
# A name, an office or another number may be between the label and the number.
_LABEL_IN_LINE = re.compile(rf"(?:{_CALLED}|联系[人员]|联络[人员]|咨询)[^。！？!?]*$")
_CONTACT_PERSON = re.compile(r"联 ?系 ?(?:人|方 ?式)[^。！？!?]*$")
_HOTLINE = re.compile(rf"[”\"]?(?:[{HAN}]{{0,6}}服务)?(?:便民|政务|市民)?热线")
_STREET = re.compile(r"[路街道巷弄村]$")
_HOUSE = re.compile(r"号(?!线|桥|公路)")
_UNIT = re.compile(rf" ?(?:{PERCENT}|{MAGNITUDES}|{UNITS})")
_SHORTEST = 3  # digits of a number that is called; 热线3条 only counts
_SHORTEST_PHONE = 7
_LABEL_DISTANCE = 24  # code points before a number in which its label is sought


def is_contact(text: str, start: int, end: int, line: tuple[int, int] | None = None) -> bool:
    """Return whether a number calls or finds someone: by its label, as a hotline, in a street.

    `line` is where the line around it begins and ends; None: where the text does.

    >>> is_contact("热线12345", 2, 7), is_contact("青枫北路12号", 4, 6), is_contact("第12号", 1, 3)
    (True, True, False)
    >>> is_contact("联系人：甲局李大海 65741234", 10, 18)
    True
    """
    if not text[start].isdigit():
        return False
    line_start, line_end = line or (0, len(text))
    before = squashed(text[max(start - _LABEL_DISTANCE, 0) : start])
    after = text[end : min(end + _LABEL_DISTANCE, line_end)]
    if _STREET.search(before) and _HOUSE.match(after):
        return True
    label_start = max(start - _LABEL_DISTANCE, line_start)
    if end - start >= _SHORTEST_PHONE and _LABEL_IN_LINE.search(text, label_start, start):
        return not _UNIT.match(after)
    called = _LABELLED.search(before) or _HOTLINE.match(after)
    return end - start >= _SHORTEST and called is not None


def is_contact_person(text: str, start: int, line_start: int) -> bool:
    """Return whether the name at `start` is that of the contact person: 联系人：李大海."""
    return bool(_CONTACT_PERSON.search(text, max(start - _LABEL_DISTANCE, line_start), start))
