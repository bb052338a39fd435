"""Tokens of Chinese official prose: what is whole when it changes.

Numbers, dates, document numbers, Latin words, names and bodies are one token each; the
rest of the Chinese is taken by the character and widened to words afterwards.
"""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from differ.names.labelled_persons import FOREIGN, PERSON, SURNAMES
from differ.tokens.contact_patterns import PHONE
from differ.tokens.date_patterns import DATE, DATE_AHEAD
from differ.tokens.number_patterns import MAGNITUDES, NUMBER, NUMERAL, PERCENT, RANGE, SPELT, UNITS


class Shape(Enum):
    """What kind of token it is."""

    NUMBER = "number"
    RANGE = "range"  # 3-5, 10%-15%: one figure
    MAGNITUDE = "magnitude"  # 万, 亿
    UNIT = "unit"  # 元, 公里, %
    DATE = "date"
    CITED = "cited"  # 〔2024〕212号
    CONTACT = "contact"  # an e-mail address, a URL, a telephone number with its area
    LATIN = "latin"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"  # one of a list: 东湾、西湾、北湾3个村
    FIELD = "field"  # the whole value of a field such as the phone number
    MARK = "mark"  # one punctuation mark
    SPACE = "space"
    CHAR = "char"


class Token(NamedTuple):
    """A token and where it stands."""

    text: str
    shape: Shape
    start: int
    end: int


_CONTACT = (
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~-]+[A-Za-z0-9/]"
    rf"|{PHONE}"
)
# What a number of a document opens with, where its 〔2022〕 follows: 渝府发.
_ISSUERS = "渝国中川黔京津沪冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼云藏陕甘青宁新财建发办"
_ISSUED = rf"[{_ISSUERS}][一-龥]{{0,6}}?[发函办文字令规通复议](?=[〔［\[]\d{{4}}[〕］\]])"
# What begins no token of its own is one, and most of a text is that: looked at first.
_PLAIN = (
    rf"[^\W\dA-Za-z_{NUMERAL}两几数近今明去后上下第百千万亿"
    rf"{''.join(sorted({unit[0] for unit in UNITS.split('|')} - set('kMGTm')))}"
    rf"{SURNAMES}上诸司{_ISSUERS}]"
)
_PATTERN = re.compile(
    rf"(?P<foreign>{FOREIGN})|(?P<plain>{_PLAIN})|(?P<date>(?=[\d{NUMERAL}今明去后上下第])(?:{DATE}))"
    rf"|(?P<contact>(?=[A-Za-z0-9._+（(-])(?:{_CONTACT}))"
    rf"|(?P<issued>{_ISSUED})"
    r"|(?P<cited>[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号)"
    rf"|(?P<unit>(?<=[\d万亿千百十])(?:{PERCENT}|{UNITS}))"
    rf"|(?P<magnitude>(?<=[\d一二三四五六七八九十两几百千余多])(?:{MAGNITUDES}))"
    rf"|(?P<before>\d[\d.,]*?(?={DATE_AHEAD}))|(?P<range>(?=[-−－\d{NUMERAL}百千两几])(?:{RANGE}))|(?P<number>{NUMBER})"
    r"|(?P<latin>[A-Za-z0-9]+(?:[-.&/+][A-Za-z0-9]+)*\+*)"
    rf"|(?P<person>{PERSON})"
    rf"|(?P<numeral>{SPELT})"
    r"|(?P<space>\s)"
    r"|(?P<mark>……|——|[^\w\s])"
    r"|(?P<char>.)",
    re.DOTALL,
)
_SHAPES = {shape.value: shape for shape in Shape}
_SHAPES |= dict.fromkeys(("before", "numeral"), Shape.NUMBER)
_SHAPES |= {"issued": Shape.CITED}
_SHAPES |= {"foreign": Shape.PERSON, "plain": Shape.CHAR}

_BEHIND = 8  # code points before a token that say what it is
Held = tuple[int, int, Shape]


def tokens(
    text: str, start: int, end: int, held: Sequence[Held] = (), block: int = 0
) -> list[Token]:
    """Return the tokens of `text` from `start` to `end`; those `held` are whole.

    What stands before `block`, where a paragraph or table begins, belongs to no token here.
    """
    found: list[Token] = []
    at = start
    for first, last, shape in held:
        if at <= first and last <= end:
            _scan(found, text, (at, first), block)
            found.append(Token(text[first:last], shape, first, last))
            at = last
    _scan(found, text, (at, end), block)
    return found


def _scan(found: list[Token], text: str, stretch: tuple[int, int], block: int) -> None:
    start, end = stretch
    cut = block if block > 0 and start - block < _BEHIND else 0  # what is read begins there
    piece = text[cut:end] if cut else text
    for match in _PATTERN.finditer(piece, start - cut, end - cut):
        shape = _SHAPES[match.lastgroup or "char"]
        found.append(Token(match[0], shape, cut + match.start(), cut + match.end()))
