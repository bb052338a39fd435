"""Counters of visits and downloads: what a template counts anew for each reader."""

import re

from letters.late_pattern import late_pattern
from letters.text import HAN, canonical

_LONGEST = 200  # characters; no longer link is counted

_VERB = "(?:浏览|访问|阅读|点击|查看|下载|打开|点赞|转发|收藏|评论|分享)"
_NOUN = "总?(?:次数|数量|人数|人次|数|量)"
_OF = "(?:本[页文站稿]|页面|网页|文章|附件|文件|资料|累计|总|共|已|被|今日)*+"  # 本页已被
_TIMES = "(?:人次|次|人|遍|回)"
_ENGLISH = "(?i:(?:page)?(?:hits?|views?|visits?|clicks?|downloads?|pv))"
_OPEN, _CLOSE = r"[（(【\[〔<《]\s*", r"\s*[）)】\]〕>》]"
_BETWEEN = r"[\s|｜/、，,；;·]*+"


def _counter(number: str) -> str:
    """Return a form of 浏览次数：12, 已下载 12 次, 12人阅读, 已有12位网友浏览过, hits: 12."""
    return (
        rf"(?:{_OF}{_VERB}{_NOUN}\s*(?:[：:]\s*(?:{number}\s*{_TIMES}?)?|{number}\s*{_TIMES}?)"
        rf"|{_OF}{_VERB}\s*(?:[：:]\s*{number}\s*{_TIMES}?|{number}\s*{_TIMES})"
        rf"|{_OF}{number}\s*{_TIMES}?\s*{_VERB}(?:过|{_NOUN})?"
        rf"|[已共]?有\s*{number}\s*[位名个]?(?:用户|网友|人次?)已?{_VERB}[过了]?"
        rf"|{_ENGLISH}\s*[：:]\s*{number}|{number}\s*{_ENGLISH})"
    )


def _several(counter: str) -> str:
    return f"{counter}(?:{_BETWEEN}{counter})*+"


_PLAIN = _counter(r"\d[\d,，]*+")
# 点赞（3） 收藏（1）: what readers do with a page.
_NUMBER_BOXED = rf"(?:点赞|转发|收藏|评论|分享)\s*{_OPEN}\d[\d,，]*+{_CLOSE}"
# A line of its own; bare only where nothing else is meant: 阅读 12, 浏览次数.
COUNTERS = (
    rf"(?:{_several(_PLAIN)}|{_OPEN}{_several(_PLAIN)}{_CLOSE}"
    rf"|{_several(_NUMBER_BOXED)}"
    r"|(?:浏览|访问|阅读|点击)\s+\d++|(?:浏览|访问|阅读|点击|查看)(?:次数|量|数|人数))"
)
# At a link the number may be shortened, in brackets it may be bare: （下载 1.2万）.
_SHORT = r"\d[\d,，]*+(?:\.\d++)?\s*[万千wWkK]?\+?"
_AT_LINK = _several(_counter(_SHORT))
_BOXED = rf"{_OPEN}(?:{_AT_LINK}|{_VERB}\s*{_SHORT}){_CLOSE}"
_BEFORE = late_pattern(rf"\s*(?:{_BOXED}\s*|{_AT_LINK}(?:\s+|{_BETWEEN}\Z))")
_BEHIND = late_pattern(
    rf"\s*{_BOXED}\s*\Z|(?:^|(?<=[\s\w.）)】\]|｜·])(?<![{HAN}])){_AT_LINK}\s*\Z"
    rf"|(?<=[A-Za-z])\s*{_OPEN}{_SHORT}\s*{_TIMES}{_CLOSE}\s*\Z"
)
_ALONE_ON_LINE = late_pattern(COUNTERS)
# Quick tests, as nearly no name has a counter: a verb's characters, or who is counted at the end.
_SPEAKS_OF_COUNTING = re.compile(
    "[浏访阅点查下打转收评分hvcdpHVCDP](?:览|问|读|击|看|载|开|赞|发|藏|论|享|(?i:it|iew|isit|lick|ownload|v))"
)
_ENDS_COUNTED = re.compile(rf"[次人遍回]{_CLOSE}\s*\Z")
_ALONE = late_pattern(rf"({_BETWEEN})(?:{COUNTERS}|{_BOXED}|{_AT_LINK})({_BETWEEN})")
_BOXED_FIRST = late_pattern(rf"\A\s*{_BOXED}")
# Where the text of a link begins and ends in a line: canonical text forgets these.
LINK, END = "\x02", "\x03"
_LINKS = re.compile(f"({LINK}[^{LINK}{END}]*{END})")


def is_counter(line: str) -> bool:
    """Return whether a line counts readers and says nothing else."""
    return bool(_SPEAKS_OF_COUNTING.search(line) and _ALONE_ON_LINE().fullmatch(line))


def without_counter(name: str) -> str:
    """Return the words of a link, or of a title, without the counters before and behind them.

    >>> without_counter("【点击：3】附件.pdf（下载次数：12）")
    '附件.pdf'
    >>> without_counter("网站访问量12"), without_counter("附件下载1")
    ('网站访问量12', '附件下载1')
    """
    if len(name) > _LONGEST:
        return name
    if not (_SPEAKS_OF_COUNTING.search(name) or _ENDS_COUNTED.search(name)):
        return name.strip()
    before = _BEFORE().match(name)
    return _BEHIND().sub("", name[before.end() :] if before else name).strip()


def without_counters_of_links(line: str) -> str:
    """Return a line without what is counted at its links, each marked by `LINK` and `END`.

    Beside a link a counter is alone up to the next one, or in brackets right behind it.
    """
    if LINK not in line:
        return line
    parts = _LINKS.split(line)
    for at, part in enumerate(parts if len(parts) > 1 else ()):
        words = canonical(part)
        if at % 2:
            bare = without_counter(words)
            parts[at] = part if bare == words else bare
        elif len(words) <= _LONGEST and (alone := _ALONE().fullmatch(words)):
            parts[at] = f"{alone[1]}{alone[2]}" if 0 < at < len(parts) - 1 else " "
        elif at:
            parts[at] = _BOXED_FIRST().sub("", part)
    return "".join(parts)
