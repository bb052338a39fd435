"""Promises: whether a sentence makes one, and what an edit did to it."""

import re

WEAKENED, STRENGTHENED = "weakened", "strengthened"
POSTPONED, ADVANCED = "postponed", "advanced"
CONDITIONED, DROPPED, ADDED = "conditioned", "dropped", "added"

# How firmly words promise; 2 is the plain future.
_FIRMNESS = {
    4: r"必须|务必|确保|保证|承诺|一定(?!程度)|坚决|全部|一律|不折不扣|限期|如期|按期|严格",
    3: r"全面|全力|大力|加快|尽快|尽早|立即|马上|从速|抓紧|着力|切实|加大|强力|扎实",
    2: r"将(?!来|军|近)|会(?!议|同|商|员|计)|继续|落实|实施|启动|建成|完成",
    1: r"力争|争取|努力|尽量|尽力|尽可能|积极|推动|推进|稳步|稳妥|支持|计划|打算|拟(?!定|订)|拟",
    0: (
        r"研究(?!院|所|中心|生|员)|探索|适时|逐步|考虑|酌情|视情|原则上|有条件|条件成熟|"
        r"鼓励|引导|谋划|论证|可能|适当|择机|结合实际"
    ),
}
_FIXED = 4  # how firmly a time by itself promises
_TIME = re.compile(
    r"[年月日天周]之?[内前底]|小时内|[今明后]年|\d{4}年|上半年|下半年|季度|年[内底]"
)
_FORMS = {strength: re.compile(form) for strength, form in _FIRMNESS.items()}
_CONDITION = re.compile(
    r"条件(?:成熟|允许|具备)|视.{0,8}情况?|在.{1,20}前提下|待.{1,20}后|经.{1,12}(?:批准|同意)后|资金(?:到位|允许)|"
    r"如.{1,15}则|根据(?:财力|实际|资金)|有条件的?"
)
# These condition whatever they stand in: nobody speaks so of what was done.
_RESERVED = re.compile(
    r"在.{0,8}(?:允许|具备|许可|成熟|到位)的?(?:情况|条件|前提|基础)?下|条件(?:成熟|允许|具备)时"
)
_NEGATION = re.compile(r"没有|[暂尚]无|无法|不再|暂不|不予|取消|停止|终止|不(?=$|会|能|得|拟)|未")
_DELAY = re.compile(r"暂缓|推迟|延后|延期|缓建")
_FUTURE = re.compile(
    r"将(?!来|军|近|.{0,6}(?:纳入了|列入了))|拟(?!定|订)|力争|争取|确保|下一步|今后|承诺|我们会|"
    r"[前内](?:全面|基本|全部)?(?:完成|建成|实现|投用|开工|启动|出台|印发)|到20\d\d年|年底前|尽快|继续|进一步|计划(?:于|在|到)|务必|必须"
)
_PAST = re.compile(r"已(?!知)|完成了|取得了|收悉|审签|感谢")
_HARD_FUTURE = re.compile(r"将(?!来|军|近)|力争|确保|下一步|承诺|年底前")
_PLANS = re.compile(r"下一步|下步|今后|打算|工作计划|工作安排|努力方向")
# What a clause says of plans: that something stands in one, or that nothing does.
_PLAN = "计划|规划|方案|项目库|清单|议程|日程|盘子|预算|安排|打算|重点|台账|名录|储备|考虑|意向"
_DONE = "实施|建设|修建|新建|扩建|改造|拓宽|解决|安排|列入|纳入|推进|落实|办理|启动"
_PLANNED = re.compile(
    rf"(?:纳入|列入|列为|编入|写[入进]|排入)[^，。；]{{0,20}}(?:{_PLAN}|工程|项目|任务|建设|改造)"
    r"|(?<![虚模])拟(?!定|订|态|人)[^，。；]{2,}"
    r"|(?<![年作动规])计划(?:于|在|到|用|从|[今明后]年|年内|\d|[新改扩增建投完实启开分逐对将三两])"
    r"|正在?(?:规划|谋划|筹划|筹备|筹建|论证|编制|报批|争取|申报|办理前期)"
    r"|报请|立项|打算|有望|尚在|待[^，。；]{1,12}后"
    r"|安排[^，。；了]{0,8}(?:施工|实施|建设|开工|动工|改造|修建)|有(?![关效序力些的])[^，。；]{0,6}(?:计划|打算)"
)
_REFUSED = re.compile(
    rf"(?:没有|[暂尚并]无|(?<!有)无(?![障论人线害疑锡缝])|不在|不具备|未(?![来成]))"
    rf"[^，。；]{{0,12}}(?:{_PLAN}|条件)|(?:没有|未)被?(?:纳入|列入|安排)"
    rf"|暂不|暂缓|不予|(?:无法|难以|不宜|不再|不能)[^，。；]{{0,6}}(?:{_DONE})"
)
_DUE = re.compile(
    r"年?[底末前内]|[年月]?[底末]?[之以]?前|年度|完成|[上下]半年|建成|实现|投用"
    r"|开工|动工|启动|通车|交付|\d*月?[底前]"
)
_YEAR = re.compile(r"(\d{4})年?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_WORDED_TIMES = (
    "立即",
    "月底",
    "上半年",
    "今年",
    "年内",
    "年底",
    "下半年",
    "明年",
    "近期",
    "中期",
    "远期",
)


