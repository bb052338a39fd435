"""Reads the margins of pages: their numbers are left out, a header or footer is read once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from letters.text import canonical

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
    """Return the lines of each page without its number and what most pages bear in a margin.

    That is read once: a header before the first page's lines, a footer behind the last page's,
    so that it is there wherever pages break.
    """
    pages = [list(lines) for lines in printed]
    headers: dict[str, None] = {}  # the outermost first
    footers: dict[str, None] = {}
    for _ in range(_DEPTH):
        for at, repeated in ((0, headers), (-1, footers)):
            edge = [lines[at].text if lines and lines[at].is_outer else None for lines in pages]
            for number, lines in enumerate(pages):
                if _is_of_margin(edge, number):
                    lines.pop(at)
                    repeated.update(dict.fromkeys(_repeated_text(edge, number)))
    read = list(_with_heads_once([line.text for line in lines] for lines in pages))
    return _with_margins_once(read, list(headers), [*reversed(footers)])


def _with_margins_once(
    pages: list[list[str]], headers: list[str], footers: list[str]
) -> list[list[str]]:
    """Return pages with headers and footers; without them where the pages say nothing else."""
    if not any(pages):
        return pages
    shown = {line for lines in pages for line in lines}
    above, below = ([line for line in lines if line not in shown] for lines in (headers, footers))
    first, *others = pages
    whole = [[*above, *first], *others]
    return [*whole[:-1], [*whole[-1], *(line for line in below if line not in above)]]


def _repeated_text(edge: Sequence[str | None], page: int) -> Iterator[str]:
    """Yield what a line of a margin says but for the number of its page, if it says anything."""
    line = edge[page] or ""
    if _is_number(edge, line, page):
        return
    key = _key(line, page)
    alike = {other for at, other in enumerate(edge) if other and _key(other, at) == key}
    text = canonical(key.replace("#", "")) if len(alike) > 1 else line
    if any(map(str.isalpha, text)):
        yield text


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
    if _is_number(edge, line, page):
        return True
    if _is_head(line) or not any(map(str.isalpha, line)):
        return False  # and a figure may be the same on two pages
    pages = [at for at, other in enumerate(edge) if other and _key(other, at) == _key(line, page)]
    return _are_enough(len(pages), edge)


def _is_number(edge: Sequence[str | None], line: str, page: int) -> bool:
    return bool(_NUMBERED.fullmatch(line)) or _counts_pages(edge, line, page)


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
