"""The body of one letter as one string, with its blocks, sentences, sections and field values.

Where paragraphs are cut is no edit, so everything else works on the words in one
string and asks here what block, field or section a stretch of it is in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from differ.tokens.token import TokenSpan
from letters.fields import Trait, names_with
from letters.letter import Block, BlockKind, FieldSpan, Letter

# A sentence with the marks that close it, or a cell of a table with its end: an empty one, too.
_SENTENCE = re.compile(
    r"[^。！？；!?;\t\n]*(?:[。！？；!?;]+[”’）)》」』]*[\t\n]?|[\t\n])|[^。！？；!?;\t\n]+"
)

_SENTENCE_END = re.compile(r"[。！？；\n\t]")
_CLAUSE = re.compile(r"[^，,。；;：:！？!?\t\n]+")  # no name reaches over one of these marks

# Fields whose printed value is one token: it changes whole.
ATOMIC_FIELDS = frozenset(names_with(Trait.ONE_TOKEN))

Offsets = tuple[int, int]  # start and end (excluded) in code points from the body's start
OffsetPair = tuple[Offsets, Offsets]  # in the old body, in the new one


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, a table cell or a line without an end: what is aligned before characters."""

    start: int  # code points from the body's start
    end: int
    text: str

    @property
    def offsets(self) -> Offsets:
        """Where it is in the body."""
        return self.start, self.end


