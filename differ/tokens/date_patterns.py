"""Dates as letters print them: with 年月日 or in figures, with a time of day, from one to another.

The two ends of a span are two dates where each is one by itself (2018/5/18-2018/5/20), else the
span is one token (3月5日至8日, 1-10月).
"""

from differ.tokens.number_patterns import MAGNITUDES, NUMERAL, PERCENT, TO, UNITS

_FIGURES = r"(?:1[89]|2[01])\d\d"
_YEAR = rf"(?:{_FIGURES}|[{NUMERAL}]{{4}})"
_DAY = rf"(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})"
_CUTS = (" ?[-－—–] ?", " ?/ ?", "[.．]")  # between year, month and day
_COUNTS = rf"{PERCENT}|{MAGNITUDES}|{UNITS}"  # what follows a number that is no year

# A date in figures may stand right behind other figures, where the mark between them was lost.
DATE_AHEAD = r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)"
_FULL = "|".join(rf"{cut}\d{{1,2}}{cut}\d{{1,2}}" for cut in _CUTS)
_IN_FIGURES = (
    rf"(?:(?<!\d)|(?={DATE_AHEAD})){_FIGURES}(?:{_FULL})(?:(?!\d)|(?={DATE_AHEAD}))"
    # Two digits are a year where the rest can be nothing but a day; with dots only 18.05.18.
    r"|(?<![\d./-])\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?![\d./-]|[号室栋幢])"
    r"|(?<![\d./-])\d\d[.．](?:0[1-9]|1[0-2])[.．](?:0[1-9]|[12]\d|3[01])(?![\d./-])"
    rf"|(?<![\d./-]){_FIGURES}[-/](?:0[1-9]|1[0-2])(?![\d./-]|号|{_COUNTS})"
)
_IN_MONTH = (
    rf"(?:\d{{1,2}}{TO}\d{{1,2}} ?月"
    rf"|{_DAY} ?月(?: ?{_DAY}(?: ?日?{TO}{_DAY})? ?[日号])?(?:[上中下]旬)?)"
)
_SPELT_OUT = (
    rf"(?:{_YEAR}|(?<!\d)\d\d(?=年 ?\d{{1,2}} ?月)) ?年 ?{_IN_MONTH}|{_YEAR} ?年"
    rf"|(?<!\d){_YEAR}(?={TO}{_YEAR}(?:年|(?!\d|[.,]\d|{_COUNTS})))"
    rf"|(?<=(?:19|20)\d\d[-－—–―~～至到])(?:19|20)\d\d(?!\d|[.,]\d|{_COUNTS})"
    rf"|(?<!\d)(?=\d){_IN_MONTH}|(?<!\d)\d{{1,2}}日"
    rf"|(?<![{NUMERAL}])[{NUMERAL}]{{1,3}}月[{NUMERAL}]{{1,3}}(?:日?{TO}[{NUMERAL}]{{1,3}})?日"
)
_CLOCK = r"\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：])"
_TIMES = (
    rf"[上下]午 ?(?:{_CLOCK}|\d{{1,2}}[时点](?:\d{{1,2}}分|半)?)"
    rf"|(?<!\d)(?<!\d[:：]){_CLOCK}{TO}{_CLOCK}"
    rf"|(?:(?<=[日号午晨])|(?<=[日号午晨] )|(?<=[-/.]\d[ T])|(?<=[-/.]\d\d[ T])){_CLOCK}"
    r"|(?<!\d)\d{1,2}时\d{1,2}分|(?<=[日号])\d{1,2}时(?![间期])"
)
_WORDS = (
    r"[今明去]年|(?<!今)后年(?![份度])|[上下]半年|第?[一二三四]季度"
    r"|十[一二三四五六]五(?=[”’\"]|期间|时期|规划|以来|末)"
)
DATE = f"{_TIMES}|{_SPELT_OUT}|{_IN_FIGURES}|{_WORDS}"
