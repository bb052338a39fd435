"""Promises: whether a sentence makes one, and what an edit did to it."""

import re

WEAKENED, STRENGTHENED = "weakened", "strengthened"
POSTPONED, ADVANCED = "postponed", "advanced"
CONDITIONED, DROPPED, ADDED = "conditioned", "dropped", "added"

# How firmly words promise; 2 is the plain future.
_FIRMNESS = {
    4: r"必须|务必|确保|保证|承诺|一定(?!程度)|坚决|全部|一律|不折不扣|限期|如期|按期|严格",
    3: r"全面|全力|大力|加快|尽快|立即|着力|切实|加大|强力|扎实",
    2: r"将(?!来|军|近)|会(?!议|同|商|员|计)|继续|落实|实施|启动|建成|完成",
    1: r"力争|争取|努力|尽量|尽力|尽可能|积极|推动|推进|稳步|稳妥|支持|计划|拟(?!定|订)|拟",
    0: (
        r"研究(?!院|所|中心|生|员)|探索|适时|逐步|考虑|酌情|视情|原则上|有条件|条件成熟|"
        r"鼓励|引导|谋划|论证|可能|适当|择机|结合实际"
    ),
}
_FORMS = {strength: re.compile(form) for strength, form in _FIRMNESS.items()}
_CONDITION = re.compile(
    r"条件(?:成熟|允许|具备)|视.{0,8}情况?|在.{1,20}前提下|待.{1,20}后|经.{1,12}(?:批准|同意)后|资金(?:到位|允许)|"
    r"如.{1,15}则|根据(?:财力|实际|资金)|有条件的?"
)
# These condition whatever they stand in: nobody speaks so of what was done.
_RESERVED = re.compile(
    r"在.{0,8}(?:允许|具备|许可|成熟|到位)的?(?:情况|条件|前提|基础)?下|条件(?:成熟|允许|具备)时"
)
_NEGATION = re.compile(r"不再|暂不|不予|取消|停止|终止|不(?=$|会|能|得|拟)|未")
_DELAY = re.compile(r"暂缓|推迟|延后|延期|缓建")
_FUTURE = re.compile(
    r"将(?!来|军|近|.{0,6}(?:纳入了|列入了))|拟(?!定|订)|力争|争取|确保|下一步|今后|承诺|我们会|"
    r"[前内](?:全面|基本|全部)?(?:完成|建成|实现|投用|开工|启动|出台|印发)|到20\d\d年|年底前|尽快|继续|进一步|计划(?:于|在|到)|务必|必须"
)
_PAST = re.compile(r"已(?!知)|完成了|取得了|收悉|审签|感谢")
_HARD_FUTURE = re.compile(r"将(?!来|军|近)|力争|确保|下一步|承诺|年底前")
_PLANS = re.compile(r"下一步|下步|今后|打算|工作计划|工作安排|努力方向")
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
    if not re.match(
        r"年?[底末前内]|[年月]?[底末]?[之以]?前|年度|完成|[上下]半年|建成|实现|投用|\d*月?[底前]",
        after,
    ):
        return None
    return POSTPONED if other > one else ADVANCED


def _when(text: str) -> tuple[int, ...] | None:
    if found := _YEAR.search(text):
        return tuple(int(part or 0) for part in found.groups())
    for number, word in enumerate(_WORDED_TIMES):
        if word in text:
            return (0, number)
    return None