class BodyText:
    """The blocks of one letter's body, read as one string."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.blocks = tuple(block for block in letter.body if block.text)
        self.text = "".join(block.text for block in self.blocks)
        self.starts = [0]  # of each block, and the text's end
        for block in self.blocks:
            self.starts.append(self.starts[-1] + len(block.text))
        self._last_block = max(len(self.blocks), 1) - 1
        self.names: dict[Offsets, list[TokenSpan]] = {}  # by clause, kept by `find_names`
        self._sentence_ends: dict[int, list[int]] = {}  # by block
        self._clauses: dict[int, list[Offsets]] = {}  # by block

    @cached_property
    def cuts(self) -> frozenset[int]:
        """The offsets at which a block starts, and the text's end."""
        return frozenset(self.starts)

    def starts_within(self, start: int, end: int) -> list[int]:
        """Return the offsets between `start` and `end`, both excluded, at which a block starts."""
        return self.starts[bisect_right(self.starts, start) : bisect_left(self.starts, end)]

    def block_at(self, offset: int) -> int:
        """Return the index of the block at `offset`; the last one at the text's end."""
        index = bisect_right(self.starts, offset) - 1
        return min(self._last_block, index)

    def block_offsets(self, index: int) -> Offsets:
        """Return where block `index` starts and ends in the text."""
        return self.starts[index], self.starts[index + 1]

    def block_start(self, offset: int) -> int:
        """Return where the block at `offset` begins."""
        return self.starts[self.block_at(offset)] if self.blocks else 0

    def column_head(self, offset: int) -> str:
        """Return the head of the column that the cell at `offset` is in, or ""."""
        if not self.blocks or not self.is_table(offset):
            return ""
        start, end = self.block_offsets(self.block_at(offset))
        first_row_end = self.text.find("\n", start, end)
        if not 0 <= first_row_end < offset:
            return ""
        row_start = self.text.rfind("\n", start, offset) + 1
        heads = self.text[start:first_row_end].split("\t")
        column = self.text.count("\t", row_start, offset)
        return heads[column] if column < len(heads) else ""

    def is_table(self, offset: int) -> bool:
        """Return whether the block at `offset` is a table."""
        return self.blocks[self.block_at(offset)].kind is BlockKind.TABLE

    def segments(self, first: int, last: int, joins: set[int]) -> Iterator[Segment]:
        """Yield the segments of blocks `first` to `last` (excluded).

        A block that starts at one of `joins` goes on with the sentence before it.
        """
        index = first
        while index < last:
            start = self.starts[index]
            index += 1
            while index < last and self.starts[index] in joins:
                index += 1
            text = self.text[start : self.starts[index]]
            for sentence in _SENTENCE.finditer(text):
                yield Segment(start + sentence.start(), start + sentence.end(), sentence[0])

    @cached_property
    def field_spans(self) -> list[FieldSpan]:
        """Where the values of letter fields are printed, in reading order."""
        return [
            FieldSpan(span.field, start + span.start, start + span.end)
            for start, block in zip(self.starts, self.blocks, strict=False)
            for span in block.spans
        ]

    def field_span_at(self, start: int, end: int) -> FieldSpan | None:
        """Return the field's value that holds all of `start` to `end`, or None."""
        for span in self.field_spans:
            if span.start <= start and end <= span.end:
                return span
        return None

    @cached_property
    def _sections(self) -> list[tuple[int, tuple[str, ...]]]:
        """From which offset on which headings are above, outermost first."""
        above: list[Block] = []
        sections: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for end, block in zip(self.starts[1:], self.blocks, strict=True):
            if block.kind is BlockKind.HEADING:
                level = block.level or 1
                above = [each for each in above if (each.level or 1) < level]
                sections.append((end - len(block.text), tuple(each.text for each in above)))
                above.append(block)
                sections.append((end, tuple(each.text for each in above)))
        return sections

    def section(self, offset: int) -> tuple[str, ...]:
        """Return the headings above the block at `offset`, outermost first."""
        at = bisect_right(self._sections, offset, key=lambda section: section[0])
        return self._sections[at - 1][1]

    def sentence(self, start: int, end: int) -> Offsets:
        """Return where the sentence around `start` to `end` begins and ends in its block."""
        if not self.blocks:
            return 0, 0
        index = self.block_at(start)
        low, high = self.block_offsets(index)
        if index not in self._sentence_ends:
            marks = _SENTENCE_END.finditer(self.text, low, high)
            self._sentence_ends[index] = [mark.start() for mark in marks]
        ends = self._sentence_ends[index]
        before, after = bisect_left(ends, start), bisect_left(ends, max(end - 1, low))
        return (
            ends[before - 1] + 1 if before else low,
            ends[after] + 1 if after < len(ends) else high,
        )

    def clauses(self, start: int, end: int) -> Iterator[Offsets]:
        """Yield the clauses that `start` to `end` touches; none reaches over a block's end."""
        if not self.blocks:
            return
        for index in range(self.block_at(start), self.block_at(max(end - 1, start)) + 1):
            clauses = self._clauses_of(index)
            for at in range(bisect_left(clauses, start, key=_end_of), len(clauses)):
                if clauses[at][0] > end:
                    return
                yield clauses[at]

    def _clauses_of(self, index: int) -> list[Offsets]:
        """Return the clauses of block `index`, cut once."""
        clauses = self._clauses.get(index)
        if clauses is None:
            matches = _CLAUSE.finditer(self.text, *self.block_offsets(index))
            clauses = self._clauses[index] = [clause.span() for clause in matches]
        return clauses

    def cell(self, offset: int) -> Offsets:
        """Return where the line or table cell around `offset` begins and ends."""
        low, high = self.block_offsets(self.block_at(offset)) if self.blocks else (0, 0)
        before = max(self.text.rfind(mark, low, offset) for mark in "\t\n")
        after = (self.text.find(mark, offset, high) for mark in "\t\n")
        return max(before + 1, low), min((at for at in after if at >= 0), default=high)


def _end_of(span: Offsets) -> int:
    return span[1]


def body_texts(old: Letter, new: Letter) -> tuple[BodyText, BodyText]:
    """Return both bodies; a table that the other letter prints as paragraphs is paragraphs."""
    return BodyText(_untabled(old, new)), BodyText(_untabled(new, old))


_TABLE_FRAME = str.maketrans("", "", "\t\n")


def _untabled(letter: Letter, other: Letter) -> Letter:
    if not any(block.kind is BlockKind.TABLE for block in letter.body):
        return letter
    tables = {block.text for block in other.body if block.kind is BlockKind.TABLE}
    running = "".join(block.text for block in other.body if block.kind is not BlockKind.TABLE)
    body = tuple(
        replace(block, kind=BlockKind.PARAGRAPH, text=words)
        if _is_other_table(block, tables)
        and (words := block.text.translate(_TABLE_FRAME)) in running
        else block
        for block in letter.body
    )
    return replace(letter, body=body)


def _is_other_table(block: Block, tables: set[str]) -> bool:
    return block.kind is BlockKind.TABLE and block.text not in tables
