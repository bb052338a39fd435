"""One side of a comparison: the body of a letter as one string, with its cuts and its places.

Where paragraphs are cut is no edit, so everything below works on the words in one
string and asks here what block, field or section a place stands in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from differ.tokens.tokenizer import Held
from letters.letter import Block, BlockKind, Letter

_SENTENCE = re.compile(
    r"[^。！？；!?;\t\n]*[。！？；!?;\t\n]+[”’）)》」』\t\n]*|[^。！？；!?;\t\n]+"
)

_END = re.compile(r"[。！？；\n\t]")
_CLAUSE = re.compile(r"[^，,。；;：:！？!?\t\n]+")  # no name reaches over one of these marks

# Fields whose printed value is one token: it changes whole.
ATOMIC = {
    *("phone", "postcode", "contact", "reviewer", "signed_on_raw"),
    *("number", "session", "doc_number", "result_class"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a table cell or a line without an end: what is aligned before characters."""

    start: int  # code points from the start of the side's text
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the value of a letter field is printed."""

    field: str
    start: int
    end: int


class Side:
    """The blocks of one letter's body, read as one string."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.blocks = tuple(block for block in letter.body if block.text)
        self.text = "".join(block.text for block in self.blocks)
        self.starts = [0]
        for block in self.blocks:
            self.starts.append(self.starts[-1] + len(block.text))
        self._last = max(len(self.blocks), 1) - 1
        self.names: dict[tuple[int, int], list[Held]] = {}  # those found, by clause
        self._ends: dict[int, list[int]] = {}  # where sentences end, by block
        self._clauses: dict[int, list[tuple[int, int]]] = {}  # by block

    @cached_property
    def cuts(self) -> frozenset[int]:
        """The offsets at which a block starts, and the text's end."""
        return frozenset(self.starts)

    def starts_within(self, start: int, end: int) -> list[int]:
        """Return the offsets between `start` and `end`, both excluded, at which a block starts."""
        return self.starts[bisect_right(self.starts, start) : bisect_left(self.starts, end)]

    def block_at(self, offset: int) -> int:
        """Return the index of the block that holds `offset`; the last one at the text's end."""
        index = bisect_right(self.starts, offset) - 1
        return min(self._last, index)

    def block_range(self, index: int) -> tuple[int, int]:
        """Return where block `index` starts and ends in the text."""
        return self.starts[index], self.starts[index + 1]

    def floor(self, offset: int) -> int:
        """Return where the block at `offset` begins."""
        return self.starts[self.block_at(offset)] if self.blocks else 0

    def head(self, offset: int) -> str:
        """Return the head of the column that the cell at `offset` stands in, or ""."""
        if not self.blocks or not self.is_table(offset):
            return ""
        start, end = self.block_range(self.block_at(offset))
        first = self.text.find("\n", start, end)
        if not 0 <= first < offset:
            return ""
        row = self.text.rfind("\n", start, offset) + 1
        heads = self.text[start:first].split("\t")
        column = self.text.count("\t", row, offset)
        return heads[column] if column < len(heads) else ""

    def is_table(self, offset: int) -> bool:
        """Tell whether the block at `offset` is a table."""
        return self.blocks[self.block_at(offset)].kind is BlockKind.TABLE

    def units(self, first: int, last: int, joints: set[int]) -> Iterator[Unit]:
        """Yield the units of blocks `first` to `last` (excluded); a cut in `joints` is none."""
        index = first
        while index < last:
            start = self.starts[index]
            index += 1
            while index < last and self.starts[index] in joints:
                index += 1
            text = self.text[start : self.starts[index]]
            for found in _SENTENCE.finditer(text):
                yield Unit(start + found.start(), start + found.end(), found[0])

    @cached_property
    def places(self) -> list[Place]:
        """The places of letter fields, in reading order."""
        return [
            Place(span.field, start + span.start, start + span.end)
            for start, block in zip(self.starts, self.blocks, strict=False)
            for span in block.spans
        ]

    def place_at(self, start: int, end: int) -> Place | None:
        """Return the place that holds all of `start` to `end`, or None."""
        for place in self.places:
            if place.start <= start and end <= place.end:
                return place
        return None

    @cached_property
    def _sections(self) -> list[tuple[int, tuple[str, ...]]]:
        """From which offset on which headings stand above, outermost first."""
        above: list[Block] = []
        told: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for end, block in zip(self.starts[1:], self.blocks, strict=True):
            if block.kind is BlockKind.HEADING:
                level = block.level or 1
                above = [each for each in above if (each.level or 1) < level]
                told.append((end - len(block.text), tuple(each.text for each in above)))
                above.append(block)
                told.append((end, tuple(each.text for each in above)))
        return told

    def section(self, offset: int) -> tuple[str, ...]:
        """Return the headings above the block at `offset`, outermost first."""
        at = bisect_right(self._sections, offset, key=lambda told: told[0])
        return self._sections[at - 1][1]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence around `start` to `end` begins and ends in its block."""
        if not self.blocks:
            return 0, 0
        index = self.block_at(start)
        low, high = self.block_range(index)
        if index not in self._ends:
            self._ends[index] = [found.start() for found in _END.finditer(self.text, low, high)]
        ends = self._ends[index]
        before, after = bisect_left(ends, start), bisect_left(ends, max(end - 1, low))
        return (
            ends[before - 1] + 1 if before else low,
            ends[after] + 1 if after < len(ends) else high,
        )

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the clauses that `start` to `end` touches; none reaches over a block's end."""
        if not self.blocks:
            return
        for index in range(self.block_at(start), self.block_at(max(end - 1, start)) + 1):
            spans = self._clauses.get(index)
            if spans is None:
                found = _CLAUSE.finditer(self.text, *self.block_range(index))
                spans = self._clauses[index] = [each.span() for each in found]
            for at in range(bisect_left(spans, start, key=_end_of), len(spans)):
                if spans[at][0] > end:
                    return
                yield spans[at]

    def cell(self, offset: int) -> tuple[int, int]:
        """Return where the line or table cell around `offset` begins and ends."""
        low, high = self.block_range(self.block_at(offset)) if self.blocks else (0, 0)
        before = max(self.text.rfind(mark, low, offset) for mark in "\t\n")
        after = (self.text.find(mark, offset, high) for mark in "\t\n")
        return max(before + 1, low), min((at for at in after if at >= 0), default=high)


def _end_of(span: tuple[int, int]) -> int:
    return span[1]


def sides(old: Letter, new: Letter) -> tuple[Side, Side]:
    """Return both sides; a table that the other prints as paragraphs is one there too."""
    return Side(_untabled(old, new)), Side(_untabled(new, old))


_FRAME = str.maketrans("", "", "\t\n")


def _untabled(letter: Letter, other: Letter) -> Letter:
    if not any(block.kind is BlockKind.TABLE for block in letter.body):
        return letter
    tables = {block.text for block in other.body if block.kind is BlockKind.TABLE}
    running = "".join(block.text for block in other.body if block.kind is not BlockKind.TABLE)
    body = tuple(
        replace(block, kind=BlockKind.PARAGRAPH, text=words)
        if _is_framed(block, tables) and (words := block.text.translate(_FRAME)) in running
        else block
        for block in letter.body
    )
    return replace(letter, body=body)


def _is_framed(block: Block, tables: set[str]) -> bool:
    return block.kind is BlockKind.TABLE and block.text not in tables
