"""Leaves out what stands in the margins of each page: its number, a repeated header or footer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_DEPTH = 3  # lines at each edge that are tried, the outermost first
_SHARE = 0.5  # of the pages that bear a line at the same edge, from which on it is of the margin
_CELLS = 3  # from which on a line is the head of a table: it says something, once
_DIGIT = re.compile(r"\d")
_DASH = "[-—–－_·~～]"
# — 3 —, 第3页, 第 3 页 共 5 页, 3/5, Page 3 of 5
_NUMBERED = re.compile(
    rf"{_DASH}+ ?\d{{1,4}} ?{_DASH}+|第 ?\d{{1,4}} ?页(?:[ ,，/]*共 ?\d{{1,4}} ?页)?"
    r"|\d{1,4} ?/ ?\d{1,4}|page \d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page, and whether it is so near to an edge that it may be of the margin."""

    text: str  # canonical
    is_outer: bool = False


def without_margins(printed: Sequence[Sequence[PrintedLine]]) -> list[list[str]]:
    """Return the lines of each page without its number and what most pages bear in a margin."""
    pages = [list(lines) for lines in printed]
    for _ in range(_DEPTH):
        for at in (0, -1):
            edge = [lines[at].text if lines and lines[at].is_outer else None for lines in pages]
            for number, lines in enumerate(pages):
                if _is_of_margin(edge, number):
                    lines.pop(at)
    return list(_with_heads_once([line.text for line in lines] for lines in pages))


def _with_heads_once(pages: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield pages; the head of a table is left out of the top of each page on which it goes on."""
    before: set[str] = set()
    for lines in pages:
        start = 0
        while start < len(lines) and _is_head(lines[start]) and lines[start] in before:
            start += 1
        before.update(filter(_is_head, lines))
        yield lines[start:]


def _is_head(line: str) -> bool:
    """Return whether a line may be the head of a table."""
    return line.count(" ") >= _CELLS - 1 and not _DIGIT.search(line)


def _is_of_margin(edge: Sequence[str | None], page: int) -> bool:
    """Return whether the line of that page says nothing of its own; `edge` has those of all."""
    line = edge[page]
    if line is None:
        return False
    if _NUMBERED.fullmatch(line) or _counts_pages(edge, line, page):
        return True
    if _is_head(line) or not any(map(str.isalpha, line)):
        return False  # and a figure may be the same on two pages
    pages = [at for at, other in enumerate(edge) if other and _key(other, at) == _key(line, page)]
    return _are_enough(len(pages), edge)


def _key(line: str, page: int) -> str:
    """Return a line without the number of its page."""
    return re.sub(rf"(?<!\d){page + 1}(?!\d)", "#", line)


def _counts_pages(edge: Sequence[str | None], line: str, page: int) -> bool:
    """Return whether a line is a plain number that grows from page to page."""
    if not _PLAIN.fullmatch(line):
        return False
    firsts = Counter(
        int(other) - at
        for at, other in enumerate(edge)
        if other is not None and _PLAIN.fullmatch(other)
    )
    return _are_enough(firsts[int(line) - page], edge)


def _are_enough(pages: int, edge: Sequence[str | None]) -> bool:
    return pages >= max(2, _SHARE * len(edge))
