"""Finds the class of a letter's result (办理结果) beside something else: 甲农函〔2020〕8号B类.

It is a field of its own wherever it is, so that a change of it is weighed as one.
"""

import re

from differ.lexicon.alternatives import Alternative, one_of

BEFORE_CLASS = (
    Alternative(
        r"[^，。；]{1,20}[〔［\[（(【]\d{4}[〕］\]）)】] ?第?\d+号", "|甲农函〔2020〕8号|B类"
    ),
    Alternative(
        "(?:办理|答复)?(?:结果|情况)?(?:类别|类型|分类|结果)[^：:]{0,4}[：:]", "|办理结果：|B类"
    ),
)
_MEANING = (
    "[：:、 ]?(?:所提|已经?|正在|列入|基本|部分|逐步|计划|因|留作|暂|解决|采纳|参考)[^。；]{0,20}"
)
_LINE = re.compile(
    rf"(?P<before>(?:{one_of(BEFORE_CLASS)})? ?[（(〔［\[【]?)"
    "(?P<class>[A-DＡ-Ｄ甲乙丙丁][1-3]?)"
    rf"(?P<after> ?[）)〕］\]】]?类?[）)〕］\]】]?(?:{_MEANING})?)"
)


def result_class_in(line: str, *, alone: bool) -> tuple[int, int] | None:
    """Return where a line that states the result's class has it; None: it states none.

    `alone`: whether a letter that stands for itself is a class.

    >>> result_class_in("甲农函〔2020〕8号B类", alone=False)
    (11, 12)
    >>> result_class_in("A类企业12家", alone=True)
    """
    stated = _LINE.fullmatch(line)
    if stated is None or not (alone or stated["before"] or stated["after"]):
        return None
    return stated.span("class")
