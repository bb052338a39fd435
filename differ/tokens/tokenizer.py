"""Cuts Chinese official prose into tokens: what changes as a whole.

Numbers, dates, document numbers, Latin words, names and bodies are one token each; the
rest of the Chinese is taken by the character and widened to words afterwards.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from differ.tokens.bound_patterns import BOUND, BOUND_BEGINS
from differ.tokens.contact_patterns import CONTACT
from differ.tokens.date_patterns import DATE, DATE_AHEAD
from differ.tokens.idiom_patterns import IDIOM, IDIOM_BEGINS
from differ.tokens.number_patterns import (
    COMPOUND,
    MAGNITUDES,
    NUMBER,
    NUMERAL,
    OTHER_NUMERALS,
    PERCENT,
    RANGE,
    SPELT,
    UNITS,
)
from differ.tokens.person_patterns import FOREIGN_PERSON, PERSON, SURNAMES
from differ.tokens.token import Token, TokenKind, TokenSpan
from letters.text import HAN

# What the number of a document opens with, where its 〔2022〕 follows: 渝府发.
_ISSUERS = "渝国中川黔京津沪冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼云藏陕甘青宁新财建发办"
_ISSUER_SIGN = rf"[{_ISSUERS}][{HAN}]{{0,6}}?[发函办文字令规通复议](?=[〔［\[]\d{{4}}[〕］\]])"
# Most characters of a text begin no longer token: they are tried before all longer patterns.
_PLAIN_CHARACTER = (
    rf"[^\W\dA-Za-z_{NUMERAL}{OTHER_NUMERALS}两几数近今明去后上下本当每第百千万亿过逾超大小多对半"
    rf"{''.join(sorted({unit[0] for unit in UNITS.split('|') if not unit[0].isascii()}))}"
    rf"{SURNAMES}上诸司星礼最极绝{_ISSUERS}]"
)


class TokenPattern(NamedTuple):
    """How one kind of token is written."""

    name: str  # of the group in the whole pattern
    kind: TokenKind
    pattern: str
    example: str  # what the pattern matches is between two bars


TOKEN_PATTERNS = (  # the first that matches counts
    TokenPattern("foreign", TokenKind.PERSON, FOREIGN_PERSON, "，|买买提·艾山|委员"),
    TokenPattern("idiom", TokenKind.CHAR, rf"(?=[{IDIOM_BEGINS}])(?:{IDIOM})", "增强|四个意识|，"),
    TokenPattern("bound", TokenKind.BOUND, rf"(?=[{BOUND_BEGINS}])(?:{BOUND})", "|不少于|3次"),
    TokenPattern("plain", TokenKind.CHAR, _PLAIN_CHARACTER, "研|究|"),
    TokenPattern(
        "date",
        TokenKind.DATE,
        rf"(?=[\d{NUMERAL}今明去后上下本当每周星礼第年])(?:{DATE})",
        "于|2022年6月|印发",
    ),
    TokenPattern(
        "contact", TokenKind.CONTACT, rf"(?=[A-Za-z0-9._+（(-])(?:{CONTACT})", "电话|023-67575012|"
    ),
    TokenPattern("issued", TokenKind.CITED, _ISSUER_SIGN, "按|渝府发|〔2022〕3号"),
    TokenPattern(
        "cited",
        TokenKind.CITED,
        r"[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号",
        "渝府发|〔2022〕3号|",
    ),
    TokenPattern(
        "unit",
        TokenKind.UNIT,
        rf"(?<=[\d万亿千百十{OTHER_NUMERALS}])(?:{PERCENT}|{UNITS})",
        "718.4亿|元|。",
    ),
    TokenPattern(
        "magnitude",
        TokenKind.MAGNITUDE,
        rf"(?<=[\d一二三四五六七八九十两几百千余多{OTHER_NUMERALS}])(?:{MAGNITUDES})",
        "718.4|亿|元",
    ),
    TokenPattern(
        "compound",
        TokenKind.NUMBER,
        rf"(?=[\d{NUMERAL}两百千第])(?:{COMPOUND})",
        "投资|3亿5千万|元",
    ),
    TokenPattern("before", TokenKind.NUMBER, rf"\d[\d.,]*?(?={DATE_AHEAD})", "|33.2|2018-5-18"),
    TokenPattern(
        "range", TokenKind.RANGE, rf"(?=[-−－\d{NUMERAL}百千两几])(?:{RANGE})", "增长|10%-15%|。"
    ),
    TokenPattern("number", TokenKind.NUMBER, NUMBER, "增长|718.4|亿元"),
    TokenPattern(
        "latin", TokenKind.LATIN, r"[A-Za-z0-9]+(?:[-.&/+][A-Za-z0-9]+)*\+*", "使用|5G-A|技术"
    ),
    TokenPattern("person", TokenKind.PERSON, PERSON, "感谢|赵小华|委员"),
    TokenPattern("numeral", TokenKind.NUMBER, SPELT, "建成|二十五|个"),
    TokenPattern("space", TokenKind.SPACE, r"\s", "一| |二"),
    TokenPattern("mark", TokenKind.MARK, r"……|——|[^\w\s]", "好|——|是"),
    TokenPattern("char", TokenKind.CHAR, ".", "近|年|来"),
)
_PATTERN = re.compile(
    "|".join(f"(?P<{each.name}>{each.pattern})" for each in TOKEN_PATTERNS), re.DOTALL
)
_KINDS = {each.name: each.kind for each in TOKEN_PATTERNS}

_LOOKBEHIND = 8  # code points before a token that say what it is


def tokens(
    text: str, start: int, end: int, whole: Sequence[TokenSpan] = (), block: int = 0
) -> list[Token]:
    """Return the tokens of `text` from `start` to `end`; each of `whole` is one token.

    What is before `block`, where a paragraph or table begins, belongs to no token here.
    """
    result: list[Token] = []
    at = start
    for span_start, span_end, kind in whole:
        if at <= span_start and span_end <= end:
            result += _scanned(text, at, span_start, block)
            result.append(Token(text[span_start:span_end], kind, span_start, span_end))
            at = span_end
    result += _scanned(text, at, end, block)
    return result


def _scanned(text: str, start: int, end: int, block: int) -> list[Token]:
    """Return the tokens between `start` and `end` by the patterns alone."""
    cut = block if block > 0 and start - block < _LOOKBEHIND else 0  # lookbehinds end there
    piece = text[cut:end] if cut else text
    return [
        Token(match[0], _KINDS[match.lastgroup or "char"], cut + match.start(), cut + match.end())
        for match in _PATTERN.finditer(piece, start - cut, end - cut)
    ]
