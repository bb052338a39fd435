"""One side of a place where two letters differ: what stands there, and around it."""

from dataclasses import dataclass

from differ.body_text import Side
from differ.names.find_names import names_at
from differ.tokens.tokenizer import Held, Shape, Token, tokens
from letters.dates import read_date

_AHEAD = 8  # code points after a place by which its last token is known
_LONGEST_NAME = 40
_ORDINAL = 3  # code points of the longest number that counts headings
_MOST = 400  # code points of a place that are read for their kind
_ENDS = "。！？；"

Shapes = set[tuple[str, Shape]]


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands on one side of a place, and where."""

    side: Side
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the place on this side; empty where there are none."""
        return self.side.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around the place."""
        return self._around(*self.side.sentence(self.start, self.end))

    @property
    def clause(self) -> str:
        """The words around the place that no mark parts from it."""
        spans = [(self.start, self.end), *self.side.clauses(self.start, self.end)]
        return self._around(min(low for low, _ in spans), max(high for _, high in spans))

    def _around(self, low: int, high: int) -> str:
        return self.side.text[max(low, self.start - _MOST) : min(high, self.end + _MOST)]

    @property
    def line(self) -> tuple[int, int]:
        """Where the block begins and ends that the place stands in."""
        return self.side.block_range(self.side.block_at(self.start))

    @property
    def head(self) -> str:
        """The head of the column that the place stands in; empty outside tables."""
        return self.side.head(self.start)

    def shapes(self) -> Shapes:
        """Return what the tokens say and are, read with what follows: 两 counts in 两个."""
        end = min(self.end, self.start + _MOST)
        names = self._names(end)
        ahead, last = end, self.side.text[end - 1 : end]
        if self.text and (last.isnumeric() or last in "两几数"):
            ahead = min(end + _AHEAD, self.side.block_range(self.side.block_at(end - 1))[1])
        found = tokens(self.side.text, self.start, ahead, names, self.side.floor(self.start))
        return {(_said(token), token.shape) for token in found if token.start < end}

    def is_name(self) -> bool:
        """Return whether one name stands there and nothing else, but for what ends its cell."""
        if not self.text or len(self.text) > _LONGEST_NAME or self.text[-1] in _ENDS:
            return False
        end = self.start + len(self.text.rstrip("\t\n"))
        return any(name[:2] == (self.start, end) for name in self._names(end))

    def _names(self, end: int) -> list[Held]:
        """Return the names up to `end`, of one that seemed to begin before what stands here."""
        names = names_at(self.side, self.start, end)
        return [
            (max(low, self.start), high, shape)
            for low, high, shape in names
            if low >= self.start or high == end
        ]

    def counts_block(self) -> bool:
        """Return whether a number only counts headings or items: 三、 （2） 16."""
        before, after = (
            self.side.text[self.line[0] : self.start],
            self.side.text[self.end : self.end + 1],
        )
        marked = before in "（(" and after in list("）)、.．")
        return marked and len(self.text) <= _ORDINAL

    def counts_years(self) -> bool:
        """Return whether a number says since when: 近三年."""
        around = self.side.text[max(self.start - 1, 0) : self.end + 1]
        return around == f"近{self.text}年" and len(self.text) <= _ORDINAL

    def is_cited(self) -> bool:
        """Return whether the place stands in the 《title》 of a document."""
        text = self.side.text
        start, end = self.side.sentence(self.start, self.end)
        opened, closed = text.rfind("《", start, self.end), text.rfind("》", start, self.start)
        return opened > closed and text.find("》", max(self.end - 1, start), end) >= 0


def _said(token: Token) -> str:
    """Return what a token says; a day is the same however it is written."""
    day = read_date(token.text) if token.shape is Shape.DATE else None
    return day.isoformat() if day else token.text
