"""The marks beside a letter's text: document number (发文字号), reviewer, result class (A类)."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from letters.late_pattern import late_pattern
from letters.printed_value import PrintedValue
from letters.reviewer import find_reviewer
from letters.text import HAN, squashed

_HEAD = 4  # blocks above the text that can hold marks
_LONGEST = 80  # code points of a line of marks
_FOOT = 6  # and below it
_LINES = 64  # of a letter; several readers of it ask for the marks of each
_OPEN, _CLOSE = r"〔［\[（(【﹝〖〈<｛{", r"〕］\]）)】﹞〗〉>｝}"
# 甲水字〔2016〕2号, 建议字：〔2023〕8号, 建议主办[2023]闭08号; a label before it is no part of it.
_DOC_NUMBER = (
    r"(?:(?:发文字号|答复文号|复函文号|文 ?号|编号) ?[：:] ?)?"
    rf"(?P<doc>[{HAN}]{{2,15}}(?P<colon> ?[：:])? ?[{_OPEN}] ?(?:19|20)\d\d ?年? ?[{_CLOSE}]"
    rf" ?(?:第|[{HAN}A-Za-z]{{1,3}})? ?-?\d{{1,5}}(?:-\d{{1,3}})? ?号)"
)
_LETTER = "[A-DＡ-Ｄ甲乙丙丁]"
_GRADE = rf"{_LETTER}\d?"
CLASS = re.compile(rf"[{_OPEN}]?(?P<letter>{_GRADE}) ?[{_CLOSE}]?类?[{_CLOSE}]?")
_LABEL = (  # 办理结果, 类别, 办理结果标注, 答复类型, 结果分类, 解决程度
    "(?:(?:办 ?理|答 ?复|办 ?复|结 ?果|解 ?决|建 ?议|提 ?案) ?){0,2}"
    "(?:结 ?果|类 ?别|类 ?型|分 ?类|程 ?度)(?: ?(?:标 ?[注记识]|类 ?别|分 ?类|代 ?码|等 ?级))?"
)
# What the grade means, printed beside it: B：正在解决.
_MEANING = (
    "(?:(?:所提|建议|提案)?(?:问题|事项)?(?:已经?|正在|部分|基本|计划|列入|拟|逐步|因|暂时?|目前|今后|留作|供|"
    f"同意|予以)[{HAN}、，和或]{{0,18}}(?:解决|采纳|落实|参考|办理|办结|推进|实施|计划|规划|说明)|解决或采纳|"
    "解决|采纳|解释说明|说明解释|留作参考)"
)
_CLASS = (
    rf"[{_OPEN}]{{0,2}}(?:(?P<label>{_LABEL}) ?(?:[：:] ?|为 ?|(?=[{_OPEN}]))"
    rf"(?:{_MEANING} ?(?=[{_OPEN}]))?)?"
    rf"(?P<printed>[{_OPEN}“]? ?(?P<letter>{_GRADE}) ?[{_CLOSE}”]?(?: ?类)?)件?"
    rf"(?: ?[：:，,、（(] ?{_MEANING})?[{_CLOSE}]{{0,2}}"
)
_CLASS_ALONE = late_pattern(
    rf"[{_OPEN}“]?(?P<letter>{_GRADE})[{_CLOSE}”]?类?件?(?:[：:，,、（(\-—]?{_MEANING}[）)]?)?"
)
_MEANS_CLASS = late_pattern(rf"{_MEANING}[（(](?P<letter>{_GRADE})类?[）)]")
_DOC_ALONE = late_pattern(_DOC_NUMBER)
_PUBLICITY = (
    r"[（(]公开[）)]|[（(]?(?:(?:信息|政务)?公开(?:属性|类别|选项|方式|形式|情况)? ?[：:] ?"
    r"(?:是|否|公开|不公开)?)?"
    r"(?:(?:同意|可以|可|主动|依申请|不予|不|全文|摘要|此件)公开(?:发布)?)?[）)]?"
)
_SIGNER = rf"(?P<signer>签 ?发 ?人 ?[：:]? ?[{HAN}](?: ?[{HAN}]){{1,3}})"
_MARK = re.compile(rf"{_DOC_NUMBER}|{_CLASS}|{_SIGNER}|{_PUBLICITY}")
_PART = re.compile(r"\S+")
_MARKS_APART = re.compile(r"[ ，,；;、|/　]*")


def read_class(text: str) -> str | None:
    """Return the letter of a result class that a cell prints, with its meaning or without.

    >>> [read_class(text) for text in ("A类（已解决）", "已解决（A类）", "B", "已办结")]
    ['A', 'A', 'B', None]
    """
    plain = squashed(text)
    printed = _CLASS_ALONE().fullmatch(plain) or _MEANS_CLASS().fullmatch(plain)
    return printed["letter"] if printed else None


def is_document_number(text: str) -> bool:
    """Return whether a text is a document number and nothing else: 渝水函〔2024〕5号."""
    return bool(_DOC_ALONE().fullmatch(text.strip()))


def read_marks(texts: Sequence[str], above_text: int = 0) -> Iterator[PrintedValue]:
    """Yield the marks at the head of a letter; its result class may be at the foot.

    `above_text` is how many blocks are known to be above the letter's text.
    """
    head = max(above_text, _HEAD)
    above = [
        each for index, text in enumerate(texts[:head]) for each in read_marks_of(index, text)
    ]
    yield from above
    below = range(max(len(texts) - _FOOT, head), len(texts))
    classes = [each for index in below if (each := _only_class(index, texts[index]))]
    has_class = any(each.field == "result_class" for each in above)
    # Several classes at the foot explain what they mean.
    if not has_class and len({each.value for each in classes}) == 1:
        yield classes[0]


def are_marks(text: str) -> bool:
    """Return whether a line is made of marks and nothing else."""
    return bool(CLASS.fullmatch(text) or _chain(text, 0, len(text)))


def read_class_labels(texts: Sequence[str]) -> dict[str, str]:
    """Return the labelled result class as printed."""
    lines = [*texts[:_HEAD], *texts[max(len(texts) - _FOOT, _HEAD) :]]
    grades = (mark for text in lines for mark in _marks_of(text) if mark["label"])
    return {squashed(grade["label"]): grade["printed"] for grade in grades}


def read_marks_of(index: int, text: str) -> list[PrintedValue]:
    """Return the marks that one line or cell is made of."""
    if grade := CLASS.fullmatch(text):
        return [PrintedValue("result_class", grade["letter"], index, *grade.span("letter"))]
    values = [value for mark in _marks_of(text) for value in _of_mark(index, mark)]
    grades = {each.value for each in values if each.field == "result_class"}
    # Several in one line are a choice of which it can't be seen what was chosen.
    return (
        values if len(grades) <= 1 else [each for each in values if each.field != "result_class"]
    )


@lru_cache(_LINES)
def _marks_of(text: str) -> tuple[re.Match[str], ...]:
    """Return the marks of a line that is made of them, or of its parts that blanks set apart."""
    if len(text) > _LONGEST:
        return ()
    whole = _chain(text, 0, len(text))
    if whole is not None:
        return tuple(whole)
    places = (part.span() for part in _PART.finditer(text))
    parts = (_chain(text, *place) for place in places if place != (0, len(text)))
    return tuple(mark for part in parts for mark in part or ())


def _chain(text: str, start: int, end: int) -> list[re.Match[str]] | None:
    """Return the marks from `start` to `end`, glued or apart; None where other words are there."""
    marks: list[re.Match[str]] = []
    while start < end:
        mark = _MARK.match(text, start, end)
        if mark is None or mark.end() == start:
            return None
        marks.append(mark)
        gap = _MARKS_APART.match(text, mark.end(), end)
        start = gap.end() if gap else mark.end()
    return marks if _are_sure(marks) else None


def _are_sure(marks: list[re.Match[str]]) -> bool:
    """Return whether each letter is a class: by its label, 类, brackets, meaning, or a number."""
    letters = [each for each in marks if each["letter"]]
    return any(each["doc"] for each in marks) or all(
        each["label"] or len(each[0]) > len(each["letter"]) for each in letters
    )


def _of_mark(index: int, mark: re.Match[str]) -> Iterator[PrintedValue]:
    if mark["doc"]:
        number = squashed(mark["doc"].replace(mark["colon"] or "\0", ""))
        yield PrintedValue("doc_number", number, index, *mark.span("doc"))
    elif mark["letter"]:
        yield PrintedValue("result_class", mark["letter"], index, *mark.span("letter"))
    elif mark["signer"] and (place := find_reviewer(mark.string)):
        name = squashed(mark.string[slice(*place)])
        yield PrintedValue("reviewer", name, index, *place)


def _only_class(index: int, text: str) -> PrintedValue | None:
    marks = [value for mark in _marks_of(text) for value in _of_mark(index, mark)]
    grades = [each for each in marks if each.field == "result_class"]
    return grades[0] if len(grades) == 1 else None
