"""Finds companies and institutions by what their names end with: 东海汇鑫房地产经纪有限公司.

What a name begins with can be anything: `name_start` finds it.
"""

import re
from collections.abc import Iterator

from differ.lexicon.alternatives import Alternative, one_of
from differ.lexicon.vocabulary import any_of, is_common
from differ.names.name_start import LONGEST, SHORTEST, name_start
from letters.text import HAN

_COMPANY = "(?:集团|股份|有限|责任|合作)*公司(?![法制])|集团(?![化军])"
_BANK = "(?:银行|信用社|联社|农商行)(?![卡账业贷存间系])"
ENDS = (
    Alternative(_COMPANY, "汇鑫|有限公司|"),
    Alternative(_BANK, "东海|农商行|"),
    Alternative(any_of("ends"), "种业|研究所|"),
    Alternative("[小中]学(?![生校])", "青枫|小学|"),
    Alternative("高中(?![生部])", "青枫|高中|"),
    Alternative("初中(?![生部])", "青枫|初中|"),
    Alternative("学院", "东海|学院|"),
    Alternative("大学(?![生城学])", "东海|大学|"),
    Alternative("医院(?![感管])", "东海|医院|"),
    Alternative("不动产(?!登)", "汇鑫|不动产|"),
    Alternative("厂(?![房区家商长矿内外址站网界])", "汇鑫水泥|厂|"),
    Alternative("店(?![铺面家员长内外])", "汇鑫商|店|"),
    Alternative("中心(?![城镇村区线组点支校环带任工思])", "建材检测|中心|"),
)
_INNER = f"(?:(?![与和及由向对被把将已的了在是等委设建承引])[{HAN}])"
_BRANCH = "分公司|支公司|分行|支行|分理处|储蓄所|营业[部所厅]|事业部|项目部|分店|办事处"
_END = one_of(ENDS)
# What a name ends with. Who builds or rents something for somebody is a company, whatever it
# is called: then what follows the name says so, and nothing of it is in the name.
SUFFIXES = (
    Alternative(f"(?:{_COMPANY}|{_BANK}){_INNER}{{0,8}}?(?:{_BRANCH})", "汇鑫|公司东海分公司|"),
    Alternative(f"大学{_INNER}{{0,8}}?(?:学院|医院|研究院|研究所|[中小]学)", "东海|大学附属医院|"),
    Alternative(f"医院{_INNER}{{1,4}}?院区", "东海|医院江北院区|"),
    Alternative(f"(?:[中小]学|学校){_INNER}{{1,4}}?(?:校区|分校)", "青枫|小学江北校区|"),
    Alternative(f"(?:{_END})(?:{_COMPANY})", "汇鑫水泥|厂有限公司|"),
    *ENDS,
    Alternative("(?=(?:承建|承租|承包|承运|中标|代建)(?![单方商人企主责项]))", "汇鑫||承建"),
)
_FIRST = {word[0] for word in any_of("ends").split("|")} | {*"集股有责合公银信联农小中高初学大医"}
_SUFFIX = re.compile(f"(?=[{''.join(sorted(_FIRST))}不厂店承代])(?:{one_of(SUFFIXES)})")

_LEGAL_FORM = re.compile("有限|股份")  # what bears this is a name, however common its words are
# So is 市公交公司, so are 中国银行 and 西南大学.
_OWNER = re.compile(
    "[市省区县州旗](?![级域直场民内外属])|中国|国家|全国|中央|西[南北]|东北|华[东南中北]"
)
_NO_COMPANY = re.compile(
    "[我本其该贵][局委厅办院校司市县区镇乡村站]"
    "|.*(?:单位|企业|部门|公司|村民|农户|群众|大户|市场|个人|政府)$"
)
# How far to the left a name may reach; brackets may be in it: 中冶建工（东海）有限公司.
_RUN = re.compile(
    rf"(?:[{HAN}A-Za-z0-9·&]|(?<=[A-Za-z])\.|(?<=\w)-|(?<=[{HAN}A-Za-z])[（(][{HAN}]{{1,8}}[)）])+$"
)
_CORE = re.compile(rf".{{{SHORTEST},}}|[甲乙丙丁戊己庚辛]")  # 甲公司 is a company too


def companies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where companies and institutions are named between `start` and `end`.

    >>> text = "由东海汇鑫伟业有限公司承建"
    >>> [text[low:high] for low, high in companies(text, 0, len(text))]
    ['东海汇鑫伟业有限公司']
    """
    for suffix in _SUFFIX.finditer(text, start, end):
        run = _RUN.search(text, max(start, suffix.start() - LONGEST), suffix.start())
        if run is None:
            continue
        low = name_start(text, *run.span())
        if _is_company(text[low : suffix.start()], suffix[0]):
            yield low, suffix.end()


def _is_company(core: str, suffix: str) -> bool:
    """Return whether `core` before `suffix` makes the name of one company: not 社区服务中心."""
    if not _CORE.fullmatch(core) or (not suffix and _NO_COMPANY.match(core)):
        return False
    return bool(_LEGAL_FORM.search(suffix) or _OWNER.match(core)) or not is_common(core)
