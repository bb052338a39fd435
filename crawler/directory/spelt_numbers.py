"""Numbers that are no digits: 二, 十二, 第三页, ②, Ⅲ and IV, as pagers and counts print them."""

import re
import unicodedata

_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = "〇一二三四五六七八九"
SPELT = "[一二两三四五六七八九十百千]{1,7}"
_PAGE = re.compile(
    r"(?P<before>[\[［(（【]?第?)(?:(?P<spelt>[一二三四五六七八九十]{1,3})"
    r"|(?P<roman>X{0,3}(?:IX|IV|V?I{0,3})))(?P<after>[页頁]?[\]］)）】]?)"
)
LONGEST = 9  # code points of a number with what is around it
_ROMAN = {"I": 1, "V": 5, "X": 10}


def number_of(text: str) -> int:
    """Return a number in digits, or spelt below ten thousand.

    >>> number_of("13"), number_of("十二"), number_of("一百八十九")
    (13, 12, 189)
    """
    if text.isdecimal():
        return int(text)
    whole = digit = 0
    for char in text:
        if char in _UNITS:
            whole, digit = whole + (digit or 1) * _UNITS[char], 0
        else:
            digit = _DIGITS.find(char.replace("两", "二"))
    return whole + digit


def page_in_digits(words: str) -> str:
    """Return what a pager's button says with its number in digits; other words as they are.

    >>> [page_in_digits(words) for words in ("第二页", "[十二]", "③", "IV")]
    ['第2页', '[12]', '3', '4']
    >>> page_in_digits("下一页"), page_in_digits("一月")
    ('下一页', '一月')
    """
    if len(words) > LONGEST or (words.isascii() and not words.isupper()):
        return words
    plain = unicodedata.normalize("NFKC", words) if len(words) == 1 else words
    page = _PAGE.fullmatch(plain)
    if page is None or not (page["spelt"] or page["roman"]):
        return plain if plain.isdecimal() else words
    number = number_of(page["spelt"]) if page["spelt"] else _roman(page["roman"])
    return f"{page['before']}{number}{page['after']}"


def _roman(numeral: str) -> int:
    values = [_ROMAN[char] for char in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
