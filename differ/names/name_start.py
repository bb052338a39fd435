"""Finds where a name begins whose end is known: behind 由, a mark, a count, or a line's start."""

import re

from differ.lexicon.alternatives import Alternative, one_of
from differ.lexicon.vocabulary import any_of, is_common
from differ.tokens.number_patterns import NUMERAL

LONGEST = 30  # code points before what a name ends with in which its start is sought
SHORTEST = 2  # code points of a name before what it ends with
_OPENING_MARKS = "、：:\t\n（(“"  # a name follows at once

_BODY_END = "[局委厅办府院所站厂店社校会处司团行心室里区县市镇乡街道村们位方]"
# What is before a name and is no part of it.
CUES = (
    Alternative(f"(?P<auxiliary>{any_of('auxiliary')}|并(?![购入]))", "我局|并|委托"),
    Alternative(
        rf"(?P<leading>(?:我|本|全|各)[省市县区镇乡局委厅办院校]|{any_of('leading')})",
        "|我市|汇鑫公司",
    ),
    Alternative(any_of("before"), "已|委托|汇鑫公司"),
    Alternative("(?<!自)由", "|由|汇鑫公司"),
    Alternative("[与及被把让跟请]", "我局|与|汇鑫公司"),
    Alternative("在(?![建线校编职岗册户])", "|在|汇鑫公司"),
    Alternative("[是了或该此除含]", "|该|汇鑫公司"),
    Alternative("称(?!多)", "据|称|汇鑫公司"),
    Alternative("(?<![加可])以(?![色岭])", "|以|汇鑫公司"),
    Alternative("(?:单位|企业|机构|公司|的)有", "入围|单位有|汇鑫公司"),
    Alternative("的(?<!美的)", "投资|的|汇鑫公司"),
    Alternative("等(?<![高中初平]等)", "恒丰|等|公司"),
    Alternative("到", "移交|到|汇鑫公司"),
    Alternative("从(?![化江])", "|从|汇鑫公司"),
    Alternative("(?<![华有大善无])为(?!民)", "乙方|为|汇鑫公司"),
    Alternative("(?<![数证依根收票])据", "|据|汇鑫公司"),
    Alternative("于(?![洪田都])", "外包|于|汇鑫公司"),
    Alternative("欠", "尚|欠|汇鑫公司"),
    Alternative("(?<!交)往(?!事)", "运|往|汇鑫公司"),
    Alternative("(?<!基)因(?![特果子])", "|因|汇鑫公司"),
    Alternative("(?<![配输运递])送(?![变])", "水样|送|汇鑫公司"),
    Alternative("(?<=[托租包建让供购买卖甲乙丙])方", "受托|方|汇鑫公司"),
    Alternative("给(?<!供给)(?![排水])", "租|给|汇鑫公司"),
    Alternative("将(?![军乐])", "|将|汇鑫公司"),
    Alternative("至(?![诚善尊臻])", "搬|至|汇鑫公司"),
    Alternative("对(?![外口俄台])", "|对|汇鑫公司"),
    Alternative(
        r"(?:(?<!\w)|(?<=[已拟并可应须将曾再局委县区镇乡村]))向(?![阳荣])", "我局|向|汇鑫公司"
    ),
    Alternative("向(?![阳荣东前上心日华明导往])", "资金投|向|汇鑫公司"),
    Alternative("经(?![纪济贸营开典纬略络])(?<![财政]经)", "|经|汇鑫公司"),
    Alternative(f"(?<={_BODY_END})[和同]", "我局|和|汇鑫公司"),
    Alternative("(?<=[经并])商(?![洛丘务])", "经|商|汇鑫公司"),
)
# A number that counts, and what it counts in; 21世纪 counts nothing, nor does 第一 or 百年.
COUNTS = (
    Alternative(
        rf"(?<!第)(?![百千万]年)(?:[\d.]+|[{NUMERAL}百千两几数多]+)[余多]?"
        "(?:家|个|所|座|名|条|批|处|间|类|种|项|年|月|日|号|元|万|亿|%|吨|人|户)"
        "[前后内来间底初末起]?",
        "|12家|汇鑫公司",
    ),
    Alternative("[各某每]", "|某|公司"),
)
_CUE = re.compile(one_of(CUES))
_COUNT = re.compile(one_of(COUNTS))


def name_start(text: str, start: int, end: int) -> int:
    """Return where the name begins that ends at `end`, at `start` at the earliest."""
    low, wants_name = start, False
    for cue in _CUE.finditer(text, start, end):
        if cue["leading"]:
            rest = text[cue.end() : end]
            is_wanted = wants_name and cue.start() == low
            if is_wanted or len(rest) < SHORTEST or is_common(rest):
                continue
        low, wants_name = cue.end(), _wants_name(cue)
    return max((count.end() for count in _COUNT.finditer(text, low, end)), default=low)


def must_start_at(text: str, line_start: int, start: int) -> bool:
    """Return whether a name must begin at `start`: in a list or a cell, behind 由 or a count.

    Elsewhere words may be before it that are in no list.
    """
    if start > line_start and text[start - 1] in _OPENING_MARKS:
        return True
    around = max(line_start, start - LONGEST), start
    cues = (cue for cue in _CUE.finditer(text, *around) if cue.end() == start)
    counts = (count for count in _COUNT.finditer(text, *around) if count.end() == start)
    return any(map(_wants_name, cues)) or any(counts)


def _wants_name(cue: re.Match[str]) -> bool:
    """Return whether nothing but a name can follow a cue: 由, not 已 or 我市."""
    return not (cue["leading"] or cue["auxiliary"])
