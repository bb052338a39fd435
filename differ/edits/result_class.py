"""The class of a letter's result where it is printed beside something else: 甲农函〔2020〕8号B类.

It is a field of its own wherever it stands, so that a change of it is weighed as one.
"""

import re

_LABEL = r"(?:办理|答复)?(?:结果|情况)?(?:类别|类型|分类|结果)[^：:]{0,4}[：:]"
_NUMBER = r"[^，。；]{1,20}[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号"
_SAYS = (
    "[：:、 ]?(?:所提|已经?|正在|列入|基本|部分|逐步|计划|因|留作|暂|解决|采纳|参考)[^。；]{0,20}"
)
_LINE = re.compile(
    rf"(?P<before>(?:{_NUMBER}|{_LABEL})? ?[（(〔［\[【]?)(?P<grade>[A-DＡ-Ｄ甲乙丙丁][1-3]?)"
    rf"(?P<after> ?[）)〕］\]】]?类?[）)〕］\]】]?(?:{_SAYS})?)"
)


def grade_in(line: str, *, alone: bool) -> tuple[int, int] | None:
    """Return where a line that tells the class of a letter's result has it; None: it tells none.

    `alone`: whether a letter that stands for itself is a class.

    >>> grade_in("甲农函〔2020〕8号B类", alone=False), grade_in("A类企业12家", alone=True)
    ((11, 12), None)
    """
    found = _LINE.fullmatch(line)
    if found is None or not (alone or found["before"] or found["after"]):
        return None
    return found.span("grade")
