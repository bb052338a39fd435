"""One side of a change: what is there in the body, and around it."""

import re
from dataclasses import dataclass

from differ.body_text import BodyText, Offsets
from differ.names.find_names import find_names
from differ.tokens.date_patterns import in_figures
from differ.tokens.number_patterns import TO
from differ.tokens.token import Token, TokenKind, TokenSpan
from differ.tokens.tokenizer import tokens
from letters.dates import read_date

_LOOKAHEAD = 8  # code points behind a change by which its last token is known
_LONGEST_NAME = 40
_LONGEST_ORDINAL = 3  # code points of a number that counts headings
_MOST_READ = 400  # code points of a change that are read for their kind
_SENTENCE_ENDS = "。！？；"
_SPAN = re.compile(rf"月.*{TO}")  # 2022年3月5日至8日

SaidTokens = set[tuple[str, TokenKind]]  # what each token says, and its kind


@dataclass(frozen=True, slots=True)
class ChangedSpan:
    """What is on one side of a change, and where; empty where words only came or went."""

    body: BodyText
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words; empty where there are none."""
        return self.body.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around the change."""
        return self._around(*self.body.sentence(self.start, self.end))

    @property
    def clause(self) -> str:
        """The words around the change that no mark separates from it."""
        spans = [(self.start, self.end), *self.body.clauses(self.start, self.end)]
        return self._around(min(low for low, _ in spans), max(high for _, high in spans))

    def _around(self, low: int, high: int) -> str:
        low, high = max(low, self.start - _MOST_READ), min(high, self.end + _MOST_READ)
        return self.body.text[low:high]

    def around(self, size: int) -> tuple[str, str]:
        """Return so many characters of the block before the change and behind it."""
        low, high = self.block
        before = self.body.text[max(self.start - size, low) : self.start]
        return before, self.body.text[self.end : min(self.end + size, high)]

    @property
    def block(self) -> Offsets:
        """Where the block begins and ends that the change is in."""
        return self.body.block_offsets(self.body.block_at(self.start))

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above the change, outermost first."""
        return self.body.section(self.start)

    @property
    def column_head(self) -> str:
        """The head of the column that the change is in; empty outside tables."""
        return self.body.column_head(self.start)

    def tokens(self) -> SaidTokens:
        """Return what the tokens say and are, read with what follows: 两 counts in 两个."""
        end = min(self.end, self.start + _MOST_READ)
        names = self._names(end)
        ahead, last = end, self.body.text[end - 1 : end]
        if self.text and (last.isnumeric() or last in "两几数半月"):
            ahead = min(end + _LOOKAHEAD, self.body.block_offsets(self.body.block_at(end - 1))[1])
        block_start = self.body.block_start(self.start)
        read = tokens(self.body.text, self.start, ahead, names, block_start)
        return {(_said(token), token.kind) for token in read if token.start < end}

    def is_name(self) -> bool:
        """Return whether it is one name and nothing else, but for what ends its cell."""
        if not self.text or len(self.text) > _LONGEST_NAME or self.text[-1] in _SENTENCE_ENDS:
            return False
        end = self.start + len(self.text.rstrip("\t\n"))
        return any(name[:2] == (self.start, end) for name in self._names(end))

    def _names(self, end: int) -> list[TokenSpan]:
        """Return the names up to `end`; of one that seemed to begin earlier, what is here."""
        names = find_names(self.body, self.start, end)
        return [
            (max(low, self.start), high, kind)
            for low, high, kind in names
            if low >= self.start or high == end
        ]

    def counts_block(self) -> bool:
        """Return whether a number only counts headings or items: 三、 （2） 16."""
        before = self.body.text[self.block[0] : self.start]
        after = self.body.text[self.end : self.end + 1]
        marked = before in "（(" and after in list("）)、.．")
        return marked and len(self.text) <= _LONGEST_ORDINAL

    def counts_years(self) -> bool:
        """Return whether a number says since when: 近三年."""
        around = self.body.text[max(self.start - 1, 0) : self.end + 1]
        return around == f"近{self.text}年" and len(self.text) <= _LONGEST_ORDINAL

    def is_cited(self) -> bool:
        """Return whether the change is in the 《title》 of a document."""
        text = self.body.text
        start, end = self.body.sentence(self.start, self.end)
        opened, closed = text.rfind("《", start, self.end), text.rfind("》", start, self.start)
        return opened > closed and text.find("》", max(self.end - 1, start), end) >= 0


def _said(token: Token) -> str:
    """Return what a token says; a date is the same however it is written, a span is no day."""
    if token.kind is not TokenKind.DATE:
        return token.text
    day = None if _SPAN.search(token.text) else read_date(token.text)
    return day.isoformat() if day else in_figures(token.text)