def is_promise(sentence: str, section: tuple[str, ...] = ()) -> bool:
    """Tell whether a sentence says what the body will do.

    >>> is_promise("2025年底前将建成5个停车场。"), is_promise("2021年建成5个停车场。")
    (True, False)
    """
    if _PAST.search(sentence) and not _HARD_FUTURE.search(sentence):
        return False
    if _FUTURE.search(sentence):
        return True
    return bool(section) and any(_PLANS.search(heading) for heading in section)


def says_plan(text: str) -> bool:
    """Return whether words say of something that it stands in a plan, or in none."""
    return bool(_PLANNED.search(text) or _REFUSED.search(text))


def is_firm(text: str) -> bool:
    """Return whether words say how firmly something is promised: 将, 尽快; a time does not."""
    return _firmness(text) is not None


def told_of_clause(text: str, section: tuple[str, ...], *, gone: bool) -> tuple[bool, str | None]:
    """Return whether a clause that came or went says what will be done, and what that did.

    Where it says that nothing will, its going promises nothing: then there is no detail.

    >>> told_of_clause("已纳入工作计划，", (), gone=True)
    (True, 'dropped')
    >>> told_of_clause("没有修建计划，", (), gone=True)
    (True, None)
    """
    if _REFUSED.search(text):
        return True, None if gone else DROPPED
    if _PLANNED.search(text) or is_promise(text, section):
        return True, DROPPED if gone else ADDED
    return False, None


def told_of_plans(old: str, new: str) -> str | None:
    """Return what became of a plan where the clause around a change spoke of one.

    >>> told_of_plans("该路段已纳入计划", "该路段没有计划")
    'dropped'
    """
    refused = [bool(_REFUSED.search(text)) for text in (old, new)]
    if refused == [False, True] and _PLANNED.search(old):
        return DROPPED
    return ADDED if refused == [True, False] and _PLANNED.search(new) else None


def says_when(text: str) -> bool:
    """Return whether words say by when something is due, or how firmly it is promised."""
    return bool(_TIME.search(text)) or is_firm(text)


def told_of_times(old: str, new: str) -> str | None:
    """Return what a time that replaced words of firmness did, or the other way round.

    >>> told_of_times("适时", "力争明年"), told_of_times("年底前", "明年")
    ('strengthened', None)
    """
    one, other = _firmness(old), _firmness(new)
    if (one is None and other is None) or not (says_when(old) and says_when(new)):
        return None
    return _compared(_FIXED if one is None else one, _FIXED if other is None else other)


def told_of_words(old: str, new: str, *, promising: bool) -> str | None:
    """Return what a replacement of words did to a promise; None: nothing."""
    if any(form.search(new) and not form.search(old) for form in (_RESERVED, _CONDITION)):
        return CONDITIONED if promising or _RESERVED.search(new) else None
    if _NEGATION.search(new) and not _NEGATION.search(old) and promising:
        return DROPPED
    if _DELAY.search(new) and not _DELAY.search(old):
        return POSTPONED
    one, other = _firmness(old), _firmness(new)
    if one is None and other is None:
        return _lifted(old, new, promising=promising)
    if not promising and (one is None or other is None or not {0, 4} & {one, other}):
        return None
    plain = 2 if promising else None
    return _compared(one if one is not None else plain, other if other is not None else plain)


def _lifted(old: str, new: str, *, promising: bool) -> str | None:
    if promising and any(
        form.search(old) and not form.search(new) for form in (_CONDITION, _RESERVED, _NEGATION)
    ):
        return STRENGTHENED
    return None


def _compared(one: int | None, other: int | None) -> str | None:
    if one is None or other is None or one == other:
        return None
    return WEAKENED if other < one else STRENGTHENED


def _firmness(text: str) -> int | None:
    """Return how firmly `text` promises, by its weakest word; None: it says nothing of it."""
    found = [strength for strength, form in _FORMS.items() if form.search(text)]
    return min(found, default=None)


def told_of_dates(old: str, new: str, after: str) -> str | None:
    """Return whether a date that a promise is due by was moved; `after` follows the new date."""
    one, other = _when(old), _when(new)
    if one is None or other is None or one == other:
        return None
    if not _DUE.match(after):
        return None
    return POSTPONED if other > one else ADVANCED


def _when(text: str) -> tuple[int, ...] | None:
    if found := _YEAR.search(text):
        return tuple(int(part or 0) for part in found.groups())
    for number, word in enumerate(_WORDED_TIMES):
        if word in text:
            return (0, number)
    return None
