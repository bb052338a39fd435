"""Joins the lines of a page that was laid out to paragraphs: where a line breaks says nothing."""

import re
import unicodedata
from collections.abc import Sequence

_FULL = 0.8  # share of the widest line of its page from which on a line may go on in the next
_SHORTEST = 24  # half-widths of such a line: a title and its page's only other lines are shorter
# A row of a table does not go on: it ends with a figure in a cell, or the next begins with one.
_LAST_CELL, _FIRST_CELL = re.compile(r" [\d.,%]+$"), re.compile(r"[\d.,%]+ ")
_ENDS = tuple("。！？；：:!?;")


def joined(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of one page.

    Two Latin words are parted by a blank; a figure that is broken over two lines is one again.

    >>> joined(["2021年全市网络零售额达到718.", "4亿元。", "二、下一步", "工作"])
    ['2021年全市网络零售额达到718.4亿元。', '二、下一步', '工作']
    >>> joined(["1 江北机场T3B航站楼二期工程 194.93", "2 渝西高铁 1200"])
    ['1 江北机场T3B航站楼二期工程 194.93', '2 渝西高铁 1200']
    """
    widest = max(map(_width, lines), default=0)
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not _FIRST_CELL.match(line):
            paragraphs[-1] += _between(paragraphs[-1][-1], line[0]) + line
        else:
            paragraphs.append(line)
        runs_on = _may_run_on(line, widest)
    return paragraphs


def _may_run_on(line: str, widest: int) -> bool:
    is_full = _width(line) >= max(_FULL * widest, _SHORTEST)
    return is_full and not (line.endswith(_ENDS) or _LAST_CELL.search(line))


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _between(last: str, first: str) -> str:
    return " " if all(char.isascii() and char.isalpha() for char in (last, first)) else ""
