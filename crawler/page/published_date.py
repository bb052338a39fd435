"""The day that a page gives as its own, by the label that it is printed with."""

import re
from datetime import date

from crawler.page.blocks import Block
from letters.dates import read_date
from letters.late_pattern import late_pattern
from letters.text import HAN, canonical

_DAY = r"\s*[：:】\]]\s*(?P<day>\d{4}\D\d{1,2}\D\d{1,2})"
# Only these, and only whole: 报名截止日期, 会议时间 or 成文日期 are days of something else.
_OF = "(?:信息|文章|内容|稿件|网站|页面|首次|最初|最后|最近|公文|文件)?"
_WHEN = r"(?:时\s?间|日\s?期)"
_PUBLISHED = late_pattern(
    rf"(?<![{HAN}]){_OF}(?:发布|发表|公布|公开|刊发|刊登|发文|上网|上传)(?:{_WHEN}|日){_DAY}"
)
_UPDATED = late_pattern(rf"(?<![{HAN}]){_OF}(?:更新|修改|录入){_WHEN}{_DAY}")
# Words that tags may part from the label: of the visit, or of an event that the text is about.
_OTHERS = (
    *(
        "当前",
        "现在",
        "访问",
        "打印",
        "生成",
        "截止",
        "报名",
        "会议",
        "活动",
        "成文",
        "有效",
        "办理",
    ),
    *("征集", "开标", "施行", "生效", "起始", "开始", "结束"),
)
_ALONE = "".join(rf"(?<!{word}\n)" for word in _OTHERS)
_UNNAMED = late_pattern(rf"(?<![{HAN}]){_ALONE}{_WHEN}{_DAY}")


# 2022-06-17, [2022-06-17 10:00], 2022年6月17日 字号：大 中 小
_BARE = re.compile(
    r"[\[【（(]?\s*(?P<day>\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)"
    r"(?: \d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*[\]】）)]?(?= |$)"
)
_NEAR = 3  # lines under a title


def day_under(title: Block, page: Block) -> date | None:
    """Return the day that is printed without a label right under a page's title."""
    within = {id(each) for each in title.walk()}
    lines = [each for each in page.walk() if each.tag is None]
    start = max((n + 1 for n, each in enumerate(lines) if id(each) in within), default=0)
    days = (_BARE.match(canonical(each.words)) for each in lines[start : start + _NEAR])
    return next((read_date(day["day"]) for day in days if day), None)


def printed_day(page: str, body: str) -> date | None:
    """Return the day that a page's text gives as its own; None where it gives none.

    A bare 时间： or 日期： says so only outside `body`, the part of the text that is the letter's.

    >>> printed_day("日期：2022-06-17 正文", "正文"), printed_day("会议时间：2022-06-17", "")
    (datetime.date(2022, 6, 17), None)
    """
    around = page.replace(body, "\n", 1) if body else page
    for label, text in ((_PUBLISHED, page), (_UNNAMED, around), (_UPDATED, around)):
        if labelled := label().search(text):
            return read_date(labelled["day"])
    return None
