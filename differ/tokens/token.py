"""What a token is: its words, where they are, and what kind of words they are."""

from enum import Enum
from typing import NamedTuple


class TokenKind(Enum):
    """What kind of words a token holds."""

    NUMBER = "number"
    RANGE = "range"  # 3-5, 10%-15%: one figure
    MAGNITUDE = "magnitude"  # 万, 亿
    UNIT = "unit"  # 元, 公里, %
    BOUND = "bound"  # 不少于, 以内
    DATE = "date"
    CITED = "cited"  # 〔2024〕212号, the number of a document
    CONTACT = "contact"  # an e-mail address, a URL, a telephone number with its area code
    LATIN = "latin"
    PERSON = "person"
    BODY = "body"  # 单位: a public body, a company, an institution
    PLACE = "place"  # 云垭县, or one in a list: 东湾、西湾、北湾3个村
    FIELD = "field"  # the whole value of a field such as the phone number
    MARK = "mark"  # one punctuation mark
    SPACE = "space"
    CHAR = "char"


class Token(NamedTuple):
    """A token and where it is."""

    text: str
    kind: TokenKind
    start: int  # code points from the start of the text
    end: int  # one past the last


TokenSpan = tuple[int, int, TokenKind]  # start and end of what is one token, and its kind
