"""Companies and institutions, by what their names end with: 东海汇鑫房地产经纪有限公司.

What a name opens with can be anything. It begins where a mark, a line or a cell does, or behind
a word that says what is done with it (由, 委托, 与); a number that counts it is no part of it.
"""

import re
from collections.abc import Iterator

from differ.lexicon.vocabulary import any_of, is_common
from differ.tokens.number_patterns import NUMERAL

_COMPANY = "(?:集团|股份|有限|责任|合作)*公司(?![法制])|集团(?![化军])"
_BANK = "(?:银行|信用社|联社|农商行)(?![卡账业贷存间系])"
_END = (
    f"{_COMPANY}|{_BANK}|{any_of('ends')}"
    "|[小中]学(?![生校])|高中(?![生部])|初中(?![生部])|学院|大学(?![生城学])|医院(?![感管])"
    "|不动产(?!登)|厂(?![房区家商长矿内外址站网界])|店(?![铺面家员长内外])"
    "|中心(?![城镇村区线组点支校环带任工思])"
)
_INNER = "(?:(?![与和及由向对被把将已的了在是等委设建承引])[一-龥])"
_BRANCH = "分公司|支公司|分行|支行|分理处|储蓄所|营业[部所厅]|事业部|项目部|分店|办事处"
# Who builds or rents something for somebody is a company, whatever it is called.
_HIRED = "(?:承建|承租|承包|承运|中标|代建)(?![单方商人企主责项])"
_FIRSTS = {each[0] for each in any_of("ends").split("|")} | {*"集股有责合公银信联农小中高初学大医"}
_SUFFIX = re.compile(
    rf"(?=[{''.join(sorted(_FIRSTS))}不厂店承代])"
    rf"(?:(?:{_COMPANY}|{_BANK}){_INNER}{{0,8}}?(?:{_BRANCH})"
    rf"|大学{_INNER}{{0,8}}?(?:学院|医院|研究院|研究所|[中小]学)|医院{_INNER}{{1,4}}?院区"
    rf"|(?:[中小]学|学校){_INNER}{{1,4}}?(?:校区|分校)"
    rf"|(?:{_END})(?:{_COMPANY})|{_END}|(?={_HIRED}))"
)
_LEGAL = re.compile("有限|股份")  # what bears this is a name, however common its words are
# So is 市公交公司, so are 中国银行 and 西南大学.
_OWNED = re.compile(
    "[市省区县州旗](?![级域直场民内外属])|中国|国家|全国|中央|西[南北]|东北|华[东南中北]"
)
_NOBODY = re.compile(
    "[我本其该贵][局委厅办院校司市县区镇乡村站]"
    "|.*(?:单位|企业|部门|公司|村民|农户|群众|大户|市场|个人|政府)$"
)

# How far to the left a name may reach; brackets may stand in it: 中冶建工（东海）有限公司.
_RUN = re.compile(
    r"(?:[一-龥A-Za-z0-9·&]|(?<=[A-Za-z])\.|(?<=\w)-|(?<=[一-龥A-Za-z])[（(][一-龥]{1,8}[)）])+$"
)
_LONGEST = 30
_OPENS = "、：:\t\n（(“"  # a name stands right behind it
_SHORTEST = 2  # code points before what it ends with, but for 甲公司
_CORE = re.compile(rf".{{{_SHORTEST},}}|[甲乙丙丁戊己庚辛]")

_WHO = "[局委厅办府院所站厂店社校会处司团行心室里区县市镇乡街道村们位方]"
_BEFORE = re.compile(
    rf"(?P<auxiliary>{any_of('auxiliary')}|并(?![购入]))"
    rf"|(?P<leading>(?:我|本|全|各)[省市县区镇乡局委厅办院校]|{any_of('leading')})"
    rf"|{any_of('before')}|(?<!自)由|与|及|被|把|让|跟|请|在(?![建线校编职岗册户])|是|了|或|该|此|除|含"
    r"|称(?!多)|(?<![加可])以(?![色岭])|(?:单位|企业|机构|公司|的)有|的(?<!美的)|等(?<![高中初平]等)|到|从(?![化江])"
    r"|(?<![华有大善无])为(?!民)|(?<![数证依根收票])据|于(?![洪田都])|欠"
    r"|(?<!交)往(?!事)|(?<!基)因(?![特果子])"
    r"|(?<![配输运递])送(?![变])|(?<=[托租包建让供购买卖甲乙丙])方"
    r"|给(?<!供给)(?![排水])|将(?![军乐])|至(?![诚善尊臻])|对(?![外口俄台])"
    r"|(?:(?<!\w)|(?<=[已拟并可应须将曾再局委县区镇乡村]))向(?![阳荣])"
    r"|向(?![阳荣东前上心日华明导往])|经(?![纪济贸营开典纬略络])(?<![财政]经)"
    rf"|(?<={_WHO})[和同]"
)
# A number that counts, and what it counts in; 21世纪 counts nothing, nor does 第一 or 百年.
_COUNT = re.compile(
    rf"(?<!第)(?![百千万]年)(?:[\d.]+|[{NUMERAL}百千两几数多]+)[余多]?"
    "(?:家|个|所|座|名|条|批|处|间|类|种|项|年|月|日|号|元|万|亿|%|吨|人|户)[前后内来间底初末起]?|[各某每]"
)


def firms(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where companies and institutions are named between `start` and `end`.

    >>> text = "由东海汇鑫伟业有限公司承建"
    >>> [text[low:high] for low, high in firms(text, 0, len(text))]
    ['东海汇鑫伟业有限公司']
    """
    for suffix in _SUFFIX.finditer(text, start, end):
        run = _RUN.search(text, max(start, suffix.start() - _LONGEST), suffix.start())
        if run is None:
            continue
        low = opening(text, *run.span())
        core = text[low : suffix.start()]
        if not _CORE.fullmatch(core) or (not suffix[0] and _NOBODY.match(core)):
            continue
        if _LEGAL.search(suffix[0]) or _OWNED.match(core) or not is_common(core):
            yield low, suffix.end()


def is_wanted(text: str, start: int, low: int) -> bool:
    """Return whether a name must begin at `low`: in a list or a cell, behind 由 or a count.

    `start` is where the line begins. Elsewhere words may stand before it that are in no list.
    """
    if low > start and text[low - 1] in _OPENS:
        return True
    around = max(start, low - _LONGEST), low
    cues = (cue for cue in _BEFORE.finditer(text, *around) if cue.end() == low)
    counts = (count for count in _COUNT.finditer(text, *around) if count.end() == low)
    return any(not (cue["leading"] or cue["auxiliary"]) for cue in cues) or any(counts)


def opening(text: str, start: int, end: int) -> int:
    """Return where the name begins that the words from `start` to `end` end in."""
    low, wants_name = start, False
    for cue in _BEFORE.finditer(text, start, end):
        if cue["leading"]:
            rest = text[cue.end() : end]
            wanted = wants_name and cue.start() == low
            if wanted or len(rest) < _SHORTEST or is_common(rest):
                continue
        low, wants_name = cue.end(), not (cue["leading"] or cue["auxiliary"])
    return max((count.end() for count in _COUNT.finditer(text, low, end)), default=low)
