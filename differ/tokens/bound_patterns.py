"""Bounds of numbers: 不少于 and 以上 are floors, 不超过 and 以内 are ceilings."""

import re
from enum import Enum

from differ.lexicon.alternatives import Alternative, one_of, plain_words
from differ.tokens.number_patterns import UNITS

FLOORS = (
    *plain_words(
        "不少于 不低于 不小于 不早于 不得少于 不得低于 不能少于 不能低于 至少 最少 最低 起码"
    ),
    Alternative("(?<!不)(?<!不得)(?<!未)(?:多于|高于|大于)", "|多于|3次"),
    *plain_words("以上 以外 之外 下限 保底 ≥ ≧ ＞"),
)
CEILINGS = (
    *plain_words(
        "不超过 不超出 不多于 不高于 不大于 不晚于 不迟于 不得超过 不得高于 不得多于 不能超过"
    ),
    *plain_words("未超过 至多 最高"),
    Alternative("最多(?!跑[一1])", "|最多|3次"),
    Alternative("(?<!不)(?<!不得)(?<!不能)(?:少于|低于|小于|不足|不到|不满)", "|少于|3次"),
    *plain_words("以下 以内 之内 上限 封顶 ≤ ≦ ＜"),
)
# Of these 超 may be left alone: 超过3亿 → 超3亿.
EXCESS = (
    Alternative("(?<!不)(?<!不得)(?<!不能)(?<!未)超[过出]", "|超过|3次"),
    Alternative(r"超(?=\d)", "|超|3次"),
)
# How near a number is, before it or behind it: 近400名, 400余名.
NEARNESS = {
    "under": plain_words("将近 接近 近约 近"),
    "about": plain_words("大约 约为 约有 约 左右 上下"),
    "at": plain_words("达到 达"),
    "over": plain_words("超过 超 逾 突破 过 余 多"),
}
BOUND = one_of((*CEILINGS, *FLOORS))  # each is one token
BOUND_BEGINS = "不少低小多高大超至最起未以之上下保封≥≧＞≤≦＜"  # what each of these begins with
_IS_BOUND = re.compile(one_of((*CEILINGS, *FLOORS, *EXCESS)))
_IS_CEILING = re.compile(one_of(CEILINGS))
_NEARNESS = {name: re.compile(one_of(words)) for name, words in NEARNESS.items()}
_BEGINS = re.compile(r"[\d一二两三四五六七八九十百千万]")
_ENDS = re.compile(rf"[\d十百千万亿](?:{UNITS})?$")
_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半]")
_OF_TIME = re.compile(
    r"[\d〇一二三四五六七八九十百两半]\s*个?(?:工作日|自然日|日|天|小时|分钟|个?月|周|年)"
)


class Bound(Enum):
    """On which side of a number what it bounds is."""

    FLOOR = "floor"
    CEILING = "ceiling"


def bounds_in(text: str) -> list[Bound]:
    """Return the bounds that words are, in order.

    >>> bounds_in("每年不少于3次，费用在500元以内")
    [<Bound.FLOOR: 'floor'>, <Bound.CEILING: 'ceiling'>]
    """
    words = (bound[0] for bound in _IS_BOUND.finditer(text))
    return [Bound.CEILING if _IS_CEILING.fullmatch(word) else Bound.FLOOR for word in words]


def bounds_number(text: str) -> bool:
    """Return whether a number is in a clause, so that a bound in it is of a number."""
    return bool(_NUMBER.search(text))


def nearness(text: str, before: str, behind: str) -> str | None:
    """Return how near words say that a number is which is right `behind` or `before` them.

    >>> nearness("约", "村医", "412名"), nearness("余", "400", "名"), nearness("约", "", "定")
    ('about', 'over', None)
    """
    if not (_BEGINS.match(behind) or _ENDS.search(before)):
        return None
    return next((name for name, words in _NEARNESS.items() if words.fullmatch(text)), None)


def is_of_time(text: str) -> bool:
    """Return whether the numbers of a clause say how long something takes."""
    return bool(_OF_TIME.search(text))
