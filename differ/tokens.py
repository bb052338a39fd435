"""Tokens of Chinese official prose: what is whole when it changes.

Numbers, dates, document numbers, Latin words, names and bodies are one token each; the
rest of the Chinese is taken by the character and widened to words afterwards.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What kind of token it is."""

    NUMBER = "number"
    MAGNITUDE = "magnitude"  # 万, 亿
    UNIT = "unit"  # 元, 公里, %
    DATE = "date"
    CITED = "cited"  # 〔2024〕212号
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
_YEAR = rf"(?:(?:1[89]|2[01])\d\d|[{_NUMERAL}]{{4}})"
_DAY = rf"(?:\d{{1,2}}|[{_NUMERAL}]{{1,3}})"
_UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|平方千米|公顷|亩|美元|欧元|港元|元|吨|千克|公斤|克|"
    "千瓦时|千瓦|兆瓦|度|米|个|项|家|条|座|所|处|户|人次|人|名|位|次|件|辆|台|套|只|种|类|批|期|届|轮|年|个月|月|天|"
    "小时|分钟|秒|倍|成|折|岁|级|层|间|张|床|篇|册|部|场|班|列|架|艘|块|片|kWh|kW|MW|GW|km|kg|GB|TB|m|t"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐"
    "费薛雷贺倪汤罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅林"
    "钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房丁邓洪包左石崔龚程裴陆翁段侯武刘龙叶黎白蒲易廖耿匡文曾关肖谭冉欧"
)
_ROLES = "委员(?!会)|代表(?!大会|团|性|作|处)|同志|主任(?!委)|局长|厅长|部长|先生|女士"
_PERSON = (
    rf"(?:欧阳|上官|诸葛|司马|[{_SURNAMES}])(?!常务|任何|万名)[一-龥·]{{1,2}}?(?=(?:{_ROLES}))"
)
_PERSON_FORM = re.compile(_PERSON)
_PATTERN = re.compile(
    rf"(?P<date>{_YEAR} ?年 ?{_DAY} ?月(?: ?{_DAY} ?日)?|{_YEAR} ?年"
    rf"|(?<!\d)\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)"
    rf"|(?<!\d){_YEAR}(?=[—–―~～\-至到]{_YEAR}年)|(?<!\d)\d{{1,2}}月(?:\d{{1,2}}日)?|(?<!\d)\d{{1,2}}日)"
    r"|(?P<cited>[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号)"
    rf"|(?P<unit>(?<=[\d万亿千百十])(?:[%％‰℃]|{_UNITS}))"
    r"|(?P<magnitude>(?<=[\d一二三四五六七八九十两几百千余多])(?:万亿|千万|百万|亿|万|千|百))"
    r"|(?P<number>(?:(?<![0-9A-Za-z年月日%％〕)）])[-−－])?"
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.．/:：∶]\d+)*(?![A-Za-z0-9])|\d+(?=(?:kWh?|MW|GW|km|kg|GB|TB|m|t)(?![A-Za-z]))))"
    r"|(?P<latin>[A-Za-z0-9]+(?:[-.&/+][A-Za-z0-9]+)*\+*)"
    rf"|(?P<person>{_PERSON})"
    rf"|(?P<numeral>[{_NUMERAL}百千两]{{2,}}|[一二两三四五六七八九十](?=[万亿个项家条座所户]))"
    r"|(?P<space>\s)"
    r"|(?P<mark>……|——|[^\w\s])"
    r"|(?P<char>.)",
    re.DOTALL,
)
_SHAPES = {shape.value: shape for shape in Shape} | {"numeral": Shape.NUMBER}

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


def is_person(text: str, start: int, end: int) -> bool:
    """Tell whether a person is named just there, by what follows.

    >>> is_person("赵小华委员", 0, 3), is_person("赵小华先锋", 0, 3)
    (True, False)
    """
    found = _PERSON_FORM.match(text, start)
    return found is not None and found.end() == end


def _scan(found: list[Token], text: str, start: int, end: int) -> None:
    for match in _PATTERN.finditer(text, start, end):
        shape = _SHAPES[match.lastgroup or "char"]
        found.append(Token(match[0], shape, match.start(), match.end()))
