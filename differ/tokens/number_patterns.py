"""Numbers as letters print them: with separators, spelt, or as a range, which is one figure."""

from differ.lexicon.alternatives import Alternative, one_of

NUMERAL = "〇○零一二三四五六七八九十"
CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"  # as sums of money are spelt
_TWENTY = "廿卅"  # 20 and 30: 廿三 is 23
OTHER_NUMERALS = CAPITALS + _TWENTY
_DIGIT_WORD = "一二两三四五六七八九十"  # a spelt figure by itself
_LATIN_UNITS = (
    "kWh|kW|kVA|kV|MWh|MW|GWh|GW|km/h|km²|km|kg|kPa|MPa|mg/L|mg/m³|mg/m3|mg/kg|mg|μg/m³|μg/m3|"
    "µg/m³|µg/m3|mm|mL|ml|min|m/s|m²|m³|cm|dB|hm²|ha|GB|TB|MB|Gbps|Mbps|ppm|L|t/d|tce|g|m|t"
)
UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|平方千米|公顷|亩|美元|欧元|港元|元|吨|千克|公斤|克|"
    "千瓦时|千瓦|兆瓦|度|米|个|项|家|条|座|所|处|户|人次|人|名|位|次|件|辆|台|套|只|种|类|批|期|届|轮|年|个月|月|天|"
    "小时|分钟|秒|倍|成|折|岁|级|层|间|张|床|篇|册|部|场|班|列|架|艘|块|片|株|棵|盏|车|趟|"
    + _LATIN_UNITS
)
MAGNITUDES = "万亿|千万|百万|亿|万|千|百"
PERCENT = "[%％‰℃]"
# What one spelt figure alone may count: 三家, 两倍, 翻一番; 一次性 and 一级 count nothing.
_COUNTED = (
    "[万亿个项家条座所户倍番批期轮届辆台套亩吨名年]|次(?!性|要|第)|人次|公里|平方|小时|个月"
    "|成(?![为立果功分本员就效长熟品交都型套才批片天绩因败不])|折(?![旧合算叠扣返射])"
)
_LATIN_UNIT = f"(?:{_LATIN_UNITS})(?![A-Za-z0-9])"

TO = "(?:[-－—–―~～∼]{1,2}|至|到)"  # between the ends of a range
_SIGN = r"(?:(?<![0-9A-Za-z年月日%％〕)）])[-−－])?"
_END = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SPELT_END = f"[{NUMERAL}百千两几]{{1,4}}"

