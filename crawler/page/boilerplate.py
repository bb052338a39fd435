"""Boilerplate (模板文字) in a body's element: counters, buttons, lists of links, today's date."""

import re
from collections.abc import Iterable
from dataclasses import replace

from crawler.page.attachments import bare_name
from crawler.page.counters import COUNTERS, is_counter, without_counter
from crawler.page.visit_dates import is_day, says_now
from letters.letter import BlockKind
from letters.name_lists import is_body
from letters.printed_page import Line

_LONGEST = 120  # characters; no longer line is boilerplate
_BUTTONS = (
    r"(?:[【\[（(]?\s*(?:打印(?:本页|本文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|纠错|复制链接"
    r"|返回(?:顶部|首页|列表|上一页))\s*[】\]）)]?[\s|｜/]*+)++"
)
_SHARE = (
    r"分享(?:到|至)?[：:]?(?:微信|微博|新浪|腾讯|人人|豆瓣|朋友圈|QQ(?:空间|好友)?|空间|[\s、|])*"
)
_FONT = r"[【\[]?字[体号][：:]?[\s【\[]*大?[\s】\[【]*中?[\s】\[【]*小?[\s】\]]*"
_SCAN = r"(?:用?微信)?扫(?:一扫|描|码)[^。]{0,20}"
_NEXT = r"[上下]一[篇条页][：:].*"
_EDITOR = r"[（(【\[]?(?:责任编辑|责编|编辑|录入)[：:][^。，；]{0,20}"
_HERE = r"(?:您)?当前的?位置[：:].*"
_FILES = r"附件下载[：:]?"
_ORIGIN = r"(?:信息)?来源[：:]\s*[^。，；\s]{0,30}"
_WHEN = r"(?:发布)?(?:日期|时间)[：:]\s*\d{4}[\d年月日/: .-]*"
_PUBLISHED = r"[（(【\[]?(?:发布|更新)(?:日期|时间)[：:]\s*\d{4}[\d年月日/: .-]*[）)】\]]?"
_ENDS = (
    f"{_PUBLISHED}|{COUNTERS}|{_BUTTONS}|{_SHARE}|{_FONT}|{_SCAN}|{_NEXT}|{_EDITOR}|{_HERE}"
    f"|{_FILES}"
)
# Atomic: a line of many buttons that is none of these must not be tried in every cut. What is
# boilerplate above the text alone may be the letter's own below it: 来源, 时间.
_AT_END = re.compile(rf"(?:(?>{_ENDS}|(?P<above>{_ORIGIN}|{_WHEN}))\s*+)++")
_RELATED = re.compile(r"(?:相关(?:链接|解读|阅读|信息|文章|新闻|文档|稿件)|推荐阅读)[：:]?")
# 附件：1.回执.docx, whose link holds the name alone.
_NUMBERED = re.compile(
    r"^(?:附件(?:下载)?\s*[\d一二三四五六七八九十]*\s*[：:.、．]\s*)?(?:\d+\s*[.、．]\s*)?"
)
_OWN = re.compile(r"[。；]|\d{4}年|电话|邮编|邮政编码|联系人")  # no title of another document


def without_boilerplate(lines: Iterable[Line], file_names: set[str]) -> list[Line]:
    """Return the lines that are the letter's own.

    One that is nothing but the link to a file of `file_names` is an attachment.
    What a template prints is left out where it makes a line by itself, before or behind
    the text; the same words amid a letter are the letter's.
    """
    kept: list[Line] = []
    for line in lines:
        is_file = _is_file(line.text, file_names)
        if not is_file and not _is_of_visit(line.text, kept[-1].text if kept else ""):
            kept.append(line)
    while kept and _at_end(kept[0].text):
        kept.pop(0)
    kept = _without_tail(_without_related(_without_tail(kept)))
    for edge in {0, len(kept) - 1} if kept else ():
        kept[edge] = _without_counter(kept[edge])
    return kept


def _is_file(text: str, file_names: set[str]) -> bool:
    """Return whether a line names a file of a letter, and says nothing else."""
    if not any(name in text for name in file_names):
        return False
    named = {text, *map(bare_name, (text, _NUMBERED.sub("", text)))}
    return bool(named & file_names)


def _without_counter(line: Line) -> Line:
    """Return the first or last line without a counter at its ends; a sentence is the letter's."""
    if line.kind is BlockKind.TABLE or len(line.text) > _LONGEST or "。" in line.text:
        return line
    return replace(line, text=without_counter(line.text) or line.text)


def _at_end(text: str) -> re.Match[str] | None:
    """Return a line above or below the text that is boilerplate as a whole, or None."""
    return _AT_END.fullmatch(text) if len(text) <= _LONGEST else None


def _without_tail(lines: list[Line]) -> list[Line]:
    end = len(lines)
    while end and (at_end := _at_end(lines[end - 1].text)) and not at_end["above"]:
        end -= 1
    return lines[:end]


def _without_related(lines: list[Line]) -> list[Line]:
    """Return the lines before a list of other documents that ends the text, or is all there is."""
    for index in range(len(lines) - 1, -1, -1):
        if _RELATED.fullmatch(lines[index].text):
            return lines[:index]
        if _OWN.search(lines[index].text):
            break
    return lines


def _is_of_visit(text: str, before: str) -> bool:
    """Return whether a line is made anew for each visit.

    A date with its weekday is, unless the agency that signs is `before` it. When the page was
    fetched must not decide: the same bytes read the same.
    """
    return is_counter(text) or says_now(text) or (is_day(text) and not is_body(before))
