"""What of a letter is beside the element of its text: whom it speaks to above, who signs below.

Each block is told by its own words alone, as a part of the template is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.page.blocks import Block
from letters.dates import is_date_line
from letters.labels import label_at
from letters.marks import are_marks
from letters.opening import is_salutation
from letters.signers import is_placed
from letters.text import canonical

_LONGEST = 200  # characters of such a block


@dataclass(frozen=True, slots=True)
class Beside:
    """The blocks side by side of which one is the text's, or several are."""

    blocks: Sequence[Block]
    first: Block  # of the text
    last: Block

    @property
    def text(self) -> Sequence[Block]:
        """The blocks of the text."""
        return self.blocks[self._place(self.first) : self._place(self.last) + 1]

    @property
    def above(self) -> list[Block]:
        """The blocks above the text that open a letter: red head, marks, salutation."""
        return list(filter(_opens, self.blocks[: self._place(self.first)]))

    @property
    def below(self) -> list[Block]:
        """The blocks below the text that close a letter, with who signs or when."""
        return list(filter(_closes, self.blocks[self._place(self.last) + 1 :]))

    def _place(self, block: Block) -> int:
        return next(n for n, each in enumerate(self.blocks) if each is block)


def _opens(block: Block) -> bool:
    lines = list(_lines(block))
    return bool(lines) and all(map(_can_open, lines))


def _can_open(line: str) -> bool:
    return is_salutation(line) or are_marks(line) or label_at(line) is not None


def _closes(block: Block) -> bool:
    return any(is_placed(line) or ("年" in line and is_date_line(line)) for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    """Yield the lines of a short block."""
    if 0 < block.content.text <= _LONGEST:
        words = (each.words for each in block.walk() if each.tag is None)
        yield from (line for each in words for line in map(canonical, each.split("\n")) if line)