# A unit behind the first end is meant behind the second too: 10%-15%, 3万-5万元.
RANGES = (
    Alternative(
        rf"(?<![\dA-Za-z.．/\-－]){_SIGN}{_END}"
        rf"(?P<borne>(?:{MAGNITUDES})?(?:{PERCENT}|{UNITS})?){TO}[-−]?{_END}(?P=borne)"
        rf"(?:(?={_LATIN_UNIT})|(?![0-9A-Za-z]|[.．]\d|[-－—–~～/]\d))",
        "增长|10%-15%|左右",
    ),
    Alternative(
        rf"{_SPELT_END}(?P<spelt_borne>{UNITS}){TO}{_SPELT_END}(?P=spelt_borne)",
        "每年|三家至五家|企业",
    ),
    Alternative(rf"{_SPELT_END}{TO}{_SPELT_END}(?={_COUNTED}|{UNITS})", "每年|三至五|家"),
)
PLAIN_NUMBERS = (
    Alternative(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?", "投资|1,234.5|万元"),
    Alternative(rf"\d+(?:[.．]\d+)?(?={_LATIN_UNIT})", "装机|30|kW"),
    Alternative(r"\d+(?:[.．/:：∶]\d+)*(?![A-Za-z0-9])", "投资|12.5|万元"),
)
# Numbers of several parts, each with a magnitude or a unit of its own, are one number.
_LOWER = "千万|百万|十万|万|千|百|十"
_PART = f"[{NUMERAL}两百千]"
_PLACE = f"第(?:\\d{{1,4}}|[{NUMERAL}百]{{1,5}})"
COMPOUNDS = (
    Alternative(
        rf"(?:\d[\d,.]*(?:{MAGNITUDES}))+(?:\d+(?:\.\d+)?(?:{_LOWER})|\d{{3,}}(?![\d年.]))",
        "投资|3亿5千万|元",
    ),
    Alternative(
        rf"(?:{_PART}+[万亿]{{1,2}})+{_PART}*(?:[十百千]万?|万)(?:{_PART}*[十百千])?(?:[{NUMERAL}](?![年月日]))?",
        "投资|三亿五千万|元",
    ),
    Alternative(r"\d+个?小时\d+分钟?(?:\d+秒)?", "办理|2小时30分|后"),
    Alternative(r"\d+分钟?\d+秒", "用时|3分20秒|，"),
    Alternative(r"\d+元\d+角(?:\d+分)?|\d+角\d+分", "每吨|1元5角|，"),
    Alternative(r"(?<!\d)\d{1,2}年\d{1,2}个月|\d+个月零?\d+天|\d+周零?\d+天", "为期|2年6个月|，"),
    Alternative(r"\d+公里\d+米|\d+米\d+(?:厘米)?(?![\d年月.])|\d+厘米\d+毫米", "全长|3公里500米|"),
    Alternative(r"\d+吨\d+(?:公斤|千克)|\d+(?:公斤|千克)\d+克|\d+亩\d+分", "共|2吨300公斤|"),
    Alternative(r"\d+[天日]\d+夜", "为期|2天3夜|"),
    Alternative(r"\d+个半(?=月|小时|学期)", "为期|2个半|月"),
    Alternative(
        rf"(?:{_PLACE}[编部篇章节条款](?:分)?)+{_PLACE}[章节条款项目](?:第?[（(]?[{NUMERAL}\d]{{1,2}}[）)]?[款项目])?",
        "按|第3章第5条|执行",
    ),
    Alternative("[一二两三四五六七八九]成[一二三四五六七八九半](?![年月日个])", "达|九成五|"),
)
COMPOUND = one_of(COMPOUNDS)
SPELT_NUMBERS = (
    Alternative(f"(?<=[百千万]分之)[{NUMERAL}两百千](?![{NUMERAL}百千两])", "达到百分之|五|"),
    Alternative(f"[{NUMERAL}两几]+分之[{NUMERAL}两]+", "超过|三分之二|"),
    Alternative("[过近逾超]半数?(?![年月天小个径圆岛壁场])", "居民|过半|同意"),
    Alternative("一?[大小多]半(?![年月天小个径圆岛壁场])", "完成|大半|工程"),
    Alternative("(?:一半|半数|对半|减半)(?![年月天小个径圆岛壁场])", "已有|一半|居民"),
    # 每半年 is how often, as 每季度 is, and no length.
    Alternative("(?<!每)半(?=年(?!度)|个月|小时|天|价)", "为期|半|年"),
    Alternative(f"数[十百千万](?=[万亿]|余|{UNITS})", "来了|数十|家"),
    Alternative("[百千万](?=余)", "有|百|余人"),
    Alternative("[百千万][万亿](?=级)", "打造|千亿|级产业"),
    Alternative(f"(?<=[近上超逾约达过])[百千](?=[万亿]|余|{UNITS})", "近|百|家企业"),
    Alternative(f"[{CAPITALS}][零{CAPITALS}]+", "人民币|壹仟贰佰|元整"),
    Alternative(f"[{CAPITALS}](?=[万亿]|[元圆][整正])", "人民币|伍|万元整"),
    Alternative(
        f"[{_TWENTY}][{NUMERAL}](?![月日])|[{_TWENTY}](?=[余多万亿]|{UNITS})", "共|廿三|万人"
    ),
    Alternative(f"(?<=分)[{_DIGIT_WORD}](?=步(?!骤))", "分|三|步实施"),
    Alternative(f"[{_DIGIT_WORD}](?=大(?:工程|行动|任务|举措|板块|产业|领域))", "建设|八|大工程"),
    Alternative(f"[{NUMERAL}百千两]{{2,}}", "建成|二十五|个"),
    Alternative(f"[{_DIGIT_WORD}](?={_COUNTED})", "建成|三|座"),
)
RANGE = one_of(RANGES)
NUMBER = f"{_SIGN}(?:{one_of(PLAIN_NUMBERS)})"
SPELT = one_of(SPELT_NUMBERS)
