"""Dates as letters print them: with 年月日 or in figures, with a time of day, from one to another.

The two ends of a span are two dates where each is one by itself (2018/5/18-2018/5/20), else the
span is one token (3月5日至8日, 1-10月).
"""

import re

from differ.lexicon.alternatives import Alternative, one_of
from differ.tokens.number_patterns import MAGNITUDES, NUMERAL, PERCENT, TO, UNITS

_FIGURES = r"(?:1[89]|2[01])\d\d"
_YEAR = rf"(?:{_FIGURES}|[{NUMERAL}]{{4}})"
_DAY = rf"(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})"
_SEPARATORS = (" ?[-－—–] ?", " ?/ ?", "[.．]")  # between year, month and day
_COUNTS = rf"{PERCENT}|{MAGNITUDES}|{UNITS}"  # what follows a number that is no year

# A date in figures may be right behind other figures, where the mark between them was lost.
DATE_AHEAD = r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)"
_MONTH_AND_DAY = "|".join(rf"{mark}\d{{1,2}}{mark}\d{{1,2}}" for mark in _SEPARATORS)
_TWO_DIGIT_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_IN_MONTH = (
    rf"(?:\d{{1,2}}{TO}\d{{1,2}} ?月"
    rf"|{_DAY} ?月(?: ?{_DAY}(?: ?日?{TO}{_DAY})? ?[日号])?(?:[上中下]旬)?)"
)
_CLOCK = r"\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：])"

TIMES_OF_DAY = (
    Alternative(rf"[上下]午 ?(?:{_CLOCK}|\d{{1,2}}[时点](?:\d{{1,2}}分|半)?)", "|上午9:30|到场"),
    Alternative(rf"(?<!\d)(?<!\d[:：]){_CLOCK}{TO}{_CLOCK}", "每天|9:00-17:30|开放"),
    Alternative(
        r"(?:(?<=[日号午晨])|(?<=[日号午晨] )|(?<=[-/.]\d[ T])|(?<=[-/.]\d\d[ T]))" + _CLOCK,
        "2018-05-18 |09:30|",
    ),
    Alternative(r"(?<=[至到于])\d{1,2}[:：]00(?![\d:：])", "延长至|22:00|，"),
    Alternative(r"(?<!\d)\d{1,2}时\d{1,2}分", "|9时30分|到场"),
    Alternative(r"(?<=[日号])\d{1,2}时(?![间期])", "6月10日|9时|起"),
)
DATES_IN_WORDS = (
    Alternative(
        rf"(?:{_YEAR}|(?<!\d)\d\d(?=年 ?\d{{1,2}} ?月)) ?年 ?{_IN_MONTH}", "于|2022年6月10日|印发"
    ),
    Alternative(f"{_YEAR} ?年", "|2022年|底"),
    Alternative(
        rf"(?<!\d){_YEAR}(?={TO}{_YEAR}(?:年|(?!\d|[.,]\d|{_COUNTS})))", "规划（|2022|—2027年）"
    ),
    Alternative(
        rf"(?<=(?:19|20)\d\d[-－—–―~～至到])(?:19|20)\d\d(?!\d|[.,]\d|{_COUNTS})",
        "规划（2022—|2027|）",
    ),
    Alternative(rf"(?<!\d)(?=\d){_IN_MONTH}", "|3月5日至8日|举行"),
    # 30日内 says how long.
    Alternative(r"(?<!\d)\d{1,2}日(?![内均常游]|[之以]内)", "|10日|前报送"),
    Alternative(
        rf"(?<![{NUMERAL}])[{NUMERAL}]{{1,3}}月[{NUMERAL}]{{1,3}}(?:日?{TO}[{NUMERAL}]{{1,3}})?日",
        "|六月十日|印发",
    ),
)
DATES_IN_FIGURES = (
    Alternative(
        rf"(?:(?<!\d)|(?={DATE_AHEAD})){_FIGURES}(?:{_MONTH_AND_DAY})(?:(?!\d)|(?={DATE_AHEAD}))",
        "于|2018/5/18|印发",
    ),
    # Two digits are a year where the rest can be nothing but a day; with dots only 18.05.18.
    Alternative(
        r"(?<![\d./-])\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])"
        r"(?![\d./-]|[号室栋幢])",
        "于|18/5/18|印发",
    ),
    Alternative(
        rf"(?<![\d./-])\d\d[.．](?:0[1-9]|1[0-2])[.．]{_TWO_DIGIT_DAY}(?![\d./-])",
        "于|18.05.18|印发",
    ),
    Alternative(
        rf"(?<![\d./-]){_FIGURES}[-/](?:0[1-9]|1[0-2])(?![\d./-]|号|{_COUNTS})", "于|2018-05|印发"
    ),
)
NAMED_TIMES = (
    Alternative(
        f"(?<![{NUMERAL}个两几])(?:十[一二]?|[一二三四五六七八九])月(?=[底初末份前]|[上中下]旬)",
        "|十月|底前完工",
    ),
    Alternative(
        f"每?(?:周|星期|礼拜)[一二三四五六日天](?![{NUMERAL}次回趟个天期年月节班])(?=[上下早晚中全至到、，。；）)和及或前的开办值接休营起为均]|{TO}|$)",
        "|每周三|上午接待",
    ),
    Alternative("[今明去]年", "力争|明年|开工"),
    Alternative(
        "(?<![以年])[上本下当]个?月(?![亮球光台季])(?:[上中下]旬|[底初末])?", "于|上月中旬|开工"
    ),
    Alternative("(?<!今)后年(?![份度])", "力争|后年|开工"),
    Alternative(rf"(?<![\d{NUMERAL}两几半数多今明去后前本当该全每近])年内", "力争|年内|开工"),
    Alternative("[上下]半年", "|下半年|开工"),
    Alternative("第?[一二三四]季度", "|第三季度|开工"),
    Alternative(r"十[一二三四五六]五(?=[”’\"]|期间|时期|规划|以来|末)", "“|十四五|”"),
)
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_SPELT_YEAR = re.compile(f"[{''.join(_DIGITS)}]{{4}}(?=年)")
_SPELT_PART = re.compile("([一二三]?)(十?)([一二三四五六七八九]?)(?=[月日号])")


def in_figures(date: str) -> str:
    """Return a date with its numerals as figures.

    >>> in_figures("二〇二三年十月二十一日"), in_figures("3月5日")
    ('2023年10月21日', '3月5日')
    """
    years = _SPELT_YEAR.sub(lambda year: "".join(map(_DIGITS.__getitem__, year[0])), date)
    return _SPELT_PART.sub(_part_in_figures, years)


def _part_in_figures(part: re.Match[str]) -> str:
    tens, ones = _DIGITS.get(part[1], ""), _DIGITS.get(part[3], "")
    if not part[2]:
        return tens + ones
    return (tens or "1") + (ones or "0")


DATE = one_of((*TIMES_OF_DAY, *DATES_IN_WORDS, *DATES_IN_FIGURES, *NAMED_TIMES))
