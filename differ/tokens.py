"""Tokens of Chinese official prose: what is whole when it changes.

Numbers, dates, document numbers, Latin words, names and bodies are one token each; the
rest of the Chinese is taken by the character and widened to words afterwards.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from differ.persons import FOREIGN, PERSON, SURNAMES


class Shape(Enum):
    """What kind of token it is."""

    NUMBER = "number"
    MAGNITUDE = "magnitude"  # 万, 亿
    UNIT = "unit"  # 元, 公里, %
    DATE = "date"
    CITED = "cited"  # 〔2024〕212号
    CONTACT = "contact"  # an e-mail address, a URL, a telephone number with its area
    LATIN = "latin"
    PERSON = "person"
    BODY = "body"
    FIELD = "field"  # the whole value of a field such as the phone number
    MARK = "mark"  # one punctuation mark
    SPACE = "space"
    CHAR = "char"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands."""

    text: str
    shape: Shape
    start: int
    end: int


_NUMERAL = "〇○零一二三四五六七八九十"
_ONE = "一二两三四五六七八九十"
_YEAR = rf"(?:(?:1[89]|2[01])\d\d|[{_NUMERAL}]{{4}})"
_DAY = rf"(?:\d{{1,2}}|[{_NUMERAL}]{{1,3}})"
_UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|平方千米|公顷|亩|美元|欧元|港元|元|吨|千克|公斤|克|"
    "千瓦时|千瓦|兆瓦|度|米|个|项|家|条|座|所|处|户|人次|人|名|位|次|件|辆|台|套|只|种|类|批|期|届|轮|年|个月|月|天|"
    "小时|分钟|秒|倍|成|折|岁|级|层|间|张|床|篇|册|部|场|班|列|架|艘|块|片|kWh|kW|MW|GW|km|kg|GB|TB|m|t"
)
# What one spelt figure alone may count: 三家, 两倍, 翻一番; 一次性 and 一级 count nothing.
_COUNTED = "[万亿个项家条座所户倍番批期轮届辆台套亩吨名年]|次(?!性|要|第)|人次|公里|平方|小时|个月"
_DATE = (
    rf"{_YEAR} ?年 ?{_DAY} ?月(?: ?{_DAY} ?日)?(?:[上中下]旬)?|{_YEAR} ?年"
    r"|(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    rf"|(?<!\d){_YEAR}(?=[—–―~～\-至到]{_YEAR}年)"
    r"|(?<!\d)\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|(?<!\d)\d{1,2}日"
    r"|[今明去]年|[上下]半年|第?[一二三四]季度"
    r"|十[一二三四五六]五(?=[”’\"]|期间|时期|规划|以来|末)"
)
_NUMBER = (
    r"(?:(?<![0-9A-Za-z年月日%％〕)）])[-−－])?"
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.．/:：∶]\d+)*(?![A-Za-z0-9])"
    r"|\d+(?=(?:kWh?|MW|GW|km|kg|GB|TB|m|t)(?![A-Za-z])))"
)
_SPELT = (
    rf"[{_NUMERAL}两几]+分之[{_NUMERAL}两]+|数[十百千万](?=[万亿]|余|{_UNITS})"
    rf"|[百千万](?=余)|[百千万][万亿](?=级)|(?<=[近上超逾约达过])[百千](?=[万亿]|余|{_UNITS})"
    rf"|[{_NUMERAL}百千两]{{2,}}|[{_ONE}](?={_COUNTED})"
)
_CONTACT = (
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~-]+[A-Za-z0-9/]"
    r"|(?<!\d)(?:[（(]0\d{2,3}[)）]|0\d{2,3} ?[-－—] ?)\d{7,8}(?!\d)"
)
# What a number of a document opens with, where its 〔2022〕 follows: 渝府发.
_ISSUERS = "渝国中川黔京津沪冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼云藏陕甘青宁新财建发办"
_ISSUED = rf"[{_ISSUERS}][一-龥]{{0,6}}?[发函办文字令规通复议](?=[〔［\[]\d{{4}}[〕］\]])"
# What begins no token of its own is one, and most of a text is that: looked at first.
_PLAIN = (
    rf"[^\W\dA-Za-z_{_NUMERAL}两几数近今明去上下第百千万亿"
    rf"{''.join(sorted({unit[0] for unit in _UNITS.split('|')} - set('kMGTm')))}"
    rf"{SURNAMES}上诸司{_ISSUERS}]"
)
_PATTERN = re.compile(
    rf"(?P<foreign>{FOREIGN})|(?P<plain>{_PLAIN})|(?P<date>{_DATE})"
    rf"|(?P<contact>{_CONTACT})"
    rf"|(?P<issued>{_ISSUED})"
    r"|(?P<cited>[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号)"
    rf"|(?P<unit>(?<=[\d万亿千百十])(?:[%％‰℃]|{_UNITS}))"
    r"|(?P<magnitude>(?<=[\d一二三四五六七八九十两几百千余多])(?:万亿|千万|百万|亿|万|千|百))"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<latin>[A-Za-z0-9]+(?:[-.&/+][A-Za-z0-9]+)*\+*)"
    rf"|(?P<person>{PERSON})"
    rf"|(?P<numeral>{_SPELT})"
    r"|(?P<space>\s)"
    r"|(?P<mark>……|——|[^\w\s])"
    r"|(?P<char>.)",
    re.DOTALL,
)
_SHAPES = {shape.value: shape for shape in Shape}
_SHAPES |= {"numeral": Shape.NUMBER, "issued": Shape.CITED}
_SHAPES |= {"foreign": Shape.PERSON, "plain": Shape.CHAR}

Held = tuple[int, int, Shape]


def tokens(text: str, start: int, end: int, held: Sequence[Held] = ()) -> list[Token]:
    """Return the tokens of `text` from `start` to `end`; those `held` are whole."""
    found: list[Token] = []
    at = start
    for first, last, shape in held:
        if at <= first and last <= end:
            _scan(found, text, at, first)
            found.append(Token(text[first:last], shape, first, last))
            at = last
    _scan(found, text, at, end)
    return found


def _scan(found: list[Token], text: str, start: int, end: int) -> None:
    for match in _PATTERN.finditer(text, start, end):
        shape = _SHAPES[match.lastgroup or "char"]
        found.append(Token(match[0], shape, match.start(), match.end()))
