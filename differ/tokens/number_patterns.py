"""Numbers as letters print them: with separators, spelt, or as a range, which is one figure."""

NUMERAL = "〇○零一二三四五六七八九十"
_ONE = "一二两三四五六七八九十"
UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|平方千米|公顷|亩|美元|欧元|港元|元|吨|千克|公斤|克|"
    "千瓦时|千瓦|兆瓦|度|米|个|项|家|条|座|所|处|户|人次|人|名|位|次|件|辆|台|套|只|种|类|批|期|届|轮|年|个月|月|天|"
    "小时|分钟|秒|倍|成|折|岁|级|层|间|张|床|篇|册|部|场|班|列|架|艘|块|片|株|棵|盏|车|趟|kWh|kW|MW|GW|km|kg|GB|TB|m|t"
)
MAGNITUDES = "万亿|千万|百万|亿|万|千|百"
PERCENT = "[%％‰℃]"
# What one spelt figure alone may count: 三家, 两倍, 翻一番; 一次性 and 一级 count nothing.
_COUNTED = "[万亿个项家条座所户倍番批期轮届辆台套亩吨名年]|次(?!性|要|第)|人次|公里|平方|小时|个月"
_LATIN_UNIT = "(?:kWh?|MW|GW|km|kg|GB|TB|m|t)(?![A-Za-z])"

TO = "(?:[-－—–―~～∼]{1,2}|至|到)"  # between the ends of a range
_SIGN = r"(?:(?<![0-9A-Za-z年月日%％〕)）])[-−－])?"
_END = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SPELT_END = f"[{NUMERAL}百千两几]{{1,4}}"
# A unit that stands behind the first end stands behind the second too: 10%-15%, 3万-5万元.
RANGE = (
    rf"(?<![\dA-Za-z.．/\-－]){_SIGN}{_END}(?P<borne>(?:{MAGNITUDES})?(?:{PERCENT}|{UNITS})?)"
    rf"{TO}[-−]?{_END}(?P=borne)(?:(?={_LATIN_UNIT})|(?![0-9A-Za-z]|[.．]\d|[-－—–~～/]\d))"
    rf"|{_SPELT_END}(?P<spelt_borne>{UNITS}){TO}{_SPELT_END}(?P=spelt_borne)"
    rf"|{_SPELT_END}{TO}{_SPELT_END}(?={_COUNTED}|{UNITS})"
)
NUMBER = (
    rf"{_SIGN}(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.．/:：∶]\d+)*(?![A-Za-z0-9])"
    rf"|\d+(?={_LATIN_UNIT}))"
)
SPELT = (
    rf"[{NUMERAL}两几]+分之[{NUMERAL}两]+|数[十百千万](?=[万亿]|余|{UNITS})"
    rf"|[百千万](?=余)|[百千万][万亿](?=级)|(?<=[近上超逾约达过])[百千](?=[万亿]|余|{UNITS})"
    rf"|[{NUMERAL}百千两]{{2,}}|[{_ONE}](?={_COUNTED})"
)
